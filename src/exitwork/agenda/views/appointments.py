# SPDX-License-Identifier: AGPL-3.0-or-later
"""Pages of an appointment: plan it, read it, say how it went, move it."""

from __future__ import annotations

from urllib.parse import urlencode

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from exitwork.agenda import actions, rules
from exitwork.agenda.actions.appointments import values_of
from exitwork.agenda.forms import AppointmentForm, ChangeAppointmentForm, OutcomeForm
from exitwork.agenda.models import Appointment, Step
from exitwork.agenda.queries.slots import slots
from exitwork.agenda.views.buttons import pressed
from exitwork.agenda.views.offers import of_interpreters, of_team
from exitwork.agenda.words import State
from exitwork.cases.models import Case
from exitwork.pages.boundary import page, render, visible
from exitwork.pages.requests import Request

OK, CONFLICT = 200, 409


@page
def plan(request: Request, case_ref: str) -> HttpResponse:
    """Plan an appointment on a case."""
    case = visible(request, Case, ref=case_ref)
    form = AppointmentForm.of(request, about=case.ref, offers=_offers(request, case))
    if form.carries_out(actions.plan_appointment, case=case, by=request.standing, at=request.at):
        messages.success(request, _("The appointment is planned."))
        return redirect("agenda:case", case.ref)
    decision = rules.may_plan_appointment.decide(request.standing, Appointment(case=case), request.at)
    return render(request, "agenda/plan.html", case=case, form=form, decision=decision)


@page
def appointment(request: Request, case_ref: str, ref: str) -> HttpResponse:
    """An appointment; here one says how it went, and goes on to the note."""
    case = visible(request, Case, ref=case_ref)
    found = visible(request, Appointment, case=case, ref=ref)
    form = OutcomeForm(request.POST or None)
    if form.carries_out(actions.say_outcome, appointment=found, by=request.standing, at=request.at):
        if form.cleaned_data["then"] == "note":
            return redirect(note_url(found, case))
        messages.success(request, _("The outcome is noted. It can be taken back."))
        return redirect("agenda:appointment", case.ref, found.ref)
    steps = Step.objects.visible_in(case, request.standing, request.at, column="case")
    cancelling_only = not found.starts_at <= request.at
    if cancelling_only:
        form.fields["state"].choices = [(State.CANCELLED, State.CANCELLED.label)]  # type: ignore[attr-defined]
    return render(
        request,
        "agenda/appointment.html",
        case=case,
        appointment=found,
        slot=slots([found], by=request.standing, at=request.at)[0],
        steps=steps.filter(appointment=found).select_related("by_account").order_by("-version"),
        form=form,
        is_over=found.is_over(request.at),
        note_url=note_url(found, case),
        change=rules.may_change_appointment.decide(request.standing, found, request.at),
        outcome=rules.may_say_outcome.decide(request.standing, found, request.at),
        take_back=rules.may_take_outcome_back.decide(request.standing, found, request.at),
        cancelling_only=cancelling_only,
    )


@page
def change(request: Request, case_ref: str, ref: str) -> HttpResponse:
    """Move an appointment or change its details; a change made in between meets this one."""
    case = visible(request, Case, ref=case_ref)
    found = visible(request, Appointment, case=case, ref=ref)
    initial = {**values_of(found), "version": found.version}
    form = ChangeAppointmentForm.of(request, about=found.ref, initial=initial, offers=_offers(request, case))
    if form.carries_out(actions.change_appointment, appointment=found, by=request.standing, at=request.at):
        messages.success(request, _("The appointment is changed; what it said before is kept."))
        return redirect("agenda:appointment", case.ref, found.ref)
    return render(
        request,
        "agenda/change.html",
        status=CONFLICT if form.stale else OK,
        heading=_("Move or change an appointment"),
        back_url=reverse("agenda:appointment", args=[case.ref, found.ref]),
        form=form.settled() if form.stale else form,
        merge=form.merge,
        decision=rules.may_change_appointment.decide(request.standing, found, request.at),
    )


@require_POST
@page
def take_back(request: Request, case_ref: str, ref: str) -> HttpResponse:
    """Take back what was said about how an appointment went."""
    case = visible(request, Case, ref=case_ref)
    found = visible(request, Appointment, case=case, ref=ref)
    if pressed(request, actions.take_outcome_back, appointment=found, about=case):
        messages.success(request, _("The outcome is taken back."))
    return redirect("agenda:appointment", case.ref, found.ref)


def note_url(appointment: Appointment, case: Case) -> str:
    """Where the note about an appointment is written, with how, when and how long filled in."""
    filled = {
        "kind": appointment.kind,
        "at": appointment.starts_at.isoformat(),
        "minutes": appointment.minutes,
    }
    return f"{reverse('contacts:write', args=[case.ref])}?{urlencode(filled)}"


def _offers(request: Request, case: Case) -> dict[str, list[tuple[str, object]]]:
    return {"account": of_team(request, case), "interpreter": of_interpreters(request, case)}
