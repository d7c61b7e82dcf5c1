# SPDX-License-Identifier: AGPL-3.0-or-later
"""Addresses of documents, below their case."""

from __future__ import annotations

from django.urls import path

from exitwork.documents import views

app_name = "documents"
urlpatterns = [
    path("cases/<str:case_ref>/documents/", views.documents, name="list"),
    path("cases/<str:case_ref>/documents/new/", views.add, name="add"),
    path("cases/<str:case_ref>/documents/<str:ref>/", views.read, name="read"),
    path("cases/<str:case_ref>/documents/<str:ref>/file/", views.fetch, name="fetch"),
    path("cases/<str:case_ref>/documents/<str:ref>/remove/", views.remove, name="remove"),
]
