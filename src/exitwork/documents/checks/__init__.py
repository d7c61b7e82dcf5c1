# SPDX-License-Identifier: AGPL-3.0-or-later
"""Whether a file may come in: by what it is, not by what it says it is."""

from __future__ import annotations

from exitwork.documents.checks.looking import Checked, look_through
from exitwork.documents.checks.refusing import Limits

__all__ = ["Checked", "Limits", "look_through"]
