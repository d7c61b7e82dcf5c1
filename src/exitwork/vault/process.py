# SPDX-License-Identifier: AGPL-3.0-or-later
"""Starting and stopping the keyholder's process, for ``serve`` and for tests.

* The passphrase goes through a pipe; arguments and environment carry no secret.
* ``start`` returns when the keyholder answers, or raises with the sentence that says why not.
* The keyholder ends when the process that started it ends, however it ends.
"""

from __future__ import annotations

import contextlib
import json
import os
import select
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from exitwork.vault.problems import UnableToUnlock

_SOURCE = str(Path(__file__).resolve().parents[2])
_PASSED_ON = ("PATH", "PYTHONPATH", "LANG", "LC_ALL", "PYTHONUTF8", "SYSTEMROOT")


@dataclass(slots=True)
class Running:
    """A keyholder that was started here."""

    process: subprocess.Popen[bytes]
    socket: Path
    memory_locked: bool

    def alive(self) -> bool:
        """Whether it still runs (locked or not)."""
        return self.process.poll() is None

    def stop(self, *, seconds: float = 10.0) -> None:
        """Let it lock and leave; end it when it does not within ``seconds``."""
        if self.process.stdin is not None:
            with contextlib.suppress(OSError):
                self.process.stdin.close()
        try:
            self.process.wait(seconds)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()
        if self.process.stdout is not None:
            self.process.stdout.close()


def start(
    *,
    keys: Path,
    socket: Path,
    data_folder: Path | None = None,
    passphrase: str | None = None,
    limits: Mapping[str, str] | None = None,
    grace: float = 30.0,
    allowed_uids: tuple[int, ...] = (),
    after_crash: bool = False,
    seconds: float = 60.0,
) -> Running:
    """Start the keyholder and wait until it answers.

    ``keys`` is a key file or a sealed file; the latter needs the passphrase.
    ``after_crash``: nobody asked for this start, so it must not undo a lock.
    ``limits`` as in ``budget.Limits``, e.g. ``{"outside": "60/500"}``.

    :raises UnableToUnlock: when the key can't be used when a keyholder runs already, or
        when everything was locked and nobody asked for this start.
    :raises TimeoutError: when it says nothing for ``seconds``.
    """
    # -P: nothing from the folder one happens to stand in is ever loaded.
    command = [sys.executable, "-P", "-m", "exitwork.vault.keyholder"]
    command += ["--keys", str(keys), "--socket", str(socket), "--grace", str(grace)]
    if data_folder is not None:
        command += ["--data-folder", str(data_folder)]
    for name, numbers in (limits or {}).items():
        command += ["--limit", f"{name}={numbers}"]
    if after_crash:
        command += ["--unless-locked"]
    for uid in allowed_uids:
        command += ["--allow-uid", str(uid)]
    environment = {name: os.environ[name] for name in _PASSED_ON if name in os.environ}
    environment["PYTHONPATH"] = os.pathsep.join(filter(None, [_SOURCE, environment.get("PYTHONPATH")]))
    process = subprocess.Popen(  # noqa: S603 -- our own interpreter and module
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, env=environment, start_new_session=True
    )
    running = Running(process, socket, memory_locked=False)
    try:
        _hand_over(process, passphrase)
        running.memory_locked = _first_words(process, seconds)
    except BaseException:
        running.stop(seconds=1.0)
        raise
    return running


def _hand_over(process: subprocess.Popen[bytes], passphrase: str | None) -> None:
    if process.stdin is None:
        raise RuntimeError("the keyholder was started without a pipe")
    with contextlib.suppress(BrokenPipeError):  # it left already; its last words say why
        process.stdin.write((passphrase or "").encode() + b"\n")
        process.stdin.flush()


def _first_words(process: subprocess.Popen[bytes], seconds: float) -> bool:
    if process.stdout is None:
        raise RuntimeError("the keyholder was started without a pipe")
    ready, _, _ = select.select([process.stdout], [], [], seconds)
    if not ready:
        raise TimeoutError("the keyholder did not answer")
    line = process.stdout.readline()
    if not line:
        raise RuntimeError(f"the keyholder ended at once with {process.wait()}")
    said = json.loads(line)
    if "unable" in said:
        raise UnableToUnlock(said["unable"], **said["details"])
    return bool(said["memory_locked"])
