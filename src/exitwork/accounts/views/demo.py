# SPDX-License-Identifier: AGPL-3.0-or-later
"""The demo's own pages: its people, its five-minute story, signing in with one button. Elsewhere: 404."""

from __future__ import annotations

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from exitwork.accounts import actions
from exitwork.accounts.demo import cast
from exitwork.accounts.requests import moment, safe_next


@login_not_required
@never_cache
@require_http_methods(["GET", "HEAD"])
def people(request: HttpRequest) -> HttpResponse:
    """Everybody there is to be, also for somebody who is somebody already."""
    _only_in_a_demo()
    return render(request, "accounts/demo_people.html", {"cast": cast()})


@login_not_required
@never_cache
@require_http_methods(["GET", "HEAD"])
def story(request: HttpRequest) -> HttpResponse:
    """A walk of five minutes through one case."""
    _only_in_a_demo()
    everybody = cast()
    told = everybody.story
    if told is None:
        raise Http404
    people = {"worker": everybody.someone(told.worker), "colleague": everybody.someone(told.colleague)}
    return render(request, "accounts/demo_story.html", {"story": told, **people})


@login_not_required
@require_POST
def sign_in(request: HttpRequest) -> HttpResponseBase:
    """Be somebody else from now on."""
    _only_in_a_demo()
    account = cast().account(request.POST.get("person", ""))
    if account is None:
        raise Http404
    actions.sign_in_for_demo(request=request, account=account, at=moment(request))
    return HttpResponseRedirect(safe_next(request, "/"))


def _only_in_a_demo() -> None:
    if not settings.DEMO:
        raise Http404
