# SPDX-License-Identifier: AGPL-3.0-or-later
"""The workload, for leads: counts of cases and tasks by worker, by name."""

from __future__ import annotations

from django.http import HttpResponse

from exitwork.agenda.queries.workload import workload as counted
from exitwork.agenda.rules import may_see_workload
from exitwork.pages.boundary import page, render
from exitwork.pages.requests import Request


@page
def workload(request: Request) -> HttpResponse:
    """Who carries how much; nothing of what is in it."""
    may_see_workload.decide(request.standing, None, request.at).or_raise()
    loads, weights = counted(by=request.standing, at=request.at)
    return render(request, "agenda/workload.html", loads=loads, weights=weights)
