# SPDX-License-Identifier: AGPL-3.0-or-later
"""The programmes of the organisation: the list, one programme, its pack as a file."""

from __future__ import annotations

from django.http import HttpResponseBase
from django.shortcuts import redirect

from exitwork.pages import listed, page, render, visible, visible_rows
from exitwork.pages.requests import Request
from exitwork.programmes.models import Adoption, Programme
from exitwork.programmes.packs.described import described
from exitwork.programmes.queries import by_end, ending_soon, local_day
from exitwork.programmes.rules import may_change_programme, may_start_programme
from exitwork.programmes.seams import attention_item
from exitwork.programmes.views.asking import about_to_start
from exitwork.programmes.views.packs import as_file, unknown_labels


@page
def programmes(request: Request) -> HttpResponseBase:
    """The programmes of the organisation acted for, the running ones first."""
    by, at = request.standing, request.at
    if by.organisation is None:
        return redirect("organisations:acting_for")
    rows = by_end(visible_rows(request, Programme), local_day(by, at))
    return render(
        request,
        "programmes/list.html",
        listing=listed(request, rows),
        today=local_day(by, at),
        warnings=[attention_item(warning) for warning in ending_soon(by, at)],
        decision=may_start_programme.decide(by, about_to_start(request), at),
    )


@page
def programme(request: Request, ref: str) -> HttpResponseBase:
    """One programme with its pack, readable."""
    found = visible(request, Programme, ref=ref)
    pack = found.pack
    adoptions = visible_rows(request, Adoption).filter(programme=found).order_by("-from_at")
    return render(
        request,
        "programmes/programme.html",
        programme=found,
        pack=pack,
        rows=described(pack),
        tracker=pack.phases.tracker(),
        unknown=unknown_labels(pack),
        adoptions=list(adoptions.values_list("pack_version", "from_at")),
        today=local_day(request.standing, request.at),
        decision=may_change_programme.decide(request.standing, found, request.at),
    )


@page
def file(request: Request, ref: str) -> HttpResponseBase:
    """The pack of a programme as one file: another site can start from it (R2)."""
    return as_file(visible(request, Programme, ref=ref).pack)
