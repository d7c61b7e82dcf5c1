# SPDX-License-Identifier: AGPL-3.0-or-later
"""Addresses of drafts."""

from __future__ import annotations

from django.urls import path

from exitwork.drafts import views

app_name = "drafts"
urlpatterns = [
    path("drafts/<slug:form>/", views.keep, name="keep"),
    path("drafts/<slug:form>/<slug:about>/", views.keep, name="keep"),
]
