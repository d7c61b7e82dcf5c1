# SPDX-License-Identifier: AGPL-3.0-or-later
"""What can be done to a case."""

from __future__ import annotations

from exitwork.cases.actions.course import begin_episode, change_phase, close_case, reopen_case
from exitwork.cases.actions.cover import cover_again, stand_back, stand_in
from exitwork.cases.actions.opening import open_case
from exitwork.cases.actions.team import assign, hand_over, keep_out, relieve

__all__ = [
    "assign",
    "begin_episode",
    "change_phase",
    "close_case",
    "cover_again",
    "hand_over",
    "keep_out",
    "open_case",
    "relieve",
    "reopen_case",
    "stand_back",
    "stand_in",
]
