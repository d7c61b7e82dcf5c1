# SPDX-License-Identifier: AGPL-3.0-or-later
"""Locking: one's own screen, at once; everything, for everybody."""

from __future__ import annotations

import time
from urllib.parse import urlencode

from allauth.account.internal.flows.login import get_authentication_records
from allauth.account.internal.flows.reauthentication import did_recently_reauthenticate
from django.http import HttpRequest, HttpResponseBase, HttpResponseRedirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from exitwork.accounts import actions
from exitwork.accounts.forms import CodeAgainForm
from exitwork.accounts.queries import has_app, has_second_factor, passkeys
from exitwork.accounts.requests import account_of, acting, moment, safe_next
from exitwork.accounts.views.frame import show

JUST_NOW = 300


@require_http_methods(["GET", "HEAD", "POST"])
def screen(request: HttpRequest) -> HttpResponseBase:
    """Lock the screen; the session and the words typed stay."""
    if request.method != "POST":
        return show(request, "accounts/lock.html")
    back = safe_next(request, "/")
    actions.lock_screen(request=request, account=account_of(request), by=acting(request), at=moment(request))
    return HttpResponseRedirect(f"{reverse('account_reauthenticate')}?{urlencode({'next': back})}")


@require_http_methods(["GET", "HEAD", "POST"])
def everything(request: HttpRequest) -> HttpResponseBase:
    """Lock everything, after the second factor was shown again."""
    account = account_of(request)
    shown = _has_shown_factor(request)
    asks_code = not shown and has_app(account.id)
    form = CodeAgainForm(request.POST or None, user=account) if asks_code else None
    if request.method == "POST" and (shown or (form is not None and form.is_valid())):
        actions.lock_everything(account=account, by=acting(request), at=moment(request))
        return show(request, "accounts/everything_locked.html")
    if not shown and form is None:
        way = "mfa_reauthenticate_webauthn" if passkeys(account.id) else "account_reauthenticate"
        return HttpResponseRedirect(f"{reverse(way)}?{urlencode({'next': request.path})}")
    return show(request, "accounts/lock_everything.html", form=form, has_passkey=passkeys(account.id) > 0)


def _has_shown_factor(request: HttpRequest) -> bool:
    """Whether the second factor (the password, where there is none) was shown in the last five minutes."""
    account = account_of(request)
    if not has_second_factor(account.id):
        return bool(did_recently_reauthenticate(request))
    records = get_authentication_records(request, account)
    return any(
        record.get("method") == "mfa"
        and record.get("reauthenticated")
        and time.time() - record["at"] < JUST_NOW
        for record in records
    )
