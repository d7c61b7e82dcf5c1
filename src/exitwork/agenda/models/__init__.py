# SPDX-License-Identifier: AGPL-3.0-or-later
"""Appointments, tasks, and the address of a calendar."""

from __future__ import annotations

from exitwork.agenda.models.appointment import Appointment, Step
from exitwork.agenda.models.feed import Feed
from exitwork.agenda.models.task import PutOff, Task, TaskVersion

__all__ = ["Appointment", "Feed", "PutOff", "Step", "Task", "TaskVersion"]
