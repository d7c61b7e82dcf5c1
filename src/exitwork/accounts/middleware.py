# SPDX-License-Identifier: AGPL-3.0-or-later
"""The gate: what a signed-in session reaches.

* Without a second factor, where one is required: only the pages that set it up.
* Locked: only the pages that show that it is oneself, and sign-out. The session and the
  words typed remain.
* Public pages are separate functions marked ``login_not_required``; the gate leaves them be.

Stands after Django's authentication and LoginRequired middleware and before everything that
asks for a standing.
"""

from __future__ import annotations

from collections.abc import Callable
from http import HTTPStatus
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.urls import reverse
from django.utils import translation

from exitwork.accounts.queries import has_second_factor
from exitwork.accounts.requests import account_of, moment
from exitwork.accounts.sessions import HAS_FACTOR, LOCKED

OPEN_WHILE_LOCKED = frozenset(
    {"account_logout", "account_reauthenticate", "mfa_reauthenticate", "mfa_reauthenticate_webauthn"}
)
OPEN_WITHOUT_FACTOR = OPEN_WHILE_LOCKED | {
    "mfa_index",
    "mfa_activate_totp",
    "mfa_add_webauthn",
    "mfa_list_webauthn",
    "mfa_view_recovery_codes",
    "mfa_generate_recovery_codes",
    "mfa_download_recovery_codes",
    "accounts:lock",
}


class AccountGate:
    """Lets a signed-in session through to what it may reach."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Pass the request on."""
        return self.get_response(request)

    def process_view(
        self,
        request: HttpRequest,
        view: Callable[..., Any],
        args: Any,  # noqa: ARG002 (Django's interface)
        kwargs: Any,  # noqa: ARG002
    ) -> HttpResponseBase | None:
        """Send elsewhere whoever must first unlock or set a second factor."""
        if not request.user.is_authenticated:
            return None
        request.session.touch(moment(request))  # type: ignore[attr-defined]
        if not getattr(view, "login_required", True):
            return None
        translation.activate(account_of(request).language)
        name = request.resolver_match.view_name if request.resolver_match else ""
        if request.session.get(LOCKED) and name not in OPEN_WHILE_LOCKED:
            return _elsewhere(request, "account_reauthenticate")
        if name not in OPEN_WITHOUT_FACTOR and _lacks_factor(request):
            return _elsewhere(request, "mfa_index")
        return None


def _lacks_factor(request: HttpRequest) -> bool:
    if settings.ACCOUNTS_SECOND_FACTOR != "required" or request.session.get(HAS_FACTOR):
        return False
    has = has_second_factor(account_of(request).id)
    if has:
        request.session[HAS_FACTOR] = True
    return not has


def _elsewhere(request: HttpRequest, name: str) -> HttpResponseBase:
    back = request.get_full_path() if request.method == "GET" else ""
    url = reverse(name) + (f"?{urlencode({'next': back})}" if back else "")
    if request.headers.get("HX-Request") == "true":
        # A part of a page asked for something: the whole page goes to unlock; the form keeps its words.
        return HttpResponse(status=HTTPStatus.UNAUTHORIZED, headers={"HX-Redirect": reverse(name)})
    return HttpResponseRedirect(url)
