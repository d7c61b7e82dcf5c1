# SPDX-License-Identifier: AGPL-3.0-or-later
"""Quick capture: who, then words. Made for one thumb."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import redirect

from exitwork.pages.boundary import note_look, page, render
from exitwork.pages.requests import Request
from exitwork.workplace.queries import my_cases

OFFERED = 30


@page
def capture(request: Request) -> HttpResponse:
    """Choose whom the note is about; the next page is the note itself."""
    cases = list(my_cases(by=request.standing, at=request.at)[:OFFERED])
    if len(cases) == 1:
        return redirect("contacts:write", cases[0].ref)
    note_look(request, listed=tuple(case.ref for case in cases))
    return render(request, "workplace/capture.html", cases=cases)
