# SPDX-License-Identifier: AGPL-3.0-or-later
"""Whom one acts for: switching between one's organisations, and answering an invitation.

* The choice stands in the session alone; it is worth nothing without a membership in force.
"""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponseBase
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from exitwork.organisations import actions, queries
from exitwork.organisations.forms import AnswerForm
from exitwork.organisations.middleware import ACTING_FOR
from exitwork.organisations.models import Membership
from exitwork.pages import Request, page, render, visible


@page
def acting_for(request: Request) -> HttpResponseBase:
    """Choose the organisation to act for."""
    by, at = request.standing, request.at
    mine = queries.organisations_of(by, at)
    if request.method == "POST":
        chosen = _key(request.POST.get("organisation", ""))
        if chosen not in {key for key, _name in mine}:
            raise Http404
        request.session[ACTING_FOR] = str(chosen)
        return redirect("/")
    offered = (
        Membership.objects.visible_to(request.standing, request.at).offered(at).filter(account=by.account)
    )
    return render(
        request,
        "organisations/acting_for.html",
        mine=mine,
        offered=list(offered.select_related("organisation").order_by("from_at", "pk")),
        form=AnswerForm(),
    )


@page
def answer(request: Request, ref: str) -> HttpResponseBase:
    """Agree to belong to an organisation, or decline."""
    membership = visible(request, Membership, ref=ref)
    form = AnswerForm(request.POST or None)
    agrees = request.POST.get("answer") == "agree"
    action = actions.agree if agrees else actions.decline
    if form.carries_out(action, membership=membership, by=request.standing, at=request.at):
        messages.success(request, _("You belong to it now.") if agrees else _("You declined."))
    elif form.is_bound:
        messages.error(request, " ".join(str(error) for errors in form.errors.values() for error in errors))
    return redirect("organisations:acting_for")


def _key(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None
