# SPDX-License-Identifier: AGPL-3.0-or-later
"""What this room hands upward."""

from __future__ import annotations
