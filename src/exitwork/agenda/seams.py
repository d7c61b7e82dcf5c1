# SPDX-License-Identifier: AGPL-3.0-or-later
"""What this room hands upward: places, what waits on my day, its strand of the timeline, its ties.

* My day shows what can be acted on: each line has its one way on.
* Kept, missed and cancelled appointments stand on the timeline; planned ones on the agenda.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from markupsafe import Markup

from exitwork.access.seams import Holding, Moment, Panel, Place, Strand, Tie
from exitwork.agenda.actions import end_feeds
from exitwork.agenda.models import Appointment, Step, Task, TaskVersion
from exitwork.agenda.queries.absences import just_returned, uncovered
from exitwork.agenda.queries.slots import (
    Todo,
    appointments_between,
    of_case,
    open_tasks,
    slots,
    title_of,
    todos,
    without_outcome,
)
from exitwork.agenda.rules import leads_something
from exitwork.agenda.words import State, Whose
from exitwork.cases.models import Case
from exitwork.kernel.standing import CASEWORK, Standing
from exitwork.ui.formats import day, moment

OVERDUE_SHOWN = 8
OUTCOMES_SHOWN = 8
UNCOVERED_SHOWN = 10
COLOURS = {State.KEPT: "calm", State.MISSED: "attention", State.CANCELLED: ""}


def _said(sentence: str, **values: object) -> Markup:
    """A sentence with days and names put in; what is not markup of ours is escaped."""
    return Markup(sentence) % values  # noqa: S704 -- the sentence is ours, the values are escaped


def _works(by: Standing) -> bool:
    return by.has(*CASEWORK) or by.leads_all or bool(by.leads)


def _navigation(by: Standing, _request: Any, _at: datetime) -> dict[str, Any] | None:
    if not _works(by):
        return None
    return {"label": gettext_lazy("Agenda"), "url": reverse("agenda:week"), "count": None}


def _away(by: Standing, _request: Any, _at: datetime) -> dict[str, Any] | None:
    return {"label": _("Being away"), "url": reverse("agenda:away")} if _works(by) else None


def _calendar(by: Standing, _request: Any, _at: datetime) -> dict[str, Any] | None:
    return {"label": _("My calendar address"), "url": reverse("agenda:calendar")} if _works(by) else None


def _workload(by: Standing, _request: Any, at: datetime) -> dict[str, Any] | None:
    if not leads_something.holds(by, None, at):
        return None
    return {"label": _("Workload"), "url": reverse("agenda:workload")}


def _tab(_by: Standing, case: Case, _at: datetime) -> dict[str, Any]:
    return {"name": "agenda", "label": _("Agenda"), "url": reverse("agenda:case", args=[case.ref])}


def my_day(by: Standing, _request: Any, at: datetime) -> dict[str, Any] | None:
    """What waits: cases nobody covers, outcomes to say, overdue tasks; then today."""
    if not _works(by):
        return None
    today = by.day_of(at)
    tasks = todos(open_tasks(today, by=by, at=at), by=by, at=at)
    overdue = [todo for todo in tasks if todo.is_overdue]
    zone = ZoneInfo(by.zone)
    begins = datetime.combine(today, time.min, tzinfo=zone)
    ends = datetime.combine(today + timedelta(days=1), time.min, tzinfo=zone)
    return {
        "attention": [
            *(_uncovered(one) for one in uncovered(by=by, at=at)[:UNCOVERED_SHOWN]),
            *_returned(by, at),
            *_outcomes(by, at),
            *(_overdue(todo) for todo in overdue[:OVERDUE_SHOWN]),
        ],
        "slots": slots(appointments_between(begins, ends, by=by, at=at), by=by, at=at),
        "todos": [todo for todo in tasks if todo.task.day == today],
    }


def _uncovered(one: Any) -> dict[str, Any]:
    return {
        "title": _("%(title)s: %(name)s is away and there is no deputy")
        % {"title": one.title, "name": one.manager},
        "detail": _("Case %(ref)s. A deputy acts from the moment you name one.") % {"ref": one.case.ref},
        "label": _("Name a deputy"),
        "url": reverse("cases:team", args=[one.case.ref]),
    }


def _returned(by: Standing, at: datetime) -> Iterable[dict[str, Any]]:
    for absence in just_returned(by=by, at=at):
        yield {
            "title": _said(_("You were away until %(day)s"), day=day(absence.last_moment)),
            "detail": _("What others wrote and changed on your cases stands on one page."),
            "label": _("What happened"),
            "url": reverse("agenda:meanwhile", args=[absence.ref]),
        }


def _outcomes(by: Standing, at: datetime) -> Iterable[dict[str, Any]]:
    rows = without_outcome(by=by, at=at)[:OUTCOMES_SHOWN]
    for row in rows:
        yield {
            "title": _("How did it go with %(title)s?") % {"title": title_of(row.case)},
            "detail": _said(
                _("%(kind)s, %(moment)s"), kind=row.get_kind_display(), moment=moment(row.starts_at)
            ),
            "label": _("Say how it went"),
            "url": reverse("agenda:appointment", args=[row.case.ref, row.ref]),
        }


def _overdue(todo: Todo) -> dict[str, Any]:
    detail = _("%(title)s. It was due on %(day)s.") if todo.title else _("It was due on %(day)s.")
    return {
        "title": todo.words,
        "detail": _said(detail, day=day(todo.task.day), title=todo.title),
        "label": _("Do it or put it off"),
        "url": reverse("agenda:task", args=[todo.task.ref]),
    }


def _moments(by: Standing, case: Case, at: datetime, before: datetime | None, limit: int) -> Iterable[Moment]:
    rows = of_case(case, by=by, at=at).exclude(state=State.PLANNED)
    if before is not None:
        rows = rows.filter(starts_at__lt=before)
    found = slots(rows.order_by("-starts_at")[:limit], by=by, at=at)
    whose = _whose([slot.appointment for slot in found])
    return [_moment(slot.appointment, whose.get(slot.appointment.pk, ""), case) for slot in found]


def _whose(rows: list[Appointment]) -> dict[Any, str]:
    """Whose doing it was that these were missed or cancelled, in one query."""
    said = Step.objects.filter(appointment__in=rows).exclude(whose="").order_by("version")
    return dict(said.values_list("appointment_id", "whose"))


def _moment(row: Appointment, whose: str, case: Case) -> Moment:
    meta = [str(row.get_kind_display())]
    if whose and row.state != State.KEPT:
        meta.append(str(Whose(whose).label))
    return Moment(
        at=row.starts_at,
        title=_("Appointment: %(state)s") % {"state": row.get_state_display()},
        kind=COLOURS[State(row.state)],
        by=row.account.name,
        minutes=row.minutes if row.state == State.KEPT else None,
        meta=tuple(meta),
        url=reverse("agenda:appointment", args=[case.ref, row.ref]),
    )


def _held(account: Any, at: datetime) -> list[Any]:
    planned = Appointment.objects.planned().filter(account=account, ends_at__gt=at).count()
    tasks = Task.objects.open().filter(account=account).count()
    said = []
    if planned:
        said.append(
            ngettext(
                "One appointment must be given to a colleague or cancelled.",
                "%(count)s appointments must be given to colleagues or cancelled.",
                planned,
            )
            % {"count": planned}
        )
    if tasks:
        said.append(
            ngettext(
                "One task must be done or given to a colleague.",
                "%(count)s tasks must be done or given to colleagues.",
                tasks,
            )
            % {"count": tasks}
        )
    return said


def _rows(case: Any) -> Iterable[Any]:
    """Every row this room holds about a case, sealed as it lies."""
    for model in (Appointment, Step, Task, TaskVersion):
        yield from model._default_manager.filter(case=case.pk)


Panel(Place.NAVIGATION, 30, _navigation).register()
Panel(Place.MY_DAY, 30, my_day, "agenda/_today.html").register()
Panel(Place.CASE_TABS, 20, _tab).register()
Panel(Place.ACCOUNT_MENU, 30, _away).register()
Panel(Place.ACCOUNT_MENU, 40, _calendar).register()
Panel(Place.ACCOUNT_MENU, 50, _workload).register()
Strand("appointments", gettext_lazy("Appointments"), _moments).register()
Tie("agenda", _held, end_feeds).register()
Holding("agenda", gettext_lazy("Appointments and tasks"), _rows).register()
