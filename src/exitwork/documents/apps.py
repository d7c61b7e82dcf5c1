# SPDX-License-Identifier: AGPL-3.0-or-later
"""Django's entry for this room."""

from __future__ import annotations

from importlib import import_module

from django.apps import AppConfig


class DocumentsConfig(AppConfig):
    """The room ``documents``."""

    name = "exitwork.documents"
    label = "documents"

    def ready(self) -> None:
        """Load the rules, and hand tab, strand and holding upward."""
        import_module("exitwork.documents.rules")
        import_module("exitwork.documents.seams")
