# SPDX-License-Identifier: AGPL-3.0-or-later
"""Addresses of this room."""

from __future__ import annotations

from django.urls import path

from exitwork.upkeep import views

app_name = "upkeep"
urlpatterns = [
    path("healthz", views.healthz, name="healthz"),
    path("readyz", views.readyz, name="readyz"),
    path("authority.crt", views.authority, name="authority"),
]
