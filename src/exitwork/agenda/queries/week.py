# SPDX-License-Identifier: AGPL-3.0-or-later
"""A week: seven days with appointments and tasks, and who is away."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from exitwork.agenda.queries.slots import Slot, Todo, appointments_between, open_tasks, slots, todos
from exitwork.cases.models import Absence
from exitwork.kernel.standing import Standing

MOST_AWAY = 50


@dataclass(frozen=True, slots=True)
class Day:
    """One day of the week."""

    day: date
    is_today: bool
    slots: list[Slot]
    todos: list[Todo]


@dataclass(frozen=True, slots=True)
class Week:
    """A week as shown; ``before`` are tasks whose day is past, ``undated`` those without a day."""

    monday: date
    days: list[Day]
    overdue: list[Todo]
    undated: list[Todo]
    away: list[Absence]

    @property
    def previous(self) -> str:
        """How the week before is written in an address."""
        return written(self.monday - timedelta(days=7))

    @property
    def following(self) -> str:
        """How the week after is written in an address."""
        return written(self.monday + timedelta(days=7))

    @property
    def sunday(self) -> date:
        """The last day."""
        return self.monday + timedelta(days=6)


def written(monday: date) -> str:
    """A week as it stands in an address: "2026-W47"."""
    year, week, _weekday = monday.isocalendar()
    return f"{year}-W{week:02}"


def monday_of(text: str, today: date) -> date:
    """The Monday of the week written in an address; of this week for anything else."""
    try:
        found = date.fromisoformat(f"{text}-1") if "-W" in text else today
    except ValueError:
        found = today
    if not 2000 <= found.year <= 2200:
        found = today
    return found - timedelta(days=found.weekday())


def week(monday: date, *, by: Standing, at: datetime) -> Week:
    """My week, from a Monday on."""
    zone = ZoneInfo(by.zone)
    starts = datetime.combine(monday, time.min, tzinfo=zone)
    ends = datetime.combine(monday + timedelta(days=7), time.min, tzinfo=zone)
    today = by.day_of(at)
    found = slots(appointments_between(starts, ends, by=by, at=at), by=by, at=at)
    tasks = todos(open_tasks(monday + timedelta(days=6), by=by, at=at), by=by, at=at)
    days = []
    for number in range(7):
        day = monday + timedelta(days=number)
        days.append(
            Day(
                day=day,
                is_today=day == today,
                slots=[slot for slot in found if max(slot.at, starts).astimezone(zone).date() == day],
                todos=[todo for todo in tasks if todo.task.day == day and not todo.is_overdue],
            )
        )
    return Week(
        monday=monday,
        days=days,
        overdue=[todo for todo in tasks if todo.is_overdue],
        undated=[todo for todo in tasks if todo.task.day is None],
        away=away_between(starts, ends, by=by, at=at),
    )


def away_between(from_at: datetime, until_at: datetime, *, by: Standing, at: datetime) -> list[Absence]:
    """Which colleagues are away at some time in between, by name."""
    rows = Absence.objects.visible_to(by, at).touching(from_at, until_at)
    return list(rows.select_related("account").order_by("account__name", "from_at")[:MOST_AWAY])
