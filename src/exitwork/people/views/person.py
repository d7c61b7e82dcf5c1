# SPDX-License-Identifier: AGPL-3.0-or-later
"""The page of a person, a new person, and how somebody takes things in."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from exitwork.pages.boundary import page, render, visible
from exitwork.pages.requests import Request
from exitwork.people import actions, queries, rules
from exitwork.people.forms import ChangeTakesInForm, PersonForm
from exitwork.people.models import Person
from exitwork.people.words.pseudonyms import suggested_pseudonym

CONFLICT = 409
OK = 200


@page
def read(request: Request, ref: str) -> HttpResponse:
    """A person: pseudonym, how he takes things in, what may be done. Nothing sealed is opened here."""
    person = visible(request, Person, ref=ref)
    by, at = request.standing, request.at
    near = rules.Near.of(by, person, at)
    return render(
        request,
        "people/person.html",
        person=person,
        takes_in=queries.takes_in(person),
        stop=queries.open_stop(person),
        safety=queries.safety_of(person),
        dependants=queries.dependants(person),
        openings=queries.openings_of(person),
        merges=queries.merges_of(person),
        may_reach=rules.may_reach_client.decide(by, near, at),
        may_open=rules.may_open_identity.decide(by, near, at),
        may_write=rules.may_write_identity.decide(by, near, at),
        may_stop=rules.may_stop_sending.decide(by, near, at),
        may_change=rules.may_change_around.decide(by, near, at),
    )


@page
def new(request: Request) -> HttpResponse:
    """Record a person under a pseudonym."""
    form = PersonForm(request.POST or None, initial={"pseudonym": suggested_pseudonym()})
    if form.carries_out(actions.record_person, by=request.standing, at=request.at):
        messages.success(request, _("The person is recorded. No name is needed."))
        return redirect("people:person", form.done_ref)
    decision = rules.may_record_person.decide(request.standing, None, request.at)
    return render(request, "people/new.html", form=form, decision=decision)


@page
def takes_in(request: Request, ref: str) -> HttpResponse:
    """Change how somebody takes things in."""
    person = visible(request, Person, ref=ref)
    names = ("languages", "reads", "script", "sight", "hearing", "version")
    form = ChangeTakesInForm(request.POST or None, initial={name: getattr(person, name) for name in names})
    if form.carries_out(actions.change_taking_in, person=person, by=request.standing, at=request.at):
        messages.success(request, _("Saved."))
        return redirect("people:person", person.ref)
    return render(
        request,
        "people/takes-in.html",
        status=CONFLICT if form.stale else OK,
        person=person,
        form=form.settled() if form.stale else form,
        merge=form.merge,
        decision=rules.may_change_around.decide(request.standing, person, request.at),
    )
