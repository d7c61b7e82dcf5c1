# SPDX-License-Identifier: AGPL-3.0-or-later
"""Django's entry for this room."""

from __future__ import annotations

from importlib import import_module

from django.apps import AppConfig


class CasesConfig(AppConfig):
    """The room ``cases``."""

    name = "exitwork.cases"
    label = "cases"

    def ready(self) -> None:
        """Load the rules, and hand upward what this room shows and binds."""
        import_module("exitwork.cases.rules")
        import_module("exitwork.cases.seams")
