# SPDX-License-Identifier: AGPL-3.0-or-later
"""Django's entry for this room."""

from __future__ import annotations

from importlib import import_module

from django.apps import AppConfig


class ContactsConfig(AppConfig):
    """The room ``contacts``."""

    name = "exitwork.contacts"
    label = "contacts"

    def ready(self) -> None:
        """Load the rules, and hand the strand upward."""
        import_module("exitwork.contacts.rules")
        import_module("exitwork.contacts.seams")
