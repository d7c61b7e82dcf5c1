# SPDX-License-Identifier: AGPL-3.0-or-later
"""Gives waiting entries their place in the tree: one at a time, the same code on both databases.

* One holder of a lock places; who finds it held goes on without waiting (``nudge``) or waits
  (``place_all``, which the worker runs every second).
* Placing is one transaction: entries leave ``Waiting``, leaves and nodes appear, or nothing
  happens. A process killed in the middle leaves them waiting for the next one.
* Guarantee: every entry committed more than a second ago has its place, while a worker runs.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime

from django.db import OperationalError, connections, transaction
from django.db.backends.base.base import BaseDatabaseWrapper

from exitwork.journal import checkpoints, placed, tree
from exitwork.journal.guard import opened
from exitwork.journal.models import Entry, Leaf, Node, Waiting

BATCH = 500
NOT_MORE_OFTEN_THAN = 1.0  # seconds, in one process: a look then costs one commit, not two
_SQLITE_WAITS = 20_000  # milliseconds, when the settings do not say

_pace = threading.Lock()
_last_nudge = float("-inf")


def place_all(*, at: datetime, using: str = "default") -> int:
    """Place all waiting entries and make a checkpoint if one is due. Returns how many were placed."""
    count = 0
    while Waiting.objects.using(using).exists():  # looked at first: an idle worker takes no lock
        with _held(using, wait=True):
            count += _place(using)
    checkpoints.make_if_due(at=at, using=using)
    return count


def nudge(*, using: str = "default") -> int:
    """Place what waits if nobody else does and the last time is a second ago; never wait."""
    global _last_nudge  # noqa: PLW0603 - the pace of this process
    with _pace:
        now = time.monotonic()
        if now - _last_nudge < NOT_MORE_OFTEN_THAN:
            return 0
        _last_nudge = now
    with _held(using, wait=False) as is_held:
        return _place(using) if is_held else 0


@contextmanager
def _held(using: str, *, wait: bool) -> Iterator[bool]:
    """Hold the sequencer's lock and a transaction; yields whether it was to be had."""
    connection = connections[using]
    with opened(connection):
        if connection.vendor == "postgresql":
            with transaction.atomic(using=using, durable=True):
                yield _lock_postgresql(connection, wait=wait)
            return
        if wait:
            with transaction.atomic(using=using, durable=True):
                yield True
            return
        block = transaction.atomic(using=using, durable=True)
        if not _enters_at_once(connection, block):
            yield False
            return
        with _left(block):
            yield True


@contextmanager
def _left(block: transaction.Atomic) -> Iterator[None]:
    """Leave an entered block as ``with`` would."""
    try:
        yield
    except BaseException as problem:
        block.__exit__(type(problem), problem, problem.__traceback__)
        raise
    block.__exit__(None, None, None)


def _lock_postgresql(connection: BaseDatabaseWrapper, *, wait: bool) -> bool:
    with connection.cursor() as cursor:
        if wait:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [placed.LOCK])
            return True
        cursor.execute("SELECT pg_try_advisory_xact_lock(%s)", [placed.LOCK])
        return bool(cursor.fetchone()[0])


def _enters_at_once(connection: BaseDatabaseWrapper, block: transaction.Atomic) -> bool:
    """Begin on SQLite, where the transaction is the lock, without waiting for another writer."""
    waits = int(connection.settings_dict["OPTIONS"].get("timeout", _SQLITE_WAITS / 1000) * 1000)
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA busy_timeout = 0")
    try:
        block.__enter__()
    except OperationalError:
        return False  # another process writes; it, or the worker, will place
    finally:
        with connection.cursor() as cursor:
            cursor.execute(f"PRAGMA busy_timeout = {waits:d}")
    return True


def _place(using: str) -> int:
    """Place up to one batch, in the order in which the entries began to wait."""
    waiting = list(Waiting.objects.using(using).order_by("id").values_list("id", "entry_id")[:BATCH])
    if not waiting:
        return 0
    hashes = dict(
        Entry.objects.using(using).filter(pk__in=[key for _, key in waiting]).values_list("pk", "leaf_hash")
    )
    size = placed.size(using=using)
    made: dict[tuple[int, int], bytes] = {}

    def node(level: int, index: int) -> bytes:
        known = made.get((level, index))
        return placed.node(level, index, using=using) if known is None else known

    leaves: list[Leaf] = []
    for index, (_, entry_id) in enumerate(waiting, start=size):
        leaves.append(Leaf(index=index, entry_id=entry_id))
        for level, place, hash_ in tree.completed_by(index, bytes(hashes[entry_id]), node):
            made[level, place] = hash_
    Leaf.objects.using(using).bulk_create(leaves, batch_size=200)
    Node.objects.using(using).bulk_create(
        [Node(level=level, index=index, hash=hash_) for (level, index), hash_ in made.items()], batch_size=200
    )
    Waiting.objects.using(using).filter(pk__lte=waiting[-1][0], pk__in=[key for key, _ in waiting]).delete()
    return len(waiting)
