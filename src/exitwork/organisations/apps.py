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
        """Load the rules and what this room hands upward."""
        import_module("exitwork.organisations.rules")
        upward = import_module("exitwork.organisations.upward")
        upward.tie.register()
        upward.navigation_panel.register()
        upward.menu_panel.register()
