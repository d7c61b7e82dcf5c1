# SPDX-License-Identifier: AGPL-3.0-or-later
"""The pages for what went wrong, rendered without a request.

* Each is one sequence of bytes for everybody: no form, token, reference or language of the reader,
  so that "not found" can't tell what exists (S3). They therefore speak every language offered.
* A bug shows a reference and nothing else; the same reference stands in the log.
"""

from __future__ import annotations

import secrets
from functools import cache

import structlog
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.translation import gettext_lazy as _

from exitwork.ui import formats

log = structlog.get_logger(__name__)

BACK = _("Back to the start")
WORDS = {
    "not-found": (_("Nothing here"), _("There is no such page, or it is not one you can open.")),
    "not-allowed": (_("Not possible"), _("This can't be done from here.")),
    "bad-request": (
        _("Not understood"),
        _("What the browser sent could not be read. Nothing was changed."),
    ),
    "no-token": (
        _("Sent from an old page"),
        _("The page was open too long, or cookies are off. Go back, load the page again, send it once more."),
    ),
    "no-method": (_("Not this way"), _("This address can't be used like that. Nothing was changed.")),
    "locked": (
        _("Everything is locked"),
        _(
            "Nothing sealed can be read or written now, and nothing is lost. Whoever runs this installation "
            "can start it again with the key or the passphrase."
        ),
    ),
    "failed": (
        _("Something went wrong"),
        _("Nothing was changed. If it happens again, tell your administrator the reference below."),
    ),
}


def not_found(request: HttpRequest | None = None, exception: Exception | None = None) -> HttpResponse:  # noqa: ARG001
    """404: the same bytes whoever asks, whatever for (Django's ``handler404``)."""
    return _answer("not-found", 404)


def not_allowed(request: HttpRequest | None = None, exception: Exception | None = None) -> HttpResponse:  # noqa: ARG001
    """403 of the framework itself; refusals of rules have a page of their own in ``pages``."""
    return _answer("not-allowed", 403)


def bad_request(request: HttpRequest | None = None, exception: Exception | None = None) -> HttpResponse:  # noqa: ARG001
    """400: the browser sent something that can't be read (Django's ``handler400``)."""
    return _answer("bad-request", 400)


def csrf_failure(request: HttpRequest | None = None, reason: str = "") -> HttpResponse:  # noqa: ARG001
    """403 when a form came without its token (Django's ``CSRF_FAILURE_VIEW``)."""
    return _answer("no-token", 403)


def method_not_allowed(allowed: tuple[str, ...] = ("GET",)) -> HttpResponse:
    """405: this address answers other methods only, named in ``Allow``."""
    response = _answer("no-method", 405)
    response["Allow"] = ", ".join(allowed)
    return response


def locked() -> HttpResponse:
    """503: the vault is locked, or its keyholder does not answer; the open form keeps its words."""
    return _answer("locked", 503)


def server_error(request: HttpRequest | None = None) -> HttpResponse:  # noqa: ARG001
    """500: a reference to quote, nothing about what happened (Django's ``handler500``)."""
    reference = secrets.token_hex(4)
    log.error("page.failed", reference=reference, exc_info=True)
    return HttpResponse(_page("failed", reference), status=500)


def _answer(kind: str, status: int) -> HttpResponse:
    return HttpResponse(_fixed(kind), status=status)


@cache
def _fixed(kind: str) -> str:
    return _page(kind)


def _page(kind: str, reference: str = "") -> str:
    tongues = []
    for code, _name in settings.LANGUAGES:
        with translation.override(code):
            title, text = (str(word) for word in WORDS[kind])
            side, way = formats.direction(), str(BACK)
        tongues.append({"code": code, "side": side, "title": title, "text": text, "way": way})
    return render_to_string("ui/error.html", {"tongues": tongues, "reference": reference})
