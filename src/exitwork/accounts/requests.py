# SPDX-License-Identifier: AGPL-3.0-or-later
"""A request as this room sees it: the moment, and whoever acts, also before organisations spoke."""

from __future__ import annotations

from datetime import datetime
from typing import cast

from django.contrib.auth.middleware import get_user
from django.http import HttpRequest
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme

from exitwork.accounts.models import Account
from exitwork.accounts.queries import standing_without_organisation
from exitwork.accounts.sessions import STARTED
from exitwork.kernel.standing import NOBODY, Standing


def moment(request: HttpRequest) -> datetime:
    """The moment of this request: the same for everything it causes."""
    at = getattr(request, "at", None)
    return at if isinstance(at, datetime) else timezone.now()


def acting(request: HttpRequest) -> Standing:
    """Who acts: the standing organisations gave, or one's own account alone."""
    standing = getattr(request, "standing", None)
    if isinstance(standing, Standing) and standing.account is not None:
        return standing
    return standing_without_organisation(account_of(request)) if request.user.is_authenticated else NOBODY


def account_of(request: HttpRequest) -> Account:
    """The account signed in here; only behind a sign-in. The row itself, not Django's lazy stand-in."""
    return cast(Account, get_user(request))


def since_sign_in(request: HttpRequest) -> float:
    """Seconds since this session signed in; endless when it never did."""
    started = request.session.get(STARTED)
    return (timezone.now() - datetime.fromisoformat(started)).total_seconds() if started else float("inf")


def safe_next(request: HttpRequest, otherwise: str) -> str:
    """Where to go on: what the form asks for if it is a page of ours, else ``otherwise``."""
    wanted = request.POST.get("next") or request.GET.get("next") or ""
    mine = url_has_allowed_host_and_scheme(wanted, allowed_hosts={request.get_host()})
    return wanted if mine and wanted.startswith("/") else otherwise
