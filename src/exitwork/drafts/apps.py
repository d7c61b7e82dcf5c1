# SPDX-License-Identifier: AGPL-3.0-or-later
"""Django's entry for this room."""

from __future__ import annotations

from importlib import import_module

from django.apps import AppConfig


class DraftsConfig(AppConfig):
    """The room ``drafts``."""

    name = "exitwork.drafts"
    label = "drafts"

    def ready(self) -> None:
        """Load the rules; a paused account's drafts end with it."""
        import_module("exitwork.drafts.rules")
        import_module("exitwork.drafts.seams")
