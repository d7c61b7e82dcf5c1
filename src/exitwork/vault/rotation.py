# SPDX-License-Identifier: AGPL-3.0-or-later
"""Replacing the master key: every data key is wrapped anew, nothing else is touched.

* It goes on where a crash left it: rows say under which master key they stand, and the keyholder
  keeps both until the last row stands under the new one.
* The old master key is dropped only when, with the table locked, no row stands under it, and no
  sooner than the keyholder's grace after the beginning.
* Pages go on working meanwhile; no key leaves the keyholder in the clear.
"""

from __future__ import annotations

import time
from collections.abc import Callable

from django.db import connection, transaction

from exitwork.vault.holder import here, told_to_people
from exitwork.vault.keeper import Wrapped
from exitwork.vault.models import DataKey
from exitwork.vault.problems import Code, KeeperProblem

A_CHUNK = 500


def rotate(
    *,
    progress: Callable[[int, int], None] = lambda _done, _all: None,
    chunk: int = A_CHUNK,
    wait: Callable[[float], None] = time.sleep,
) -> int:
    """Replace the master key; return how many data keys were wrapped anew.

    ``progress(done, all)`` is called after each chunk. Interrupted, it is simply called again.

    :raises VaultLocked: when everything is locked or the keyholder does not answer.
    :raises SealBroken: when a wrapped key was changed; nothing is lost, both master keys stay.
    """
    with told_to_people():
        master = here().holder.begin_rotation()
    done = 0
    left = _left_behind(master)
    while True:
        while moved := _move(master, chunk):
            done += moved
            progress(done, max(left, done))
        seconds = _finish(master)
        if seconds is None:
            return done
        wait(seconds)


def _left_behind(master: str) -> int:
    return DataKey.objects.filter(wrapped__isnull=False).exclude(master=master).count()


def _move(master: str, chunk: int) -> int:
    with transaction.atomic(), told_to_people():
        wanted = DataKey.objects.filter(wrapped__isnull=False).exclude(master=master).order_by("id")
        if connection.features.has_select_for_update:
            wanted = wanted.select_for_update()
        rows = list(wanted[:chunk])
        old = [Wrapped(f"{row.kind}:{row.subject}", bytes(row.wrapped or b"")) for row in rows]
        for row, wrapped in zip(rows, here().holder.rewrap(old) if old else [], strict=True):
            row.wrapped, row.master = wrapped, master
        DataKey.objects.bulk_update(rows, ["wrapped", "master"])
    return len(rows)


def _finish(master: str) -> float | None:
    """End it if nothing is left behind; else, or when it is too early, the seconds to wait."""
    with transaction.atomic(), told_to_people():
        if connection.vendor == "postgresql":
            # SQLite's transactions hold the write lock already.
            with connection.cursor() as cursor:
                cursor.execute("LOCK TABLE vault_datakey IN SHARE ROW EXCLUSIVE MODE")
        if _left_behind(master):
            return 0.0
        try:
            here().holder.finish_rotation(master)
        except KeeperProblem as problem:
            if problem.code is not Code.TOO_EARLY:
                raise
            return float(problem.about["seconds"])
    return None
