# SPDX-License-Identifier: AGPL-3.0-or-later
"""Addresses of the workplace."""

from __future__ import annotations

from django.urls import path

from exitwork.workplace.views import capture, case, emergency, search, today

app_name = "workplace"
urlpatterns = [
    path("", today.today, name="today"),
    path("notes/new/", capture.capture, name="capture"),
    path("search/", search.search, name="search"),
    path("cases/<str:ref>/", case.case, name="case"),
    path("cases/<str:ref>/timeline/", case.case_timeline, name="timeline"),
    path("cases/<str:ref>/seen/", case.seen, name="seen"),
    path("emergency/", emergency.open_in_emergency, name="emergency"),
    path("emergency/openings/", emergency.openings, name="openings"),
    path("emergency/openings/<str:ref>/", emergency.review, name="review"),
]
