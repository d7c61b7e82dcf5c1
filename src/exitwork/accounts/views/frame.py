# SPDX-License-Identifier: AGPL-3.0-or-later
"""The frame of this room's pages: what the layout asks of the context (``pages`` stands above us)."""

from __future__ import annotations

from typing import Any, cast

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from exitwork.access.seams import Place, panels_at
from exitwork.accounts.requests import acting, moment
from exitwork.accounts.sessions import SessionStore


def framed(request: HttpRequest, **context: Any) -> dict[str, Any]:
    """A context with navigation and standing."""
    by, at = acting(request), moment(request)
    places = (panel.query(by, request, at) for panel in panels_at(Place.NAVIGATION))
    menu = (panel.query(by, request, at) for panel in panels_at(Place.ACCOUNT_MENU))
    return {
        "standing": by,
        "at": at,
        "expires_in": cast(SessionStore, request.session).seconds_left(at),
        "navigation": [item for item in places if item is not None],
        "account_menu": [item for item in menu if item is not None],
        **context,
    }


def show(request: HttpRequest, template: str, *, status: int = 200, **context: Any) -> HttpResponse:
    """A page of this room for someone signed in."""
    return render(request, template, framed(request, **context), status=status)
