# SPDX-License-Identifier: AGPL-3.0-or-later
"""Django's entry for this room."""

from __future__ import annotations

from importlib import import_module

from django.apps import AppConfig


class AgendaConfig(AppConfig):
    """The room ``agenda``."""

    name = "exitwork.agenda"
    label = "agenda"

    def ready(self) -> None:
        """Load the rules, and hand upward what this room shows and binds."""
        import_module("exitwork.agenda.rules")
        import_module("exitwork.agenda.seams")
