# SPDX-License-Identifier: AGPL-3.0-or-later
"""Appointments and tasks as pages show them: opened, with what speaks against them in words.

* My appointments are my own, and for two weeks ahead those of somebody I act for (S17).
* Keys of a whole page are fetched at once: the number of queries does not grow with the rows.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _
from markupsafe import Markup

from exitwork.agenda.models import Appointment, Task
from exitwork.agenda.words import State
from exitwork.cases.models import Absence, Assignment, Case, Management
from exitwork.cases.words import Function
from exitwork.kernel.standing import Standing
from exitwork.people.models import Stop
from exitwork.ui.formats import clock
from exitwork.vault.keys import KeyKind, KeyRef, load_keys

COVERED_FOR = timedelta(days=14)


@dataclass(frozen=True, slots=True)
class Slot:
    """An appointment as shown. ``for_whom`` is empty for one's own; ``warnings`` are sentences."""

    appointment: Appointment
    title: str
    for_whom: str
    warnings: tuple[str, ...]

    @property
    def at(self) -> datetime:
        """When it begins."""
        return self.appointment.starts_at


@dataclass(frozen=True, slots=True)
class Todo:
    """A task as shown."""

    task: Task
    words: str
    title: str
    for_whom: str
    is_overdue: bool


@dataclass(frozen=True, slots=True)
class Acting:
    """On which cases one acts, and for whom."""

    cases: frozenset[Any]
    accounts: frozenset[Any]

    def covers(self, by: Standing) -> Q:
        """What is one's own, or belongs to somebody one acts for, on the cases where one does."""
        return Q(account=by.me) | Q(case__in=self.cases, account__in=self.accounts)


def acting(*, by: Standing, at: datetime) -> Acting:
    """Where the standing acts for a case manager at this moment."""
    mine = Assignment.objects.in_force(at).filter(account=by.me, acting_for=by.ours, function=Function.ACTING)
    cases = frozenset(mine.values_list("case_id", flat=True))
    if not cases:
        return Acting(frozenset(), frozenset())
    managers = Management.objects.in_force(at).filter(case__in=cases)
    return Acting(cases, frozenset(managers.values_list("account_id", flat=True)))


def appointments_between(
    from_at: datetime, until_at: datetime, *, by: Standing, at: datetime
) -> QuerySet[Appointment, Appointment]:
    """My appointments in a stretch of time, those I stand in for among them, by time."""
    mine = Appointment.objects.visible_to(by, at).filter(acting(by=by, at=at).covers(by))
    near = Q(account=by.me) | Q(starts_at__lt=at + COVERED_FOR)
    rows = mine.filter(near).exclude(state=State.CANCELLED).touching(from_at, until_at)
    return _joined(rows).order_by("starts_at", "ref")


def without_outcome(*, by: Standing, at: datetime) -> QuerySet[Appointment, Appointment]:
    """My appointments that are over and of which nobody has said how they went, oldest first."""
    mine = Appointment.objects.visible_to(by, at).filter(acting(by=by, at=at).covers(by))
    return _joined(mine.without_outcome(at)).order_by("starts_at")


def of_case(case: Case, *, by: Standing, at: datetime) -> QuerySet[Appointment, Appointment]:
    """The appointments of a case that may be read."""
    return _joined(Appointment.objects.visible_in(case, by, at, column="case"))


def open_tasks(on: date | None = None, *, by: Standing, at: datetime) -> QuerySet[Task, Task]:
    """My open tasks, and those I stand in for; up to a day, when one is given. By day, undated last."""
    rows = Task.objects.visible_to(by, at).open().filter(acting(by=by, at=at).covers(by)).standing()
    if on is not None:
        rows = rows.by_day(on)
    found: QuerySet[Task, Task] = rows.select_related("case", "case__person", "account")
    return found.order_by("stands_on", "set_at")


def tasks_of_case(case: Case, *, by: Standing, at: datetime) -> QuerySet[Task, Task]:
    """The open tasks of a case."""
    rows = Task.objects.visible_in(case, by, at, column="case").open().standing()
    found: QuerySet[Task, Task] = rows.select_related("case", "case__person", "account")
    return found


def slots(rows: Iterable[Appointment], *, by: Standing, at: datetime) -> list[Slot]:
    """Appointments as shown, each with what speaks against it."""
    shown = list(rows)
    load_keys({KeyRef(KeyKind.CASE, row.case_id) for row in shown})
    unsafe = _unsafe(shown)
    absences = _absences(shown)
    return [
        Slot(
            appointment=row,
            title=title_of(row.case),
            for_whom="" if row.account_id == by.me else row.account.name,
            warnings=tuple(_warnings(row, shown, unsafe, absences, at)),
        )
        for row in shown
    ]


def todos(rows: Iterable[Task], *, by: Standing, at: datetime) -> list[Todo]:
    """Tasks as shown."""
    shown = list(rows)
    load_keys(
        {
            KeyRef(KeyKind.CASE, row.case_id)
            if row.case_id
            else KeyRef(KeyKind.ORGANISATION, row.organisation_id)
            for row in shown
        }
    )
    today = by.day_of(at)
    return [
        Todo(
            task=row,
            words=row.words,
            title=title_of(row.case) if row.case else "",
            for_whom="" if row.account_id == by.me else row.account.name,
            is_overdue=row.is_overdue(today),
        )
        for row in shown
    ]


def title_of(case: Case) -> str:
    """What people call the case: the pseudonym, else its reference."""
    return case.person.pseudonym if case.person else case.ref


def _joined(rows: Any) -> QuerySet[Appointment, Appointment]:
    joined: QuerySet[Appointment, Appointment] = rows.select_related(
        "case", "case__person", "account", "interpreter"
    )
    return joined


def _unsafe(rows: list[Appointment]) -> set[Any]:
    """The persons among these whose phone is no longer safe."""
    persons = {row.case.person_id for row in rows if row.case.person_id}
    if not persons:
        return set()
    return set(Stop.objects.open().filter(person__in=persons).values_list("person_id", flat=True))


def _absences(rows: list[Appointment]) -> list[Absence]:
    """Absences that touch any of these appointments."""
    planned = [row for row in rows if row.state == State.PLANNED]
    if not planned:
        return []
    first, last = min(row.starts_at for row in planned), max(row.ends_at for row in planned)
    away = Absence.objects.filter(account__in={row.account_id for row in planned}).touching(first, last)
    return list(away)


def _warnings(
    row: Appointment, rows: list[Appointment], unsafe: set[Any], absences: list[Absence], at: datetime
) -> Iterable[str]:
    if row.state != State.PLANNED or row.is_over(at):
        return
    if row.case.person_id in unsafe:
        yield _("The client's phone is no longer safe. Do not call or write: meet in person.")
    for other in rows:
        overlaps = other.starts_at < row.ends_at and other.ends_at > row.starts_at
        if other is not row and overlaps and other.state == State.PLANNED:
            yield Markup(_("Overlaps with %(time)s, %(title)s.")) % {  # noqa: S704 -- values are escaped
                "time": clock(other.starts_at),
                "title": title_of(other.case),
            }
    for absence in absences:
        ends_after = absence.until_at is None or absence.until_at > row.starts_at
        same = (absence.account_id, absence.organisation_id) == (row.account_id, row.organisation_id)
        if same and absence.from_at < row.ends_at and ends_after:
            yield _("%(name)s is away then.") % {"name": row.account.name}
