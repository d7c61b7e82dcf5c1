# SPDX-License-Identifier: AGPL-3.0-or-later
"""Open in an emergency: one case of one's own organisation, four hours, seen at once.

* An unknown, a foreign and an unopenable reference get the same answer, word for word.
* The second factor is asked for again.
"""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from exitwork.access import actions
from exitwork.access.models import Opening
from exitwork.access.rules import may_open_in_emergency, may_review_opening
from exitwork.accounts.confirmation import confirm_first
from exitwork.cases.facts import is_kept_out
from exitwork.cases.models import Case
from exitwork.kernel.decisions import Refused
from exitwork.pages.boundary import page, record_refusal, render, visible, visible_rows
from exitwork.pages.lists import listed
from exitwork.pages.requests import Request
from exitwork.workplace.forms import EmergencyForm, ReviewForm


@page
@confirm_first
def open_in_emergency(request: Request) -> HttpResponse:
    """The page where one types the reference of a case."""
    form = EmergencyForm(request.POST or None)
    if form.is_bound and form.is_valid():
        case = _openable(request, form.cleaned_data["reference"])
        if case is None:
            form.add_error("reference", _("No case with this reference can be opened here."))
        elif form.carries_out(actions.open_in_emergency, thing=case, by=request.standing, at=request.at):
            messages.warning(request, _("The case is open to you for four hours. The case manager knows."))
            return redirect("workplace:case", case.ref)
    return render(request, "workplace/emergency.html", form=form)


@page
def openings(request: Request) -> HttpResponse:
    """The emergency openings one may see, newest first."""
    rows = visible_rows(request, Opening).order_by("-from_at")
    return render(request, "workplace/openings.html", openings=listed(request, rows, ref="thing_ref"))


@page
def review(request: Request, ref: str) -> HttpResponse:
    """Look at an emergency opening of somebody else."""
    opening = visible(request, Opening, ref=ref)
    form = ReviewForm(request.POST or None)
    if form.carries_out(actions.review_opening, opening=opening, by=request.standing, at=request.at):
        messages.success(request, _("The opening was looked at."))
        return redirect("workplace:openings")
    decision = may_review_opening.decide(request.standing, opening, request.at)
    return render(request, "workplace/review.html", form=form, opening=opening, decision=decision)


def _openable(request: Request, reference: str) -> Case | None:
    """The case of one's own organisation, unless it may not even be opened in an emergency."""
    by, at = request.standing, request.at
    # Asked of no case in particular: a refusal for some references only would tell that they are cases.
    decision = may_open_in_emergency.decide(by, Case(organisation_id=by.ours), at)
    if isinstance(decision, Refused):
        if decision.code.endswith("owes_a_review"):
            decision.or_raise()
        record_refusal(request, decision)
        return None
    case = Case.objects.filter(ref=reference, organisation_id=by.ours).first()
    if case is None or is_kept_out.holds(by, case, at):
        record_refusal(request, Refused("no openable case", "workplace.emergency.none"))
        return None
    return case
