# SPDX-License-Identifier: AGPL-3.0-or-later
"""Django's entry for this room."""

from __future__ import annotations

from importlib import import_module

from django.apps import AppConfig


class WorkplaceConfig(AppConfig):
    """The room ``workplace``."""

    name = "exitwork.workplace"
    label = "workplace"

    def ready(self) -> None:
        """Put the first places into the navigation."""
        import_module("exitwork.workplace.seams")
