# SPDX-License-Identifier: AGPL-3.0-or-later
"""What the journal costs: the guard on a statement, and a recorded look against an empty commit.

Run it on a database of its own with production durability: ``python -m bench.journal``.
Ratios are to a floor measured in the same run, in turns, so that a busy machine slows both.
"""

from __future__ import annotations

import os
import statistics
import tempfile
import time
from collections.abc import Callable
from datetime import UTC, datetime
from itertools import count
from uuid import uuid4

AT = datetime(2026, 11, 19, 13, 0, tzinfo=UTC)
ROUNDS = 400
TEMPLATE = "bench.journal.look"


def figures(rounds: int = ROUNDS) -> list[tuple[str, float, str]]:
    """Measure on Django's default connection, which has its tables. Name, number and unit of each."""
    from django.db import connection, transaction

    from exitwork import journal
    from exitwork.journal.guard import guard_of, opened
    from exitwork.journal.models import Message, Waiting
    from exitwork.journal.words import CHECKPOINT_COSIGNED, Kind
    from exitwork.kernel.standing import machine

    by = machine("bench")
    numbers = count()
    thing = Message(
        kind=Kind.EMAIL,
        address="a@exit.example",
        template=TEMPLATE,
        subject=uuid4(),
        idempotency_key=str(uuid4()),
        put_at=AT,
    )
    with journal.recorded(CHECKPOINT_COSIGNED, by=by, at=AT):
        thing.save(force_insert=True)

    def empty_commit() -> None:
        """The least a transaction can keep: one word in one row, another each time."""
        with opened(connection), transaction.atomic(), connection.cursor() as cursor:
            word = str(next(numbers))
            cursor.execute("UPDATE journal_message SET language = %s WHERE template = %s", [word, TEMPLATE])

    def look() -> None:
        journal.looked(CHECKPOINT_COSIGNED, by=by, about=[thing], at=AT)

    def select() -> None:
        Waiting.objects.values_list("id").first()

    guard = guard_of(connection)

    def unguarded() -> None:
        connection.execute_wrappers.remove(guard)
        try:
            select()
        finally:
            connection.execute_wrappers.insert(0, guard)

    committed, looked = _in_turns(empty_commit, look, rounds)
    without, guarded = _in_turns(unguarded, select, rounds * 5)
    statement = "SELECT id, at FROM journal_entry WHERE about_id = %s"
    bare = _seconds(lambda: guard(lambda *_: None, statement, None, many=False, context={}), 20_000)
    return [
        (f"{connection.vendor}: empty commit", committed * 1e6, "us"),
        (f"{connection.vendor}: one look", looked * 1e6, "us"),
        (f"{connection.vendor}: a look to an empty commit", looked / committed, "x"),
        (f"{connection.vendor}: a query with the guard to one without", guarded / without, "x"),
        (f"{connection.vendor}: the guard on one statement", bare * 1e6, "us"),
    ]


def _seconds(work: Callable[[], object], times: int) -> float:
    start = time.perf_counter()
    for _ in range(times):
        work()
    return (time.perf_counter() - start) / times


def _in_turns(floor: Callable[[], None], work: Callable[[], None], rounds: int) -> tuple[float, float]:
    """The medians of both, measured one after the other, again and again."""
    times: tuple[list[float], list[float]] = ([], [])
    for _ in range(rounds):
        for kept, done in zip(times, (floor, work), strict=True):
            kept.append(_seconds(done, 1))
    return statistics.median(times[0]), statistics.median(times[1])


def main() -> None:
    """Make a database in a folder of its own, measure, print."""
    with tempfile.TemporaryDirectory(prefix="exitwork-bench-", dir=os.environ.get("EXITWORK_BENCH")) as home:
        os.environ["EXITWORK_HOME"] = home
        os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.settings")
        import django

        django.setup()
        from django.core.management import call_command
        from django.db import connection

        call_command("migrate", verbosity=0)
        with connection.cursor() as cursor:
            is_sqlite = connection.vendor == "sqlite"
            cursor.execute("PRAGMA synchronous" if is_sqlite else "SHOW synchronous_commit")
            print(
                f"durability: {'synchronous' if is_sqlite else 'synchronous_commit'} = {cursor.fetchone()[0]}"
            )
        for name, number, unit in figures():
            print(f"{name:<55} {number:>10.2f} {unit}")
        connection.close()


if __name__ == "__main__":
    main()
