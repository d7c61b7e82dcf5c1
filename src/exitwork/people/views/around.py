# SPDX-License-Identifier: AGPL-3.0-or-later
"""Who stands around a client, his dependants, target groups and ideologies."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from exitwork.kernel.decisions import Decision
from exitwork.pages.boundary import page, render, visible
from exitwork.pages.requests import Request
from exitwork.people import actions, queries, rules
from exitwork.people.actions.around import opened_record
from exitwork.people.forms import ChangeDependantForm, DependantForm, IdeologyForm, ProfileForm, RelationForm
from exitwork.people.models import Dependant, OwnIdeology, Person, Relation
from exitwork.people.words.pseudonyms import suggested_pseudonym

CONFLICT = 409
OK = 200


@page
def relations(request: Request, ref: str) -> HttpResponse:
    """Who stands around the client, and one more."""
    person = visible(request, Person, ref=ref)
    decision = _or_refuse(request, person)
    form = RelationForm(request.POST or None)
    if form.carries_out(actions.note_relation, person=person, by=request.standing, at=request.at):
        messages.success(request, _("Noted."))
        return redirect("people:around", person.ref)
    return render(
        request,
        "people/around.html",
        person=person,
        around=queries.around(person),
        form=form,
        decision=decision,
    )


@require_POST
@page
def end(request: Request, ref: str, relation: str) -> HttpResponse:
    """Say that somebody no longer stands around the client."""
    person = visible(request, Person, ref=ref)
    row = visible(request, Relation, ref=relation, person=person)
    actions.end_relation(relation=row, by=request.standing, at=request.at)
    return redirect("people:around", person.ref)


@page
def new_dependant(request: Request, ref: str) -> HttpResponse:
    """Record a child or other dependant."""
    guardian = visible(request, Person, ref=ref)
    form = DependantForm(request.POST or None, initial={"pseudonym": suggested_pseudonym()})
    if form.carries_out(actions.record_dependant, guardian=guardian, by=request.standing, at=request.at):
        messages.success(request, _("The child has a record of its own now."))
        return redirect("people:person", guardian.ref)
    decision = rules.may_change_around.decide(request.standing, guardian, request.at)
    return render(request, "people/new-dependant.html", person=guardian, form=form, decision=decision)


@page
def dependant(request: Request, ref: str) -> HttpResponse:
    """The short record of a dependant."""
    person = visible(request, Person, ref=ref)
    decision = _or_refuse(request, person)
    row = Dependant.objects.filter(person=person).first()
    if row is None:
        raise Http404
    form = ChangeDependantForm(request.POST or None, initial={**opened_record(row), "version": row.version})
    if form.carries_out(actions.change_dependant, dependant=row, by=request.standing, at=request.at):
        messages.success(request, _("Saved."))
        return redirect("people:person", person.ref)
    return render(
        request,
        "people/dependant.html",
        status=CONFLICT if form.stale else OK,
        person=person,
        dependant=row,
        form=form.settled() if form.stale else form,
        merge=form.merge,
        decision=decision,
    )


@page
def profile(request: Request, ref: str) -> HttpResponse:
    """Target groups and ideologies, newest first, and a new picture."""
    person = visible(request, Person, ref=ref)
    decision = _or_refuse(request, person)
    pictures = queries.pictures(person)
    form = ProfileForm(
        request.POST or None,
        ideologies=queries.ideology_choices(person.organisation_id),
        initial=pictures[0].codes if pictures else None,
    )
    if form.carries_out(actions.note_profile, person=person, by=request.standing, at=request.at):
        messages.success(request, _("Noted; the earlier picture is kept."))
        return redirect("people:profile", person.ref)
    return render(
        request,
        "people/profile.html",
        person=person,
        pictures=pictures,
        form=form,
        decision=decision,
    )


@page
def ideologies(request: Request) -> HttpResponse:
    """The ideologies the organisation names itself, and a new one."""
    by, at = request.standing, request.at
    decision = rules.may_name_ideology.decide(by, None, at)
    if not decision:
        raise Http404
    form = IdeologyForm(request.POST or None)
    if form.carries_out(actions.add_ideology, by=by, at=at):
        messages.success(request, _("Added."))
        return redirect("people:ideologies")
    rows = queries.own_ideologies(by, at)
    return render(request, "people/ideologies.html", ideologies=rows, form=form, decision=decision)


@require_POST
@page
def retire_ideology(request: Request, ref: str) -> HttpResponse:
    """Offer an ideology no longer."""
    ideology = visible(request, OwnIdeology, ref=ref)
    actions.retire_ideology(ideology=ideology, by=request.standing, at=request.at)
    return redirect("people:ideologies")


def _or_refuse(request: Request, person: Person) -> Decision:
    """What is known of the person opens, or the page is a refusal.

    :raises Refusal: if it does not.
    """
    decision = rules.may_change_around.decide(request.standing, person, request.at)
    decision.or_raise()
    return decision
