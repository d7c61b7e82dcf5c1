# SPDX-License-Identifier: AGPL-3.0-or-later
"""What a durable commit costs here: the floor everything that is recorded stands on."""

from __future__ import annotations

from django.db import connection, transaction

from bench.figure import Figure, median_ms
from exitwork.upkeep.models import Heartbeat


def figures() -> list[Figure]:
    """A read of nothing, and one small row committed."""
    from django.utils.timezone import now

    def read() -> None:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
            cursor.fetchone()

    def write() -> None:
        with transaction.atomic():
            Heartbeat.objects.filter(name="bench").update(at=now())

    Heartbeat.objects.update_or_create(name="bench", defaults={"at": now()})
    floor = median_ms(read, times=500)
    return [
        Figure("one query that reads nothing", floor, "ms"),
        Figure("one row changed and committed", median_ms(write, times=300), "ms", floor=floor),
    ]
