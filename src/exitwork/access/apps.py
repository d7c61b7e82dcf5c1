# SPDX-License-Identifier: AGPL-3.0-or-later
"""Django's entry for this room."""

from __future__ import annotations

from importlib import import_module

from django.apps import AppConfig


class AccessConfig(AppConfig):
    """The room ``access``."""

    name = "exitwork.access"
    label = "access"

    def ready(self) -> None:
        """Load the rules, so that ``visible_to`` finds them."""
        import_module("exitwork.access.rules")
