# SPDX-License-Identifier: AGPL-3.0-or-later
"""The boundary of a page: what it looked at is recorded, what was refused is recorded.

* A look is one entry, written after rendering and before the first byte; if it can't be
  written, nothing is shown (fail closed).
* A refusal becomes a page with its sentence and an entry in a transaction of its own.
* What may not be seen and what does not exist are one answer, made before anything is known.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import wraps
from typing import Any, Concatenate, ParamSpec, TypeVar, cast

from django.contrib.auth.views import redirect_to_login
from django.db import models
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.template.loader import render_to_string

from exitwork.access.models import Governed
from exitwork.access.seams import Place, panels_at
from exitwork.journal.recording import looked, refused
from exitwork.kernel.decisions import Refusal, Refused
from exitwork.kernel.facts import asked_once
from exitwork.pages.requests import Looks, Request
from exitwork.pages.words import LISTED, NOT_FOUND, REFUSED, SEEN

P = ParamSpec("P")
G = TypeVar("G", bound=Governed)

OK = 200
FORBIDDEN = 403


def page(
    view: Callable[Concatenate[Request, P], HttpResponseBase],
) -> Callable[Concatenate[HttpRequest, P], HttpResponseBase]:
    """Make a function a page: signed in, its looks and refusals in the journal."""

    @wraps(view)
    def bounded(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
        mine = cast(Request, request)
        if mine.standing.account is None:
            return redirect_to_login(request.get_full_path())
        mine.looks = Looks()
        try:
            with asked_once():
                response = view(mine, *args, **kwargs)
        except Refusal as refusal:
            record_refusal(mine, refusal.refused)
            return render(mine, "pages/refused.html", status=FORBIDDEN, refused=refusal.refused)
        if response.status_code == OK:
            _record_looks(mine)
        return response

    return bounded


def visible(request: Request, model: type[G], *related: str, **lookup: Any) -> G:
    """The one thing of that description that the standing may see, with what it is related to.

    :raises Http404: if there is none; whether it exists elsewhere makes no difference.
    """
    rows = visible_rows(request, model).filter(**lookup)
    found = list((rows.select_related(*related) if related else rows)[:2])
    if len(found) != 1:
        looked_for = {key: str(value) for key, value in lookup.items()}
        refused(
            NOT_FOUND,
            Refused(f"{model._meta.label_lower} {looked_for}", NOT_FOUND.name),
            by=request.standing,
            about=None,
            at=request.at,
        )
        raise Http404
    request.looks.things.append(found[0])
    thing: G = found[0]
    return thing


def visible_rows(request: Request, model: type[G]) -> models.QuerySet[G, G]:
    """Everything of a model that the standing may see, to be narrowed and listed."""
    return cast("models.QuerySet[G, G]", _manager(model).visible_to(request.standing, request.at))


def note_look(request: Request, *things: Any, listed: tuple[str, ...] = ()) -> None:
    """Add what a page shows to its look, where it came neither from ``visible`` nor a listing."""
    request.looks.things.extend(things)
    request.looks.listed.extend(listed)


def render(request: Request, template: str, *, status: int = OK, **context: Any) -> HttpResponse:
    """A page of the program, with its frame."""
    return HttpResponse(render_to_string(template, framed(request, context), request), status=status)


def framed(request: Request, context: Mapping[str, Any]) -> dict[str, Any]:
    """A page's context with what the frame around every page needs."""
    standing = request.standing
    items = [panel.query(standing, request, request.at) for panel in panels_at(Place.NAVIGATION)]
    menu = [panel.query(standing, request, request.at) for panel in panels_at(Place.ACCOUNT_MENU)]
    return {
        "standing": standing,
        "at": request.at,
        "expires_in": cast(Any, request.session).seconds_left(request.at),
        "navigation": [_current(request, item) for item in items if item is not None],
        "account_menu": [item for item in menu if item is not None],
        **context,
    }


def record_refusal(request: Request, said_no: Refused, about: Any = None) -> None:
    """Record that something was asked for and refused, in a transaction of its own."""
    refused(REFUSED, said_no, by=request.standing, about=about, at=request.at)


def _current(request: Request, item: Mapping[str, Any]) -> dict[str, Any]:
    url = str(item["url"])
    here = request.path == url if url == "/" else request.path.startswith(url)
    return {**item, "current": here}


def _manager(model: type[G]) -> Any:
    return model._default_manager


def _record_looks(request: Request) -> None:
    looks = request.looks
    if not looks:
        return
    whole = looks.things[0] if looks.things else None
    looked(
        SEEN if whole is not None else LISTED,
        by=request.standing,
        about=[*looks.things, *looks.listed],
        at=request.at,
        of=whole,
    )
