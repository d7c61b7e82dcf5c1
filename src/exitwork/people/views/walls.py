# SPDX-License-Identifier: AGPL-3.0-or-later
"""Walls, for their keepers; telling them; and people one is never put together with."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from exitwork.pages.boundary import note_look, page, render, visible
from exitwork.pages.requests import Request
from exitwork.people import actions, queries, rules
from exitwork.people.forms import WallDecisionForm, WallForm
from exitwork.people.models import Person, Wall


@page
def listing(request: Request) -> HttpResponse:
    """Which records touch, for wall keepers."""
    if not rules.may_keep_walls(request.standing, request.at):
        raise Http404
    kept = queries.walls(request.standing, request.at)
    note_look(request, listed=tuple(one.wall.ref for one in kept))
    return render(request, "people/walls.html", walls=kept)


@page
def decide(request: Request, ref: str) -> HttpResponse:
    """Decide how two records that touch are kept."""
    wall = visible(request, Wall, ref=ref)
    form = WallDecisionForm(request.POST or None)
    if form.carries_out(actions.decide_wall, wall=wall, by=request.standing, at=request.at):
        messages.success(request, _("Decided."))
        return redirect("people:walls")
    decisions = wall.decisions.order_by("-decided_at")
    return render(
        request,
        "people/wall.html",
        wall=wall,
        decisions=decisions,
        form=form,
        decision=rules.may_decide_wall.decide(request.standing, wall, request.at),
    )


@page
def tell(request: Request) -> HttpResponse:
    """Tell the wall keepers that two records touch. The answer is the same whatever is there."""
    form = WallForm(request.POST or None)
    if form.carries_out(actions.raise_wall, by=request.standing, at=request.at):
        messages.success(request, _("The wall keepers are told."))
        return redirect("people:tell")
    decision = rules.may_raise_wall.decide(request.standing, None, request.at)
    return render(request, "people/tell.html", form=form, decision=decision)


@page
def apart(request: Request) -> HttpResponse:
    """Whom I asked never to be put together with."""
    rows = queries.exclusions(request.standing, request.at)
    return render(request, "people/apart.html", exclusions=rows)


@require_POST
@page
def exclude(request: Request, ref: str) -> HttpResponse:
    """Never put me together with this person. No reason is asked."""
    person = visible(request, Person, ref=ref)
    actions.exclude_person(person=person, by=request.standing, at=request.at)
    messages.success(request, _("You will not be put on a case of this person."))
    return redirect("people:apart")


@require_POST
@page
def end(request: Request, ref: str) -> HttpResponse:
    """Withdraw an exclusion of mine."""
    row = next(
        (one for one in queries.exclusions(request.standing, request.at) if one.person.ref == ref), None
    )
    if row is None:
        raise Http404
    actions.end_exclusion(exclusion=row, by=request.standing, at=request.at)
    return redirect("people:apart")
