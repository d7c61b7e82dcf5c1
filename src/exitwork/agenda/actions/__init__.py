# SPDX-License-Identifier: AGPL-3.0-or-later
"""What can be done in the agenda."""

from __future__ import annotations

from exitwork.agenda.actions.absences import end_absence, set_absence
from exitwork.agenda.actions.appointments import (
    change_appointment,
    plan_appointment,
    say_outcome,
    take_outcome_back,
)
from exitwork.agenda.actions.feeds import end_feed, end_feeds, make_feed
from exitwork.agenda.actions.tasks import change_task, do_task, put_task_off, set_task, take_task_back

__all__ = [
    "change_appointment",
    "change_task",
    "do_task",
    "end_absence",
    "end_feed",
    "end_feeds",
    "make_feed",
    "plan_appointment",
    "put_task_off",
    "say_outcome",
    "set_absence",
    "set_task",
    "take_outcome_back",
    "take_task_back",
]
