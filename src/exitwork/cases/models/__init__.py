# SPDX-License-Identifier: AGPL-3.0-or-later
"""Cases and what is dated about them: episodes, phases, the case manager's chain, assignments."""

from __future__ import annotations

from exitwork.cases.models.absence import Absence
from exitwork.cases.models.case import Case
from exitwork.cases.models.course import Closing, PhaseStep
from exitwork.cases.models.episode import Episode
from exitwork.cases.models.part import CasePart
from exitwork.cases.models.team import Assignment, KeptOut, Management

__all__ = [
    "Absence",
    "Assignment",
    "Case",
    "CasePart",
    "Closing",
    "Episode",
    "KeptOut",
    "Management",
    "PhaseStep",
]
