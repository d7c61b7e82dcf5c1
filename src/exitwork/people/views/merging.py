# SPDX-License-Identifier: AGPL-3.0-or-later
"""Two records of one human being, and back within thirty days."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from exitwork.kernel.references import normalise
from exitwork.pages.boundary import page, render, visible, visible_rows
from exitwork.pages.requests import Request
from exitwork.people import actions, queries, rules
from exitwork.people.forms import MergeForm
from exitwork.people.models import Person


@page
def merge(request: Request, ref: str) -> HttpResponse:
    """Say that another record is the same human being."""
    kept = visible(request, Person, ref=ref)
    form = MergeForm(request.POST or None)
    if form.is_bound and form.is_valid():
        other = normalise(form.cleaned_data["other"])
        merged = visible_rows(request, Person).filter(ref=other).first()
        if merged is None:
            form.add_error("other", _("There is no such record among those you may see."))
        elif form.carries_out(
            actions.merge_persons, kept=kept, merged=merged, by=request.standing, at=request.at
        ):
            messages.success(request, _("Both are read as one now. This can be undone for thirty days."))
            return redirect("people:person", kept.ref)
    decision = rules.may_merge.decide(request.standing, kept, request.at)
    return render(request, "people/merge.html", person=kept, form=form, decision=decision)


@require_POST
@page
def unmerge(request: Request, ref: str) -> HttpResponse:
    """Say that they are two after all."""
    person = visible(request, Person, ref=ref)
    asked = request.POST.get("merge", "")
    row = next((one for one in queries.merges_of(person) if str(one.pk) == asked), None)
    if row is None:
        raise Http404
    actions.unmerge_persons(merge=row, by=request.standing, at=request.at)
    messages.success(request, _("They are two again."))
    return redirect("people:person", person.ref)
