# SPDX-License-Identifier: AGPL-3.0-or-later
"""What a keyholder does, the same in its own process and inside a test's.

* The master key never leaves: only data keys do, counted, and only while unlocked.
* Locking drops the master key and tells every process; nothing here can undo it.
* Rotation is begun, carried out by rewrapping, and ended; in between both masters are on the
  ring and on disk, so a crash at any point loses nothing. It ends no sooner than a grace after
  it began, so that a key wrapped just before is stored and rewrapped.
"""

from __future__ import annotations

import os
import threading
import time
from collections.abc import Callable, Sequence
from typing import NamedTuple

from exitwork.vault.budget import Budget, Limits
from exitwork.vault.epoch import Epoch
from exitwork.vault.master import MasterKey, Ring
from exitwork.vault.problems import Code, KeeperProblem


class NewKey(NamedTuple):
    """A data key just made: in the clear for the asking process, wrapped for the table."""

    key: bytes
    wrapped: bytes
    master: str


class Wrapped(NamedTuple):
    """One wrapped data key and what it is bound to ("kind:subject")."""

    about: str
    wrapped: bytes


class Status(NamedTuple):
    """What may be told about a keyholder to anyone who may ask it."""

    locked: bool
    epoch: int
    master: str
    rotating: bool


class Keeper:
    """Holds the ring, counts, locks. Safe for threads."""

    def __init__(
        self,
        ring: Ring,
        epoch: Epoch,
        *,
        limits: Limits | None = None,
        clock: Callable[[], float] = time.monotonic,
        grace: float = 30.0,
    ) -> None:
        self._ring: Ring | None = ring
        self.epoch = epoch
        self._clock = clock
        self._grace = grace
        self._budget = Budget(limits or Limits(), clock)
        self._guard = threading.Lock()
        # A rotation found half done at the start may be ended only a grace after that start.
        self._rotating_since = clock() if len(ring.keys) > 1 else None
        epoch.open_anew()

    def new(self, abouts: Sequence[str]) -> list[NewKey]:
        """Make one fresh data key for each of ``abouts``.

        :raises KeeperProblem: LOCKED, or BUDGET_SPENT for the ceiling.
        """
        with self._guard:
            ring = self._open_ring()
            self._budget.spend(account="", how="own", subjects=(), keys=len(abouts))
            master = ring.current
            made = []
            for about in abouts:
                key = os.urandom(32)
                made.append(NewKey(key, master.wrap(key, about.encode()), master.id.hex()))
            return made

    def unwrap(self, keys: Sequence[Wrapped], *, account: str, how: str) -> list[bytes]:
        """Unwrap many data keys as one counted request. A search is counted by ``count``.

        :raises KeeperProblem: LOCKED, BUDGET_SPENT, BROKEN or UNKNOWN_MASTER; then none is given.
        """
        with self._guard:
            ring = self._open_ring()
            opened = [ring.unwrap(key.wrapped, key.about.encode()) for key in keys]
            subjects = {key.about.rpartition(":")[2] for key in keys}
            counted = "own" if how == "search" else how
            self._budget.spend(account=account, how=counted, subjects=subjects, keys=len(keys))
            return opened

    def count(self, *, account: str, how: str) -> None:
        """Count something that happens once, such as a search, before its first key.

        :raises KeeperProblem: LOCKED or BUDGET_SPENT.
        """
        with self._guard:
            self._open_ring()
            self._budget.spend(account=account, how=how, subjects=(), keys=0)

    def forget(self) -> None:
        """Make every process forget the keys it remembers, because one was destroyed.

        :raises KeeperProblem: LOCKED.
        """
        with self._guard:
            self._open_ring()
            self.epoch.open_anew()

    def lock(self) -> None:
        """Lock everything. Doing it twice does nothing more."""
        self.epoch.lock()
        with self._guard:
            self.epoch.lock()
            if self._ring is not None:
                self._ring.wipe()
                self._ring = None

    def status(self) -> Status:
        """Whether it is locked, which epoch and master, whether a rotation goes on."""
        with self._guard:
            try:
                ring = self._open_ring()
            except KeeperProblem:
                return Status(locked=True, epoch=0, master="", rotating=False)
            return Status(
                locked=False,
                epoch=self.epoch.view[0],
                master=ring.current.id.hex(),
                rotating=len(ring.keys) > 1,
            )

    def begin_rotation(self) -> str:
        """Put a new master key on the ring, or go on with the one a crash left; return its id.

        :raises KeeperProblem: LOCKED.
        """
        with self._guard:
            ring = self._open_ring()
            if len(ring.keys) == 1:
                ring.replace((MasterKey.new(), *ring.keys))
                self._rotating_since = self._clock()
            return ring.current.id.hex()

    def rewrap(self, keys: Sequence[Wrapped]) -> list[bytes]:
        """Wrap data keys with the current master; none leaves in the clear, so none is counted.

        :raises KeeperProblem: LOCKED, BROKEN or UNKNOWN_MASTER.
        """
        with self._guard:
            ring = self._open_ring()
            return [
                ring.current.wrap(ring.unwrap(key.wrapped, key.about.encode()), key.about.encode())
                for key in keys
            ]

    def finish_rotation(self, master: str) -> None:
        """Drop the master key the rotation left.

        :raises KeeperProblem: LOCKED, NOT_ROTATING, or TOO_EARLY with the seconds to wait.
        """
        with self._guard:
            ring = self._open_ring()
            if self._rotating_since is None or ring.current.id.hex() != master:
                raise KeeperProblem(Code.NOT_ROTATING)
            left = self._rotating_since + self._grace - self._clock()
            if left > 0:
                raise KeeperProblem(Code.TOO_EARLY, seconds=int(left) + 1)
            old = ring.keys[1:]
            ring.replace(ring.keys[:1])
            self._rotating_since = None
            for key in old:
                key.wipe()

    def _open_ring(self) -> Ring:
        # The epoch is asked too: a process that could not reach us may have locked by the file.
        if self._ring is not None and self.epoch.view[0] == 0:
            self._ring.wipe()
            self._ring = None
        if self._ring is None:
            raise KeeperProblem(Code.LOCKED)
        return self._ring
