# SPDX-License-Identifier: AGPL-3.0-or-later
"""Gives each request its moment, its standing, its zone and its language.

* The clock is read here, once a request; rules and actions are given ``request.at``.
* Somebody who has not signed in is NOBODY.
* The organisation acted for stands in the session under ``acting_for``; it counts only while a
  membership of it is in force.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from uuid import UUID
from zoneinfo import ZoneInfo

from allauth.account.authentication import get_authentication_records
from django.conf import settings
from django.http import HttpRequest, HttpResponseBase
from django.utils import timezone, translation

from exitwork.accounts.models import Account
from exitwork.accounts.sessions import HAS_FACTOR
from exitwork.kernel.standing import NOBODY, Standing
from exitwork.organisations.standing import standing_of

ACTING_FOR = "acting_for"


class StandingMiddleware:
    """Sets ``at``, ``standing`` and ``zone``; stands after authentication."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        at = datetime.now(UTC)
        account = request.user if request.user.is_authenticated else None
        standing = standing_in(request, account, at) if isinstance(account, Account) else NOBODY
        request.at = at  # type: ignore[attr-defined]
        request.standing = standing  # type: ignore[attr-defined]
        zone = standing.zone if standing.organisation else settings.ZONE
        request.zone = zone  # type: ignore[attr-defined]
        spoken = translation.get_language() or "en"
        if isinstance(account, Account) and account.language:
            spoken = account.language
            request.LANGUAGE_CODE = spoken
        with timezone.override(ZoneInfo(zone)), translation.override(spoken):
            return self.get_response(request)


def standing_in(request: HttpRequest, account: Account, at: datetime) -> Standing:
    """The standing of an account in this session."""
    strongly = signed_in_strongly(request, account)
    return standing_of(account, _organisation(request), at, has_second_factor=strongly)


def signed_in_strongly(request: HttpRequest, account: Account) -> bool:
    """Whether this session was opened or confirmed with a passkey, a code or a recovery code.

    The sign-in asks everyone who has a second factor for it, and the gate lets nobody in without one.
    """
    return bool(request.session.get(HAS_FACTOR)) or any(
        record.get("method") == "mfa" for record in get_authentication_records(request, account)
    )


def _organisation(request: HttpRequest) -> UUID | None:
    try:
        return UUID(request.session[ACTING_FOR])
    except (KeyError, ValueError, TypeError, AttributeError):
        return None
