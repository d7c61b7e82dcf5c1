# SPDX-License-Identifier: AGPL-3.0-or-later
"""Django's entry for this room."""

from __future__ import annotations

from importlib import import_module

from django.apps import AppConfig


class AccountsConfig(AppConfig):
    """The room ``accounts``."""

    name = "exitwork.accounts"
    label = "accounts"

    def ready(self) -> None:
        """Declare what may be sent; hand the account page and the great lock to the menu."""
        import_module("exitwork.accounts.letters")
        import_module("exitwork.accounts.seams")
