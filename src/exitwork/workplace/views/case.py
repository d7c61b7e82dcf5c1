# SPDX-License-Identifier: AGPL-3.0-or-later
"""The case page, its timeline, and who has seen and changed it."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.http import HttpResponse
from django.urls import reverse
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _

from exitwork.access.seams import Place, panels_at
from exitwork.cases.models import Case
from exitwork.cases.queries import course
from exitwork.cases.rules import may_read_case, may_steer_case, may_write_in_case
from exitwork.journal.queries import entries_about
from exitwork.kernel.secrecy import Tier
from exitwork.pages.boundary import page, render, visible
from exitwork.pages.lists import listed
from exitwork.pages.requests import Request
from exitwork.workplace.queries import PER_TIMELINE, bar, timeline

LAST_EVENTS = 6


def case_frame(request: Request, case: Case, here: str) -> dict[str, Any]:
    """What every page of a case shows around its content: the identity bar and the tabs."""
    tabs = [
        _tab(_("Overview"), "workplace:case", case, is_here=here == "overview"),
        _tab(_("Timeline"), "workplace:timeline", case, is_here=here == "timeline"),
        _tab(_("Team"), "cases:team", case, is_here=here == "team"),
    ]
    for panel in panels_at(Place.CASE_TABS):
        item = panel.query(request.standing, case, request.at)
        if item:
            tabs.append({"count": None, **item, "current": here == item.get("name")})
    tabs.append(_tab(_("Seen and changed"), "workplace:seen", case, is_here=here == "seen"))
    return {"case": case, "bar": bar(case, by=request.standing, at=request.at), "tabs": tabs}


@page
def case(request: Request, ref: str) -> HttpResponse:
    """A case at a glance."""
    found = _case(request, ref)
    panels = [
        (panel, panel.query(request.standing, found, request.at)) for panel in panels_at(Place.CASE_PAGE)
    ]
    fields = may_read_case.fields(request.standing, found, request.at)
    return render(
        request,
        "workplace/case.html",
        **case_frame(request, found, "overview"),
        moments=timeline(found, by=request.standing, at=request.at, limit=LAST_EVENTS),
        panels=[(panel.template, context) for panel, context in panels if context],
        opens_identity=Tier.IDENTITY in fields,
        write=may_write_in_case.decide(request.standing, found, request.at),
        steer=may_steer_case.decide(request.standing, found, request.at),
        course=course(found, by=request.standing, at=request.at),
        quick_add={"label": _("New note"), "url": reverse("contacts:write", args=[found.ref])},
    )


@page
def case_timeline(request: Request, ref: str) -> HttpResponse:
    """Everything that happened in a case, newest first, a page at a time."""
    found = _case(request, ref)
    before = _moment(request.GET.get("before", ""))
    moments = timeline(found, by=request.standing, at=request.at, before=before, limit=PER_TIMELINE + 1)
    earlier = moments[PER_TIMELINE - 1].at if len(moments) > PER_TIMELINE else None
    return render(
        request,
        "workplace/timeline.html",
        **case_frame(request, found, "timeline"),
        moments=moments[:PER_TIMELINE],
        earlier=earlier.isoformat() if earlier else "",
        is_first=before is None,
    )


@page
def seen(request: Request, ref: str) -> HttpResponse:
    """Who has seen and changed a case, and when; reading is not silent for anybody."""
    found = _case(request, ref)
    entries = listed(request, entries_about(found), ref="id")
    return render(request, "workplace/seen.html", **case_frame(request, found, "seen"), entries=entries)


def _tab(label: str, name: str, case: Case, *, is_here: bool) -> dict[str, Any]:
    return {"label": label, "url": reverse(name, args=[case.ref]), "current": is_here, "count": None}


def _case(request: Request, ref: str) -> Case:
    return visible(request, Case, "person", "programme", "organisation", ref=ref)


def _moment(text: str) -> datetime | None:
    try:
        moment = parse_datetime(text.replace(" ", "+"))
    except ValueError:
        return None
    return moment if moment is not None and moment.tzinfo is not None else None
