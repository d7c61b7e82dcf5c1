# SPDX-License-Identifier: AGPL-3.0-or-later
"""Django's entry for this room."""

from __future__ import annotations

from django.apps import AppConfig


class PagesConfig(AppConfig):
    """The room ``pages``."""

    name = "exitwork.pages"
    label = "pages"
