# SPDX-License-Identifier: AGPL-3.0-or-later
"""Django's entry for this room."""

from __future__ import annotations

from django.apps import AppConfig
from django.db import connections
from django.db.backends.signals import connection_created

from exitwork.journal.guard import guard_of, put_in_place


class JournalConfig(AppConfig):
    """The room ``journal``."""

    name = "exitwork.journal"
    label = "journal"

    def ready(self) -> None:
        """Guard every connection, those of other threads and those still to come included.

        The one signal of the program: Django offers no other door to a new connection.
        """
        connection_created.connect(put_in_place, dispatch_uid="exitwork.journal.guard")
        for connection in connections.all(initialized_only=True):
            guard_of(connection)
