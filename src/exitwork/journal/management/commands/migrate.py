# SPDX-License-Identifier: AGPL-3.0-or-later
"""Django's ``migrate``, with the guard told that the schema may change."""

from __future__ import annotations

from typing import Any

from django.core.management.commands import migrate
from django.db import connections

from exitwork.journal.guard import migrating


class Command(migrate.Command):
    """The only command under which the schema changes."""

    def handle(self, *args: Any, **options: Any) -> None:
        """Migrate as Django does."""
        with migrating(connections[options["database"]]):
            super().handle(*args, **options)
