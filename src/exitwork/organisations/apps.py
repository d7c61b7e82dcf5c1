# SPDX-License-Identifier: AGPL-3.0-or-later
"""Django's entry for this room."""

from __future__ import annotations

from importlib import import_module

from django.apps import AppConfig


class OrganisationsConfig(AppConfig):
    """The room ``organisations``."""

    name = "exitwork.organisations"
    label = "organisations"

    def ready(self) -> None:
        """Load the rules and what this room hands seams."""
        import_module("exitwork.organisations.rules")
        seams = import_module("exitwork.organisations.seams")
        seams.tie.register()
        seams.navigation_panel.register()
        seams.menu_panel.register()
