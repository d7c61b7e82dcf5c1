# SPDX-License-Identifier: AGPL-3.0-or-later
"""How a client may be contacted, the button "Phone no longer safe", and the organisation's faces."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from exitwork.pages.boundary import page, render, visible
from exitwork.pages.requests import Request
from exitwork.people import actions, queries, rules
from exitwork.people.forms import FaceForm, LiftForm, SafetyForm
from exitwork.people.models import ContactSafety, Face, Person
from exitwork.people.words.choices import Lifted

CONFLICT = 409
OK = 200


@page
def settle(request: Request, ref: str) -> HttpResponse:
    """See and settle how a client may be contacted; opening it is a line in the journal."""
    person = visible(request, Person, ref=ref)
    by, at = request.standing, request.at
    words = actions.read_safety(person=person, by=by, at=at)
    safety = ContactSafety.objects.filter(person=person).first()
    faces = queries.faces(by, at).filter(organisation=person.organisation_id)
    initial = {"version": 0, **words}
    if safety is not None:
        hours = {f"hours_{channel}": text for channel, text in safety.hours.items()}
        initial |= {
            "version": safety.version,
            "face": safety.face_id,
            "no_voicemail": safety.no_voicemail,
            "paper": safety.paper,
            **hours,
        }
    form = SafetyForm(request.POST or None, faces=faces, initial=initial)
    if form.carries_out(actions.settle_safety, person=person, by=by, at=at):
        messages.success(request, _("Contact safety is settled."))
        return redirect("people:person", person.ref)
    return render(
        request,
        "people/safety.html",
        status=CONFLICT if form.stale else OK,
        person=person,
        form=form,
        has_faces=faces.exists(),
        stop=queries.open_stop(person),
        decision=rules.may_write_identity.decide(by, person, at),
        may_stop=rules.may_stop_sending.decide(by, person, at),
    )


@require_POST
@page
def stop(request: Request, ref: str) -> HttpResponse:
    """Phone no longer safe: everything outgoing stops at once."""
    person = visible(request, Person, ref=ref)
    actions.phone_no_longer_safe(person=person, by=request.standing, at=request.at)
    messages.success(request, _("Everything outgoing is stopped. Meet the client in person."))
    return redirect("people:person", person.ref)


@page
def lift(request: Request, ref: str) -> HttpResponse:
    """Let messages go out again."""
    person = visible(request, Person, ref=ref)
    open_stop = queries.open_stop(person)
    if open_stop is None:
        return redirect("people:person", person.ref)
    form = LiftForm(request.POST or None, initial={"how": Lifted.MEETING})
    if form.carries_out(actions.lift_stop, stop=open_stop, by=request.standing, at=request.at):
        messages.success(request, _("Messages may go out again, as settled with the client."))
        return redirect("people:person", person.ref)
    decision = rules.may_lift_after_meeting.decide(request.standing, open_stop, request.at)
    return render(request, "people/lift.html", person=person, stop=open_stop, form=form, decision=decision)


@page
def faces(request: Request) -> HttpResponse:
    """The faces of the organisation, and a new one."""
    by, at = request.standing, request.at
    if not rules.may_read_faces(by, at):
        raise Http404
    form = FaceForm(request.POST or None)
    if form.carries_out(actions.make_face, by=by, at=at):
        messages.success(request, _("The face is made."))
        return redirect("people:faces")
    return render(
        request,
        "people/faces.html",
        faces=list(queries.faces(by, at)),
        form=form,
        decision=rules.may_make_face.decide(by, None, at),
    )


@require_POST
@page
def retire(request: Request, ref: str) -> HttpResponse:
    """Offer a face no longer."""
    face = visible(request, Face, ref=ref)
    actions.retire_face(face=face, by=request.standing, at=request.at)
    return redirect("people:faces")
