# SPDX-License-Identifier: AGPL-3.0-or-later
"""Pages of cases: the list, opening one, its team and its course."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from exitwork.cases import actions, queries
from exitwork.cases.forms import AssignForm, CloseForm, EpisodeForm, HandOverForm, OpenCaseForm, PhaseForm
from exitwork.cases.models import Assignment, Case
from exitwork.cases.rules import may_open_case, may_steer_case
from exitwork.cases.words import CaseKind
from exitwork.pages.boundary import page, render, visible
from exitwork.pages.lists import listed
from exitwork.pages.requests import Request
from exitwork.people.words.pseudonyms import suggested_pseudonym

FILTERS = ("state", "kind", "phase", "programme", "mine")


@page
def case_list(request: Request) -> HttpResponse:
    """The cases one may see; the filters stand in the address."""
    wanted = {name: request.GET[name][:40] for name in FILTERS if request.GET.get(name)}
    rows = queries.case_rows(by=request.standing, at=request.at, wanted=wanted)
    programmes = queries.programmes_in_reach(by=request.standing, at=request.at)
    return render(
        request,
        "cases/list.html",
        listing=listed(request, rows),
        wanted=wanted,
        query=urlencode(wanted),
        chips_in_force=[(_chip(name, value), _without(wanted, name)) for name, value in wanted.items()],
        kinds=CaseKind.choices,
        kind_labels=dict(CaseKind.choices),
        phase_labels=queries.phase_labels(programmes),
        programmes=programmes,
        open_decision=may_open_case.decide(request.standing, None, request.at),
    )


@page
def open_new(request: Request) -> HttpResponse:
    """Open a case."""
    programmes = queries.running_programmes(by=request.standing, at=request.at)
    form = OpenCaseForm.of(request, initial={"pseudonym": suggested_pseudonym()}, programmes=programmes)
    if form.carries_out(actions.open_case, by=request.standing, at=request.at):
        messages.success(request, _("The case is open. You are its case manager."))
        return redirect("workplace:case", form.done_ref)
    decision = may_open_case.decide(request.standing, None, request.at)
    return render(request, "cases/open.html", form=form, decision=decision, programmes=programmes)


@page
def team(request: Request, ref: str) -> HttpResponse:
    """Who works on the case, and who comes and goes."""
    case = visible(request, Case, ref=ref)
    colleagues = list(queries.colleagues(by=request.standing, at=request.at))
    form = AssignForm(request.POST or None, colleagues=colleagues)
    if form.carries_out(actions.assign, case=case, by=request.standing, at=request.at):
        messages.success(request, _("The team has changed."))
        return redirect("cases:team", case.ref)
    manager, assignments = queries.team(case, by=request.standing, at=request.at)
    return render(
        request,
        "cases/team.html",
        case=case,
        form=form,
        manager=manager,
        assignments=assignments,
        decision=may_steer_case.decide(request.standing, case, request.at),
    )


@page
def relieve(request: Request, ref: str, assignment_ref: str) -> HttpResponse:
    """Take somebody off the case."""
    case = visible(request, Case, ref=ref)
    assignment = visible(request, Assignment, case=case, ref=assignment_ref, until_at=None)
    if request.method == "POST":
        actions.relieve(assignment=assignment, by=request.standing, at=request.at)
        messages.success(request, _("The team has changed."))
    return redirect("cases:team", case.ref)


@page
def hand_over(request: Request, ref: str) -> HttpResponse:
    """Make somebody else the case manager."""
    case = visible(request, Case, ref=ref)
    colleagues = list(queries.colleagues(by=request.standing, at=request.at))
    form = HandOverForm(request.POST or None, colleagues=colleagues)
    if form.carries_out(actions.hand_over, case=case, by=request.standing, at=request.at):
        messages.success(request, _("The case has a new case manager."))
        return redirect("cases:team", case.ref)
    return _form_page(request, case, form, _("Hand the case over"), _("Hand over"))


@page
def change_phase(request: Request, ref: str) -> HttpResponse:
    """Let the case enter another phase."""
    case = visible(request, Case, ref=ref)
    following = [(phase.key, phase.label) for phase in case.programme.phases.next_from(case.phase)]
    form = PhaseForm(request.POST or None, phases=following)
    if form.carries_out(actions.change_phase, case=case, by=request.standing, at=request.at):
        messages.success(request, _("The phase has changed."))
        return redirect("workplace:case", case.ref)
    return _form_page(request, case, form, _("Change the phase"), _("Change"))


@page
def begin_episode(request: Request, ref: str) -> HttpResponse:
    """Note a change of setting, institution or footing."""
    case = visible(request, Case, ref=ref)
    form = EpisodeForm(request.POST or None, initial={"from_date": request.at.date()})
    if form.carries_out(actions.begin_episode, case=case, by=request.standing, at=request.at):
        messages.success(request, _("The change is noted. The case manager stays the same."))
        return redirect("workplace:case", case.ref)
    return _form_page(request, case, form, _("Setting or footing changes"), _("Save"))


@page
def close(request: Request, ref: str) -> HttpResponse:
    """Close the case."""
    case = visible(request, Case, ref=ref)
    form = CloseForm(request.POST or None)
    if form.carries_out(actions.close_case, case=case, by=request.standing, at=request.at):
        messages.success(request, _("The case is closed. It can be reopened with its history."))
        return redirect("workplace:case", case.ref)
    return _form_page(request, case, form, _("Close the case"), _("Close the case"))


@page
def reopen(request: Request, ref: str) -> HttpResponse:
    """Open a closed case again."""
    case = visible(request, Case, ref=ref)
    if request.method == "POST":
        actions.reopen_case(case=case, by=request.standing, at=request.at)
        messages.success(request, _("The case is open again."))
    return redirect("workplace:case", case.ref)


def _form_page(request: Request, case: Case, form: Any, heading: str, submit: str) -> HttpResponse:
    decision = may_steer_case.decide(request.standing, case, request.at)
    return render(
        request, "cases/form.html", case=case, form=form, decision=decision, heading=heading, submit=submit
    )


def _chip(name: str, value: str) -> str:
    if name == "kind":
        return str(dict(CaseKind.choices).get(value, value))
    if name == "mine":
        return _("My cases")
    if name == "state":
        return {"open": _("Open"), "closed": _("Closed"), "all": _("Open and closed")}.get(value, value)
    return value


def _without(wanted: dict[str, str], name: str) -> str:
    left = urlencode({key: value for key, value in wanted.items() if key != name})
    return f"{reverse('cases:list')}?{left}" if left else reverse("cases:list")
