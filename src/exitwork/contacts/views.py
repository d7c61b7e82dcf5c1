# SPDX-License-Identifier: AGPL-3.0-or-later
"""Pages of notes: write, read with earlier versions, correct, promote."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from exitwork.cases.models import Case
from exitwork.cases.queries import team
from exitwork.cases.rules import may_write_in_case
from exitwork.contacts import actions, queries, rules
from exitwork.contacts.forms import CodesForm, CorrectionForm, NoteForm, prefilled
from exitwork.contacts.models import Contact
from exitwork.kernel.decisions import Refusal
from exitwork.pages.boundary import note_look, page, record_refusal, render, visible
from exitwork.pages.requests import Request

CONFLICT = 409
CODED_AT_ONCE = 25
OK = 200


@page
def write(request: Request, case_ref: str) -> HttpResponse:
    """Write a note on a case."""
    case = visible(request, Case, ref=case_ref)
    form = NoteForm.of(request, about=case.ref, initial=prefilled(request.GET))
    if form.carries_out(actions.write_note, case=case, by=request.standing, at=request.at):
        messages.success(request, _("The note is saved."))
        return redirect("workplace:case", case.ref)
    decision = may_write_in_case.decide(request.standing, case, request.at)
    return render(request, "contacts/write.html", case=case, form=form, decision=decision)


@page
def read(request: Request, case_ref: str, ref: str) -> HttpResponse:
    """A note with what it said before."""
    case = visible(request, Case, ref=case_ref)
    contact = visible(request, Contact, case=case, ref=ref)
    return render(
        request,
        "contacts/read.html",
        case=case,
        contact=contact,
        earlier=queries.earlier_versions(contact, by=request.standing, at=request.at),
        correct=rules.may_correct_contact.decide(request.standing, contact, request.at),
        promote=rules.may_promote_contact.decide(request.standing, contact, request.at),
    )


@page
def correct(request: Request, case_ref: str, ref: str) -> HttpResponse:
    """Correct a note; a correction made in between meets this one on a merge page."""
    case = visible(request, Case, ref=case_ref)
    contact = visible(request, Contact, case=case, ref=ref)
    form = CorrectionForm.of(request, about=contact.ref, initial=_initial(contact))
    if form.carries_out(actions.correct_note, contact=contact, by=request.standing, at=request.at):
        messages.success(request, _("The correction is saved; the earlier version is kept."))
        return redirect("contacts:read", case.ref, contact.ref)
    return render(
        request,
        "contacts/correct.html",
        status=CONFLICT if form.stale else OK,
        case=case,
        contact=contact,
        form=form.settled() if form.stale else form,
        merge=form.merge,
        decision=rules.may_correct_contact.decide(request.standing, contact, request.at),
    )


@require_POST
@page
def promote(request: Request, case_ref: str, ref: str) -> HttpResponse:
    """Make a working note part of the case record."""
    case = visible(request, Case, ref=case_ref)
    contact = visible(request, Contact, case=case, ref=ref)
    try:
        actions.promote_note(contact=contact, by=request.standing, at=request.at)
    except Refusal as refusal:
        record_refusal(request, refusal.refused, contact.case)
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("The note is part of the case record now."))
    return redirect("contacts:read", case.ref, contact.ref)


@page
def codes(request: Request) -> HttpResponse:
    """Codes for my notes of the last weeks, in one list."""
    notes = list(queries.to_code(by=request.standing, at=request.at)[:CODED_AT_ONCE])
    note_look(request, listed=tuple(note.ref for note in notes))
    forms = []
    for note in notes:
        is_sent = request.method == "POST" and request.POST.get("contact") == note.ref
        form = CodesForm(
            request.POST if is_sent else None,
            initial={"contact": note.ref, "area": note.area, "pillar": note.pillar},
            pillars=queries.pillars(note.case),
            auto_id=f"id_{note.ref}_%s",
        )
        if form.carries_out(actions.code_note, contact=note, by=request.standing, at=request.at):
            return redirect("contacts:codes")
        forms.append((note, form))
    return render(request, "contacts/codes.html", forms=forms)


@page
def worry(request: Request, case_ref: str) -> HttpResponse:
    """Whom to talk to when something worries one. Nothing is stored here (S10)."""
    case = visible(request, Case, ref=case_ref)
    manager, assignments = team(case, by=request.standing, at=request.at)
    return render(request, "contacts/worry.html", case=case, manager=manager, assignments=assignments)


def _initial(contact: Contact) -> dict[str, Any]:
    return {
        "version": contact.version,
        "text": contact.text.open(),
        "kind": contact.kind,
        "minutes": contact.minutes,
        "happened_at": contact.happened_at,
    }
