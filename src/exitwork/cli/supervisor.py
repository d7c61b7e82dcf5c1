# SPDX-License-Identifier: AGPL-3.0-or-later
"""Keeps the program's processes running and stops them in order.

* A process that ends by itself is started again, later each time; one that keeps ending stops
  the whole with a sentence.
* Stopping goes in the reverse order of starting, so that nothing is asked of a process that is gone.
* On Linux a child ends with its supervisor, however that ended.
"""

from __future__ import annotations

import ctypes
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass, field

import structlog

PATIENCE = 15.0  # seconds a process may take to stop
STEADY = 60.0  # seconds after which a process counts as running well
TRIES = 6
_PR_SET_PDEATHSIG = 1


@dataclass(slots=True)
class Child:
    """One process of the program. One that ``waits`` begins when the others are up."""

    name: str
    start: Callable[[], subprocess.Popen[bytes]]
    restarts: bool = True
    waits: bool = False
    process: subprocess.Popen[bytes] | None = None
    started: float = 0.0
    failures: int = field(default=0)
    due: float = 0.0

    def begin(self) -> None:
        """Start it now."""
        self.process = self.start()
        self.started = time.monotonic()


class Supervisor:
    """Runs children until told to stop; tells why when it gives up."""

    def __init__(self, children: list[Child]) -> None:
        self.children = children
        self.stopping = False
        self.given_up = ""
        self.log = structlog.get_logger("exitwork.supervisor")

    def run(self, when_up: Callable[[], None] = lambda: None) -> int:
        """Start everything, keep it running, stop it on SIGTERM or SIGINT; the exit code."""
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, self._told_to_stop)
        try:
            for child in self.children:
                if not self.stopping and not child.waits:
                    child.begin()
            when_up()
            while not self.stopping and not self.given_up:
                self._look_after()
                time.sleep(0.2)
        finally:
            self._stop_all()
        if self.given_up:
            print(f"exitwork: {self.given_up}", file=sys.stderr)
        return 1 if self.given_up else 0

    def _told_to_stop(self, _: int, __: object) -> None:
        self.stopping = True

    def _look_after(self) -> None:
        for child in self.children:
            if child.process is None:
                if time.monotonic() >= child.due:
                    child.begin()
            elif child.process.poll() is not None:
                self._has_ended(child)

    def _has_ended(self, child: Child) -> None:
        process = child.process
        code = None if process is None else process.returncode
        child.process = None
        if time.monotonic() - child.started > STEADY:
            child.failures = 0
        child.failures += 1
        self.log.error("supervisor.process.ended", process=child.name, code=code, count=child.failures)
        if not child.restarts:
            self.given_up = f"The process {child.name} ended and can only be started anew with everything."
        elif child.failures >= TRIES:
            self.given_up = f"The process {child.name} ended {TRIES} times in a row. See the log above."
        child.due = time.monotonic() + 0.2 * 2**child.failures

    def _stop_all(self) -> None:
        for child in reversed(self.children):
            process = child.process
            if process is None or process.poll() is not None:
                continue
            process.terminate()
            try:
                process.wait(PATIENCE)
            except subprocess.TimeoutExpired:
                self.log.error("supervisor.process.killed", process=child.name)
                process.kill()
                process.wait()


def spawn(*arguments: str, environment: dict[str, str] | None = None) -> subprocess.Popen[bytes]:
    """Start this Python with the arguments, in a group that a terminal's Ctrl-C does not reach."""
    return subprocess.Popen(  # noqa: S603  our own Python and our own modules
        [sys.executable, *arguments],
        stdin=subprocess.DEVNULL,
        start_new_session=True,
        env={**os.environ, **(environment or {})},
    )


def end_with_parent() -> None:
    """Ask Linux to end this process when the one that started it ends; each child begins with it."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGTERM)
