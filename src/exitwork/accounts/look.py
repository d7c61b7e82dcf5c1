# SPDX-License-Identifier: AGPL-3.0-or-later
"""How pages look to someone, kept where the frame reads it before it knows who asks."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpResponseBase

from exitwork.accounts.models import Account
from exitwork.accounts.words import Theme

LONG = 365 * 24 * 3600


def remember_look(response: HttpResponseBase, account: Account) -> None:
    """Put theme and keys into cookies; they say nothing about a person."""
    chosen = {
        "theme": "" if account.theme == Theme.SYSTEM else account.theme,
        "keys": "on" if account.shortcuts else "off",
    }
    for name, value in chosen.items():
        response.set_cookie(
            name, value, max_age=LONG, samesite="Strict", httponly=True, secure=settings.SESSION_COOKIE_SECURE
        )
