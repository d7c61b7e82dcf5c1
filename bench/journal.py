# SPDX-License-Identifier: AGPL-3.0-or-later
"""What the journal costs: the guard on a statement, and a recorded look against an empty commit.

Ratios are to a floor measured in the same run, in turns, so that a busy machine slows both.
"""

from __future__ import annotations

from datetime import UTC, datetime
from itertools import count
from uuid import uuid4

from bench.figure import Figure, in_turns

LIMIT = 1.5
AT = datetime(2026, 11, 19, 13, 0, tzinfo=UTC)
ROUNDS = 400
TEMPLATE = "bench.journal.look"


def figures(rounds: int = ROUNDS) -> list[Figure]:
    """A look beside the least a transaction can keep, in turns."""
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

    committed, looked = in_turns(empty_commit, look, times=rounds)
    without, guarded = in_turns(unguarded, select, times=rounds * 5)
    return [
        Figure("an empty commit", committed, "ms"),
        Figure("one look, one commit", looked, "ms", floor=committed, limit=LIMIT),
        Figure("a query with the guard", guarded, "ms", floor=without),
    ]
