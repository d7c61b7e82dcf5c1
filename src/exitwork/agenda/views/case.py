# SPDX-License-Identifier: AGPL-3.0-or-later
"""The agenda of one case: what is planned, what was, what is to do."""

from __future__ import annotations

from django.http import HttpResponse

from exitwork.agenda.models import Appointment
from exitwork.agenda.queries.slots import of_case, slots, tasks_of_case, todos
from exitwork.agenda.rules import may_plan_appointment
from exitwork.agenda.words import State
from exitwork.cases.models import Case
from exitwork.pages.boundary import page, render, visible
from exitwork.pages.lists import listed
from exitwork.pages.requests import Request

MOST_PLANNED = 50
MOST_TASKS = 50


@page
def case_agenda(request: Request, case_ref: str) -> HttpResponse:
    """What is planned first, then tasks, then what was."""
    case = visible(request, Case, ref=case_ref)
    rows = of_case(case, by=request.standing, at=request.at)
    planned = rows.filter(state=State.PLANNED).order_by("starts_at")[:MOST_PLANNED]
    past = listed(request, rows.exclude(state=State.PLANNED).order_by("-starts_at"))
    tasks = tasks_of_case(case, by=request.standing, at=request.at)
    return render(
        request,
        "agenda/case.html",
        case=case,
        planned=slots(planned, by=request.standing, at=request.at),
        past=past,
        past_slots=slots(past.rows, by=request.standing, at=request.at),
        todos=todos(tasks.order_by("stands_on", "set_at")[:MOST_TASKS], by=request.standing, at=request.at),
        decision=may_plan_appointment.decide(request.standing, Appointment(case=case), request.at),
    )
