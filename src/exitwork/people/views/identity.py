# SPDX-License-Identifier: AGPL-3.0-or-later
"""Reaching one's own client, opening who somebody is, noting and correcting it.

What was opened is shown in the answer to the POST and nowhere else: not in an address, not in
a session, not on a page that can be fetched again without another line in the journal.
"""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from exitwork.pages.boundary import page, render, visible
from exitwork.pages.requests import Request
from exitwork.people import actions, rules
from exitwork.people.forms import CorrectIdentityForm, CorrectReachForm, NoteIdentityForm, OpenIdentityForm
from exitwork.people.models import Identity, IdentityOpening, Person

CONFLICT = 409
OK = 200


@require_POST
@page
def reach(request: Request, ref: str) -> HttpResponse:
    """The first name, phone and safe channel of my own client: one click."""
    person = visible(request, Person, ref=ref)
    reached = actions.reach_client(person=person, by=request.standing, at=request.at)
    form = CorrectReachForm(
        initial={
            "version": Identity.objects.values_list("version", flat=True).get(person=person),
            "wanted_name": reached.wanted_name,
            "phone": reached.phone,
            "safe_channel": reached.safe_channel,
        }
    )
    safety = actions.read_safety(person=person, by=request.standing, at=request.at)
    return render(request, "people/reach.html", person=person, reached=reached, safety=safety, form=form)


@require_POST
@page
def correct_reach(request: Request, ref: str) -> HttpResponse:
    """Correct how my own client is reached."""
    person = visible(request, Person, ref=ref)
    form = CorrectReachForm(request.POST)
    return _corrected(request, person, form)


@page
def open_it(request: Request, ref: str) -> HttpResponse:
    """Open legal name, birth date, papers and address, for a reason."""
    person = visible(request, Person, ref=ref)
    decision = rules.may_open_identity.decide(request.standing, person, request.at)
    form = OpenIdentityForm(request.POST or None)
    if form.carries_out(actions.open_identity, person=person, by=request.standing, at=request.at):
        if form.result is None:
            return redirect("people:identity", person.ref)
        version = Identity.objects.values_list("version", flat=True).get(person=person)
        correction = CorrectIdentityForm(initial={**form.result.values, "version": version})
        return render(
            request,
            "people/opened.html",
            person=person,
            opened=form.result,
            form=correction,
            may_write=rules.may_write_identity.decide(request.standing, person, request.at),
        )
    return render(request, "people/open.html", person=person, form=form, decision=decision)


@page
def note(request: Request, ref: str) -> HttpResponse:
    """Note who somebody is, without opening what is there."""
    person = visible(request, Person, ref=ref)
    form = NoteIdentityForm(request.POST or None)
    if form.carries_out(actions.note_identity, person=person, by=request.standing, at=request.at):
        messages.success(request, _("Noted and sealed."))
        return redirect("people:person", person.ref)
    decision = rules.may_write_identity.decide(request.standing, person, request.at)
    return render(request, "people/note.html", person=person, form=form, decision=decision)


@require_POST
@page
def correct(request: Request, ref: str) -> HttpResponse:
    """Correct what was opened."""
    person = visible(request, Person, ref=ref)
    return _corrected(request, person, CorrectIdentityForm(request.POST))


@require_POST
@page
def seen(request: Request, ref: str, opening: UUID) -> HttpResponse:
    """Take note that somebody from outside the team opened the identity."""
    person = visible(request, Person, ref=ref)
    row = visible(request, IdentityOpening, pk=opening, person=person)
    actions.take_note_of_opening(opening=row, by=request.standing, at=request.at)
    return redirect("people:person", person.ref)


def _corrected(
    request: Request, person: Person, form: CorrectReachForm | CorrectIdentityForm
) -> HttpResponse:
    if form.carries_out(actions.correct_identity, person=person, by=request.standing, at=request.at):
        messages.success(request, _("Corrected; the earlier version is kept."))
        return redirect("people:person", person.ref)
    return render(
        request,
        "people/correct.html",
        status=CONFLICT if form.stale else OK,
        person=person,
        form=form.settled() if form.stale else form,
        merge=form.merge,
        decision=rules.may_write_identity.decide(request.standing, person, request.at),
    )
