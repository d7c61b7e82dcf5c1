# SPDX-License-Identifier: AGPL-3.0-or-later
"""The address for one's own calendar program: made, shown once, ended; and what it answers.

* What the address answers holds times and numbers only; an unknown, ended or paused one is a 404
  like any other.
* It asks anew each time who the owner is and what he may see: nothing survives a suspension.
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import override
from django.views.decorators.http import require_POST, require_safe

from exitwork.agenda import actions
from exitwork.agenda.actions.feeds import digest_of
from exitwork.agenda.feeds import calendar_of
from exitwork.agenda.forms import EmptyForm
from exitwork.agenda.models import Appointment, Feed
from exitwork.agenda.views.buttons import pressed
from exitwork.agenda.words import State
from exitwork.organisations.standing import standing_of
from exitwork.pages.boundary import page, render, visible
from exitwork.pages.requests import Request

BEHIND, AHEAD = timedelta(days=31), timedelta(days=366)


@page
def calendar(request: Request) -> HttpResponse:
    """Make an address; it is shown on this page once and never again."""
    form = EmptyForm(request.POST or None)
    address = ""
    if form.carries_out(actions.make_feed, by=request.standing, at=request.at) and form.result:
        address = settings.SITE_ADDRESS + reverse("agenda:feed", args=[form.result])
    mine = Feed.objects.visible_to(request.standing, request.at).in_force().first()
    return render(request, "agenda/calendar.html", form=EmptyForm(), feed=mine, address=address)


@require_POST
@page
def end(request: Request) -> HttpResponse:
    """End the address."""
    found = visible(request, Feed, ended_at=None)
    if pressed(request, actions.end_feed, feed=found):
        messages.success(request, _("The address answers no more."))
    return redirect("agenda:calendar")


@login_not_required
@require_safe
def feed(request: HttpRequest, token: str) -> HttpResponse:  # noqa: ARG001
    """The file behind an address."""
    at = datetime.now(tz=UTC)
    found = Feed.objects.in_force().filter(digest=digest_of(token)).select_related("account").first()
    owner = standing_of(found.account, found.organisation_id, at) if found else None
    if found is None or owner is None or owner.organisation is None:
        raise Http404
    rows = (
        Appointment.objects.visible_to(owner, at)
        .filter(account=found.account_id, organisation=found.organisation_id)
        .exclude(state=State.CANCELLED)
        .touching(at - BEHIND, at + AHEAD)
    )
    with override(found.account.language):
        body = calendar_of(found, rows.order_by("starts_at"))
    return HttpResponse(
        body,
        content_type="text/calendar; charset=utf-8",
        headers={"Cache-Control": "no-store", "Content-Disposition": 'attachment; filename="calendar.ics"'},
    )
