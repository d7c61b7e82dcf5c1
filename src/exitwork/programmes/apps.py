# SPDX-License-Identifier: AGPL-3.0-or-later
"""Django's entry for this room."""

from __future__ import annotations

from importlib import import_module

from django.apps import AppConfig


class ProgrammesConfig(AppConfig):
    """The room ``programmes``."""

    name = "exitwork.programmes"
    label = "programmes"

    def ready(self) -> None:
        """Load the rules and what this room hands seams."""
        import_module("exitwork.programmes.rules")
        seams = import_module("exitwork.programmes.seams")
        seams.my_day_panel.register()
        seams.index_panel.register()
