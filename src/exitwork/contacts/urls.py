# SPDX-License-Identifier: AGPL-3.0-or-later
"""Addresses of notes, below their case."""

from __future__ import annotations

from django.urls import path

from exitwork.contacts import views

app_name = "contacts"
urlpatterns = [
    path("notes/codes/", views.codes, name="codes"),
    path("cases/<str:case_ref>/worry/", views.worry, name="worry"),
    path("cases/<str:case_ref>/notes/new/", views.write, name="write"),
    path("cases/<str:case_ref>/notes/<str:ref>/", views.read, name="read"),
    path("cases/<str:case_ref>/notes/<str:ref>/correct/", views.correct, name="correct"),
    path("cases/<str:case_ref>/notes/<str:ref>/promote/", views.promote, name="promote"),
]
