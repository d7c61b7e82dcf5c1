# SPDX-License-Identifier: AGPL-3.0-or-later
"""My day: what needs attention first, and nothing that can't be acted on."""

from __future__ import annotations

from django.http import HttpResponse

from exitwork.access.seams import Place, panels_at
from exitwork.pages.boundary import note_look, page, render
from exitwork.pages.requests import Request
from exitwork.workplace.queries import my_cases

SHOWN = 12


@page
def today(request: Request) -> HttpResponse:
    """What waits for me today."""
    cases = list(my_cases(by=request.standing, at=request.at)[: SHOWN + 1])
    note_look(request, listed=tuple(case.ref for case in cases[:SHOWN]))
    found = [(panel, panel.query(request.standing, request, request.at)) for panel in panels_at(Place.MY_DAY)]
    shown = [context for _panel, context in found if context]
    return render(
        request,
        "workplace/today.html",
        panels=[(panel.template, context) for panel, context in found if context and panel.template],
        attention=[item for context in shown for item in context.get("attention", ())],
        cases=cases[:SHOWN],
        has_more=len(cases) > SHOWN,
    )
