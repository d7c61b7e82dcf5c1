# SPDX-License-Identifier: AGPL-3.0-or-later
"""Being away: set it in two clicks, come back, read what happened meanwhile (S17)."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from exitwork.agenda import actions
from exitwork.agenda.forms import AbsenceForm
from exitwork.agenda.queries import absences as queries
from exitwork.agenda.rules import may_see_what_happened, may_set_absence
from exitwork.agenda.views.buttons import pressed
from exitwork.cases.models import Absence
from exitwork.pages.boundary import note_look, page, render, visible
from exitwork.pages.requests import Request


@page
def away(request: Request) -> HttpResponse:
    """Who is away, and one form to be away oneself or say so of somebody."""
    by, at = request.standing, request.at
    form = AbsenceForm(
        request.POST or None,
        accounts=queries.may_be_set_away(by=by, at=at),
        initial={"account": str(by.me), "from_date": by.day_of(at)},
    )
    if form.carries_out(actions.set_absence, by=by, at=at):
        messages.success(request, _("Noted. The deputy acts on every case that has one."))
        return redirect("agenda:away")
    rows = list(queries.not_over(by=by, at=at))
    uncovered = queries.uncovered(by=by, at=at)
    note_look(request, listed=tuple(one.case.ref for one in uncovered))
    return render(
        request,
        "agenda/away.html",
        form=form,
        rows=[(row, may_set_absence.decide(by, row, at), row.from_at > at) for row in rows],
        returned=queries.just_returned(by=by, at=at),
        uncovered=uncovered,
    )


@require_POST
@page
def back(request: Request, ref: str) -> HttpResponse:
    """Somebody is back, or does not go after all."""
    absence = visible(request, Absence, ref=ref)
    was_mine = absence.account_id == request.standing.account and absence.from_at < request.at
    if not pressed(request, actions.end_absence, absence=absence, about=absence):
        return redirect("agenda:away")
    messages.success(request, _("Noted. Nobody acts for this person any more."))
    return redirect("agenda:meanwhile", ref) if was_mine else redirect("agenda:away")


@page
def meanwhile(request: Request, ref: str) -> HttpResponse:
    """What others wrote and changed on my cases while I was away."""
    absence = visible(request, Absence, ref=ref)
    may_see_what_happened.decide(request.standing, absence, request.at).or_raise()
    found = queries.meanwhile(absence, by=request.standing, at=request.at)
    note_look(request, listed=tuple(one.case.ref for one in found))
    return render(request, "agenda/meanwhile.html", absence=absence, found=found)
