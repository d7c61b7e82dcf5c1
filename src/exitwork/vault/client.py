# SPDX-License-Identifier: AGPL-3.0-or-later
"""The program's end of the keyholder's socket.

* One connection a thread, made when needed, made again after a fork or when the keyholder was
  started anew; a call is tried on at most two connections.
* No answer is no key: whatever goes wrong on the way raises VaultLocked with a plain sentence.
* The other end must run under an expected account of the machine before anything is asked.
"""

from __future__ import annotations

import base64
import os
import socket
import threading
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from exitwork.vault import words
from exitwork.vault.epoch import Epoch, epoch_path
from exitwork.vault.errors import VaultLocked
from exitwork.vault.keeper import NewKey, Status, Wrapped
from exitwork.vault.problems import Code, KeeperProblem
from exitwork.vault.wire import peer_uid, read_message, write_message

_SECONDS = 10.0


class _Connection(socket.socket):
    """A connection of one thread of one process; closed when its thread ends."""

    __slots__ = ("pid",)

    def __init__(self) -> None:
        super().__init__(socket.AF_UNIX, socket.SOCK_STREAM)
        self.pid = os.getpid()
        self.settimeout(_SECONDS)

    def __del__(self) -> None:
        self.close()


class RemoteKeeper:
    """A keeper in another process; every method as in ``keeper.Keeper``."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._uids = frozenset({os.getuid(), 0})
        self._mine = threading.local()
        self._mapped: Epoch | None = None
        self._making = threading.Lock()

    @property
    def epoch(self) -> Epoch:
        """The shared epoch.

        :raises VaultLocked: when no keyholder was ever started here.
        """
        if self._mapped is None:
            with self._making:
                try:
                    self._mapped = self._mapped or Epoch(epoch_path(self._path))
                except OSError:
                    raise VaultLocked(words.UNREACHABLE) from None
        return self._mapped

    def new(self, abouts: Sequence[str]) -> list[NewKey]:
        """Make data keys."""
        made = self._ask(op="new", abouts=list(abouts))
        return [NewKey(_bytes(key), _bytes(wrapped), master) for key, wrapped, master in made]

    def unwrap(self, keys: Sequence[Wrapped], *, account: str, how: str) -> list[bytes]:
        """Unwrap data keys, counted."""
        opened = self._ask(op="unwrap", keys=_written(keys), account=account, how=how)
        return [_bytes(key) for key in opened]

    def count(self, *, account: str, how: str) -> None:
        """Count something that happens once."""
        self._ask(op="count", account=account, how=how)

    def forget(self) -> None:
        """Make every process forget its keys."""
        self._ask(op="forget")

    def lock(self) -> None:
        """Lock everything; the shared epoch first, so that it holds even if nobody answers."""
        self.epoch.lock()
        self._ask(op="lock")

    def status(self) -> Status:
        """What may be told."""
        return Status(**self._ask(op="status"))

    def begin_rotation(self) -> str:
        """Begin, or go on with, a rotation."""
        return str(self._ask(op="begin-rotation"))

    def rewrap(self, keys: Sequence[Wrapped]) -> list[bytes]:
        """Wrap with the current master."""
        return [_bytes(wrapped) for wrapped in self._ask(op="rewrap", keys=_written(keys))]

    def finish_rotation(self, master: str) -> None:
        """Drop the master key left behind."""
        self._ask(op="finish-rotation", master=master)

    def _ask(self, **question: Any) -> Any:
        answer = self._answer(question)
        if "problem" in answer:
            raise KeeperProblem(Code(answer["problem"]), **answer["about"])
        return answer["answer"]

    def _answer(self, question: dict[str, Any]) -> dict[str, Any]:
        for last in (False, True):
            connection = self._connection(fresh=last)
            try:
                write_message(connection, question)
                answer = read_message(connection)
                if answer is not None:
                    return answer
            except (OSError, ValueError):
                pass  # the keyholder went away: the next connection tells whether it came back
            self._mine.held = None
        raise VaultLocked(words.UNREACHABLE)

    def _connection(self, *, fresh: bool) -> _Connection:
        held: _Connection | None = getattr(self._mine, "held", None)
        if held is not None and held.pid == os.getpid() and not fresh:
            return held
        made = _Connection()
        try:
            made.connect(str(self._path))
            if peer_uid(made) not in self._uids:
                raise OSError("the keyholder runs under another account")
            self.epoch.look_again()
        except (OSError, VaultLocked):
            made.close()
            raise VaultLocked(words.UNREACHABLE) from None
        self._mine.held = made
        return made


def _written(keys: Sequence[Wrapped]) -> list[tuple[str, str]]:
    return [(key.about, base64.b64encode(key.wrapped).decode()) for key in keys]


def _bytes(text: str) -> bytes:
    return base64.b64decode(text)
