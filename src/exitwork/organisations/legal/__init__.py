# SPDX-License-Identifier: AGPL-3.0-or-later
"""Legal profiles: what a jurisdiction asks, as data; shipped "not reviewed", never invented (R9, R163)."""

from __future__ import annotations

from exitwork.organisations.legal.lines import line_of
from exitwork.organisations.legal.profile import (
    NOT_REVIEWED,
    Answer,
    Duty,
    Ground,
    Profile,
    Retention,
    Stated,
)
from exitwork.organisations.legal.reading import BrokenProfile, check, profile, profile_names

__all__ = [
    "NOT_REVIEWED",
    "Answer",
    "BrokenProfile",
    "Duty",
    "Ground",
    "Profile",
    "Retention",
    "Stated",
    "check",
    "line_of",
    "profile",
    "profile_names",
]
