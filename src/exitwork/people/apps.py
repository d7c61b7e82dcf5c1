# SPDX-License-Identifier: AGPL-3.0-or-later
"""Django's entry for this room."""

from __future__ import annotations

from importlib import import_module

from django.apps import AppConfig


class PeopleConfig(AppConfig):
    """The room ``people``."""

    name = "exitwork.people"
    label = "people"

    def ready(self) -> None:
        """Load the rules, so that ``visible_to`` finds them, and hand upward what others show."""
        import_module("exitwork.people.rules")
        seams = import_module("exitwork.people.seams")
        for panel in seams.panels:
            panel.register()
        seams.holding.register()
