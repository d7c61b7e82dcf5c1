# SPDX-License-Identifier: AGPL-3.0-or-later
"""Accepting an invitation. Public: whoever holds the code is the one invited.

* The code leaves the address line at once; it waits in the session.
* Used, ended, run out and never made are one answer.
"""

from __future__ import annotations

from datetime import timedelta

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from exitwork.accounts import actions
from exitwork.accounts.adapters import AccountAdapter
from exitwork.accounts.forms import FirstPasswordForm, InvitationCodeForm
from exitwork.accounts.models import Invitation
from exitwork.accounts.models.invitation import digest
from exitwork.accounts.requests import moment
from exitwork.accounts.throttle import Throttle
from exitwork.kernel.decisions import Refusal

WAITING = "exitwork.invitation"
TRIES = Throttle("invitation", tries=10, within=timedelta(minutes=5))


@login_not_required
@never_cache
@require_http_methods(["GET", "HEAD"])
def by_link(request: HttpRequest, code: str) -> HttpResponseBase:
    """Take the code out of the address line. Looking at the link uses nothing up."""
    return _take(request, InvitationCodeForm({"code": code}))


@login_not_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def by_code(request: HttpRequest) -> HttpResponseBase:
    """Ask for the code on the paper."""
    form = InvitationCodeForm(request.POST or None)
    if request.method == "POST":
        return _take(request, form)
    return render(request, "accounts/invitation_code.html", {"form": form})


@login_not_required
@never_cache
@sensitive_post_parameters("password", "again")
@require_http_methods(["GET", "HEAD", "POST"])
def password(request: HttpRequest) -> HttpResponseBase:
    """Set the first password; then the second factor is set up."""
    invitation = _waiting(request)
    if invitation is None:
        return HttpResponseRedirect(reverse("accounts:invitation_code"))
    form = FirstPasswordForm(request.POST or None, account=invitation.account)
    if request.method == "POST" and form.is_valid():
        try:
            account = actions.accept(
                invitation=invitation, password=form.cleaned_data["password"], at=moment(request)
            )
        except Refusal as refusal:
            form.add_error(None, str(refusal))
        else:
            request.session.pop(WAITING, None)
            AccountAdapter(request).login(request, account)
            return HttpResponseRedirect(reverse("mfa_index"))
    return render(request, "accounts/invitation_password.html", {"form": form, "account": invitation.account})


def _take(request: HttpRequest, form: InvitationCodeForm) -> HttpResponse:
    at = moment(request)
    who = AccountAdapter(request).get_client_ip(request)
    if not TRIES.allows(who, at=at):
        form.is_valid()
        form.add_error(None, _("Too many tries. Wait five minutes, then try again."))
        return render(request, "accounts/invitation_code.html", {"form": form}, status=429)
    if form.is_valid():
        found = Invitation.objects.open(at).with_code(form.cleaned_data["code"]).first()
        if found is not None:
            if request.user.is_authenticated:
                messages.error(request, _("Sign out first, then open the invitation again."))
                return HttpResponseRedirect(reverse("accounts:page"))
            request.session[WAITING] = form.cleaned_data["code"]
            return HttpResponseRedirect(reverse("accounts:invitation_password"))
        form.add_error(
            "code",
            _("No invitation opens with this code. It may have been used, or be older than seven days."),
        )
    return render(request, "accounts/invitation_code.html", {"form": form})


def _waiting(request: HttpRequest) -> Invitation | None:
    code = request.session.get(WAITING)
    if not code or request.user.is_authenticated:
        return None
    open_ones = Invitation.objects.open(moment(request)).select_related("account")
    return open_ones.filter(code_hash=digest(code)).first()
