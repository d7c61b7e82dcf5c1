# SPDX-License-Identifier: AGPL-3.0-or-later
"""My week: appointments and tasks by day."""

from __future__ import annotations

from django.http import HttpResponse

from exitwork.agenda.queries.week import monday_of, week
from exitwork.pages.boundary import note_look, page, render
from exitwork.pages.requests import Request


@page
def my_week(request: Request) -> HttpResponse:
    """A week of mine; which one stands in the address."""
    today = request.standing.day_of(request.at)
    asked = monday_of(request.GET.get("week", ""), today)
    shown = week(asked, by=request.standing, at=request.at)
    todos = [*shown.overdue, *shown.undated, *(todo for day in shown.days for todo in day.todos)]
    note_look(
        request,
        listed=(
            *(slot.appointment.ref for day in shown.days for slot in day.slots),
            *(todo.task.ref for todo in todos),
        ),
    )
    return render(request, "agenda/week.html", week=shown, today=today)
