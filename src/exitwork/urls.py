# SPDX-License-Identifier: AGPL-3.0-or-later
"""Every address of the program: reads as a site map."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, include, path

urlpatterns: list[URLPattern | URLResolver] = [
    path("", include("exitwork.drafts.urls")),
    path("", include("exitwork.people.urls")),
    path("", include("exitwork.programmes.urls")),
    path("", include("exitwork.cases.urls")),
    path("", include("exitwork.contacts.urls")),
    path("", include("exitwork.agenda.urls")),
    path("", include("exitwork.documents.urls")),
    path("", include("exitwork.accounts.sign_in_urls")),
    path("", include("exitwork.accounts.urls")),
    path("", include("exitwork.organisations.urls")),
    path("", include("exitwork.ui.urls")),
    path("", include("exitwork.workplace.urls")),
    path("", include("exitwork.upkeep.urls")),
]

handler400 = "exitwork.ui.errors.bad_request"
handler403 = "exitwork.ui.errors.not_allowed"
handler404 = "exitwork.ui.errors.not_found"
handler500 = "exitwork.ui.errors.server_error"
