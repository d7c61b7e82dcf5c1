# SPDX-License-Identifier: AGPL-3.0-or-later
"""The keyholder as the program sees it: which one, who is counted, and locking everything.

* There is one holder a process: the socket to the keyholder's own process, or, where the
  settings say ``VAULT_HOLDER = "in-process"`` (tests), a keeper inside this one.
* Keys are remembered for at most a minute, so many of them, and forgotten the moment the shared
  epoch changes. Looking costs a few hundred nanoseconds, so every single use looks.
* A key remembered for one's own work is not there for work that counts.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from contextvars import ContextVar
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal, NamedTuple, Protocol
from uuid import UUID

from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.conf import settings

from exitwork.settings.options import home
from exitwork.vault.client import RemoteKeeper
from exitwork.vault.epoch import Epoch
from exitwork.vault.errors import (
    BudgetSpent,
    KeyDestroyed,
    SealBroken,
    VaultLocked,
    as_told_to_people,
)
from exitwork.vault.keeper import Keeper, NewKey, Status, Wrapped
from exitwork.vault.master import MasterKey, Ring, from_key_file
from exitwork.vault.problems import KeeperProblem

__all__ = [
    "BudgetSpent",
    "KeyDestroyed",
    "SealBroken",
    "VaultLocked",
    "counting",
    "is_locked",
    "lock_everything",
]

How = Literal["own", "outside", "search", "export"]
REMEMBERED_FOR = 60.0
REMEMBERED_AT_MOST = 50_000


class Holder(Protocol):
    """What both holders can do; see ``keeper.Keeper`` for what each call means."""

    @property
    def epoch(self) -> Epoch:
        """The shared number that says whether remembered keys still hold."""

    def new(self, abouts: Sequence[str]) -> list[NewKey]:
        """Make data keys."""

    def unwrap(self, keys: Sequence[Wrapped], *, account: str, how: str) -> list[bytes]:
        """Unwrap data keys, counted."""

    def count(self, *, account: str, how: str) -> None:
        """Count something that happens once."""

    def forget(self) -> None:
        """Make every process forget its keys."""

    def lock(self) -> None:
        """Lock everything."""

    def status(self) -> Status:
        """What may be told."""

    def begin_rotation(self) -> str:
        """Begin, or go on with, a rotation."""

    def rewrap(self, keys: Sequence[Wrapped]) -> list[bytes]:
        """Wrap with the current master."""

    def finish_rotation(self, master: str) -> None:
        """Drop the master key left behind."""


class _KindAndSubject(NamedTuple):
    kind: str
    subject: UUID


class KeyRef(_KindAndSubject):
    """Which data key: its kind and the uuid of what it belongs to."""

    __slots__ = ()

    def __new__(cls, kind: str, subject: UUID) -> KeyRef:
        """Take a kind as the plain text it stands for, so that equal references are equal."""
        return super().__new__(cls, str(kind), subject)

    @property
    def about(self) -> str:
        """What the wrapped key is bound to."""
        return f"{self.kind}:{self.subject}"


@dataclass(slots=True)
class Count:
    """On whose behalf keys are opened, and whether that is counted."""

    account: str
    how: How
    announced: bool = False

    @property
    def tag(self) -> str:
        """Keys remembered under one tag are not there for another; "" counts nothing."""
        return f"{self.how}:{self.account}" if self.how in ("outside", "export") else ""


_counting: ContextVar[Count | None] = ContextVar("counting", default=None)


class Remembered:
    """The data keys this process has lately used, by tag and reference."""

    def __init__(self, epoch: Epoch) -> None:
        self._epoch = epoch
        self._number = 0
        self._keys: dict[tuple[str, KeyRef], tuple[AESGCM, float]] = {}
        self._guard = threading.Lock()

    def get(self, tag: str, ref: KeyRef) -> AESGCM | None:
        """The key, if it is remembered and nothing was locked or forgotten since.

        :raises VaultLocked: when everything is locked.
        """
        self.look()
        found = self._keys.get((tag, ref))
        if found is None or found[1] < time.monotonic():
            return None
        return found[0]

    def look(self) -> int:
        """Forget everything if the epoch changed; return it.

        :raises VaultLocked: when everything is locked.
        """
        number = self._epoch.view[0]
        if number != self._number or number == 0:
            with self._guard:
                self._keys.clear()
                self._number = number
            if number == 0:
                raise VaultLocked
        return number

    def put(self, tag: str, ref: KeyRef, key: AESGCM, *, seen_at: int) -> None:
        """Remember a key that was fetched in the epoch ``seen_at``; in a later one it is not kept."""
        with self._guard:
            if self._epoch.view[0] != seen_at or self._number != seen_at:
                return
            self._keys.pop((tag, ref), None)
            while len(self._keys) >= REMEMBERED_AT_MOST:
                del self._keys[next(iter(self._keys))]
            self._keys[(tag, ref)] = (key, time.monotonic() + REMEMBERED_FOR)

    def drop(self, ref: KeyRef) -> None:
        """Forget one key, under every tag."""
        with self._guard:
            for held in [held for held in self._keys if held[1] == ref]:
                del self._keys[held]


@dataclass(slots=True)
class Here:
    """The holder of this process and what it remembers."""

    holder: Holder
    remembered: Remembered = field(init=False)

    def __post_init__(self) -> None:
        self.remembered = Remembered(self.holder.epoch)


_here: Here | None = None
_making = threading.Lock()


def here() -> Here:
    """The holder this process uses.

    :raises VaultLocked: when no keyholder was ever started.
    """
    global _here  # noqa: PLW0603 -- one holder a process
    if _here is None:
        with _making:
            if _here is None:
                _here = Here(_by_settings())
    return _here


def _by_settings() -> Holder:
    if getattr(settings, "VAULT_HOLDER", "socket") == "in-process":
        key_file = getattr(settings, "VAULT_KEY_FILE", None)
        ring = from_key_file(Path(key_file)) if key_file else Ring((MasterKey.new(),))
        return Keeper(ring, Epoch(), grace=0)
    return RemoteKeeper(socket_path())


def socket_path() -> Path:
    """Where the keyholder of this installation listens."""
    return Path(getattr(settings, "VAULT_SOCKET", None) or home() / "keyholder.sock")


@contextmanager
def using(holder: Holder) -> Iterator[Here]:
    """Use another holder in this process for a while: for tests and for tools."""
    global _here  # noqa: PLW0603 -- one holder a process
    before, _here = _here, Here(holder)
    try:
        yield _here
    finally:
        _here = before


@contextmanager
def counting(*, account: UUID | None, how: How) -> Iterator[None]:
    """Count what is opened inside on behalf of an account.

    ``own``: nothing but the ceiling. ``outside``, ``export``: each different subject once.
    ``search``: the search once, when it opens its first key.
    """
    token = _counting.set(Count(str(account) if account else "", how))
    try:
        yield
    finally:
        _counting.reset(token)


def counted_now() -> Count:
    """On whose behalf keys are opened at this moment; a search is announced to the holder here.

    :raises VaultLocked: when everything is locked.
    :raises BudgetSpent: when the account has searched too often.
    """
    count = _counting.get()
    if count is None:
        return _NOBODY
    if count.how == "search" and not count.announced:
        with told_to_people():
            here().holder.count(account=count.account, how="search")
        count.announced = True
    return count


_NOBODY = Count("", "own")


@contextmanager
def told_to_people() -> Iterator[None]:
    """Turn a keyholder's no into what the program above it understands."""
    try:
        yield
    except KeeperProblem as problem:
        raise as_told_to_people(problem) from None


def lock_everything() -> None:
    """Lock everything, in every process, at once (S19). Only a new start undoes it.

    Works on the shared epoch first, so that a keyholder that hangs or is gone can't prevent it.
    """
    with suppress(VaultLocked):  # nobody answers: then nobody opens anything either
        here().holder.lock()


def is_locked() -> bool:
    """Whether nothing sealed can be opened now."""
    try:
        here().remembered.look()
    except VaultLocked:
        return True
    return False
