# SPDX-License-Identifier: AGPL-3.0-or-later
"""Asking for the second factor again before something that can't be taken back.

Opening the page asks for a factor shown in the last five minutes; sending it accepts half an
hour, so that nobody loses what he typed to a clock.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from functools import wraps
from typing import Any, Concatenate, ParamSpec, TypeVar
from urllib.parse import urlencode

from allauth.account.internal.flows.login import get_authentication_records
from allauth.account.internal.flows.reauthentication import did_recently_reauthenticate
from django.http import HttpRequest, HttpResponseBase, HttpResponseRedirect
from django.urls import reverse

from exitwork.accounts.queries import has_second_factor, passkeys
from exitwork.accounts.requests import account_of

JUST_NOW = 5 * 60
WHILE_TYPING = 30 * 60

R = TypeVar("R", bound=HttpRequest)
P = ParamSpec("P")


def confirm_first(
    view: Callable[Concatenate[R, P], HttpResponseBase],
) -> Callable[Concatenate[R, P], HttpResponseBase]:
    """Show the page only to somebody who has just shown the second factor."""

    @wraps(view)
    def confirmed(request: R, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
        if has_shown_factor(request, within=WHILE_TYPING if request.method == "POST" else JUST_NOW):
            return view(request, *args, **kwargs)
        return ask_again(request)

    return confirmed


def ask_again(request: HttpRequest) -> HttpResponseRedirect:
    """Ask for the factor there is, then come back."""
    way = "mfa_reauthenticate_webauthn" if passkeys(account_of(request).id) else "account_reauthenticate"
    return HttpResponseRedirect(f"{reverse(way)}?{urlencode({'next': request.path})}")


def has_shown_factor(request: HttpRequest, *, within: float = JUST_NOW) -> bool:
    """Whether the second factor (the password, where there is none) was shown in the last seconds."""
    account = account_of(request)
    if not has_second_factor(account.id):
        return bool(did_recently_reauthenticate(request))
    records: list[dict[str, Any]] = get_authentication_records(request, account)
    return any(record.get("method") == "mfa" and time.time() - record["at"] < within for record in records)
