# SPDX-License-Identifier: AGPL-3.0-or-later
"""``python -m exitwork.cli``."""

from __future__ import annotations

from exitwork.cli import entry

entry()
