# SPDX-License-Identifier: AGPL-3.0-or-later
"""Addresses the frame knows by name, for the gallery only."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.urls import include, path


def nothing(request: HttpRequest) -> HttpResponse:
    return HttpResponse()


workplace = [
    path("", nothing, name="today"),
    path("search/", nothing, name="search"),
    path("capture/", nothing, name="capture"),
]
urlpatterns = [
    path("", include((workplace, "workplace"))),
    path("lock/", include(([path("", nothing, name="lock")], "accounts"))),
    path("leave/", nothing, name="account_logout"),
    path("ui/", include("exitwork.ui.urls")),
]
