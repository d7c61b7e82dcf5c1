# SPDX-License-Identifier: AGPL-3.0-or-later
"""The interpreters of the organisation, and which of them suit a client."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from exitwork.pages.boundary import page, render, visible
from exitwork.pages.requests import Request
from exitwork.people import actions, queries, rules
from exitwork.people.forms import InterpreterForm
from exitwork.people.models import Interpreter, Person
from exitwork.people.words.choices import Wish


@page
def listing(request: Request) -> HttpResponse:
    """The interpreters of the organisation, and a new one."""
    by, at = request.standing, request.at
    decision = rules.may_add_interpreter.decide(by, None, at)
    if not decision:
        raise Http404
    form = InterpreterForm(request.POST or None)
    if form.carries_out(actions.add_interpreter, by=by, at=at):
        messages.success(request, _("The interpreter is added."))
        return redirect("people:interpreters")
    return render(
        request,
        "people/interpreters.html",
        interpreters=queries.interpreters(by, at),
        form=form,
        decision=decision,
    )


@require_POST
@page
def retire(request: Request, ref: str) -> HttpResponse:
    """Ask an interpreter no longer."""
    interpreter = visible(request, Interpreter, ref=ref)
    actions.retire_interpreter(interpreter=interpreter, by=request.standing, at=request.at)
    return redirect("people:interpreters")


@page
def suiting(request: Request, ref: str) -> HttpResponse:
    """Which interpreters suit a client, and why the others do not."""
    person = visible(request, Person, ref=ref)
    return render(
        request,
        "people/suiting.html",
        person=person,
        suited=queries.suited(person, request.standing, request.at),
        decision=rules.may_change_around.decide(request.standing, person, request.at),
        wishes=Wish,
    )


@require_POST
@page
def wish(request: Request, ref: str, interpreter: str) -> HttpResponse:
    """What the client says about an interpreter."""
    person = visible(request, Person, ref=ref)
    chosen = visible(request, Interpreter, ref=interpreter)
    said = request.POST.get("wish", "")
    if said not in Wish.values:
        raise Http404
    actions.note_wish(person=person, interpreter=chosen, wish=said, by=request.standing, at=request.at)
    return redirect("people:suiting", person.ref)
