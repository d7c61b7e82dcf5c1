# SPDX-License-Identifier: AGPL-3.0-or-later
"""The addresses of accounts alone, with a first page to arrive at and one that takes words."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.urls import include, path


def first_page(request: HttpRequest) -> HttpResponse:
    """Where one arrives after signing in."""
    return HttpResponse("first page")


urlpatterns = [
    path("", first_page, name="first"),
    path("cases/", first_page, name="cases"),
    path("", include("exitwork.accounts.sign_in_urls")),
    path("", include("exitwork.accounts.urls")),
]
