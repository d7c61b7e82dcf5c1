# SPDX-License-Identifier: AGPL-3.0-or-later
"""Addresses of this room."""

from __future__ import annotations

from django.urls import path

from exitwork.ui import views

app_name = "ui"
urlpatterns = [path("display/", views.display, name="display")]
