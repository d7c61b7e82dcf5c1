# SPDX-License-Identifier: AGPL-3.0-or-later
"""Every address of the program: reads as a site map."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver

urlpatterns: list[URLPattern | URLResolver] = []
