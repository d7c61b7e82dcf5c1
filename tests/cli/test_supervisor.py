# SPDX-License-Identifier: AGPL-3.0-or-later
"""Processes are started again when they end, given up on when they keep ending, stopped in order."""

from __future__ import annotations

import subprocess
import sys

import pytest

from exitwork.cli import supervisor as module
from exitwork.cli.supervisor import Child, Supervisor


def python(code: str) -> subprocess.Popen[bytes]:
    return subprocess.Popen([sys.executable, "-c", code])


STAYS = "import time; time.sleep(60)"


@pytest.fixture(autouse=True)
def signals_stay(monkeypatch: pytest.MonkeyPatch) -> None:
    """The test's own handling of signals is not replaced."""
    monkeypatch.setattr(module.signal, "signal", lambda *_: None)


def test_a_process_that_ended_is_started_again() -> None:
    begun: list[int] = []

    def start() -> subprocess.Popen[bytes]:
        begun.append(1)
        if len(begun) == 3:
            supervisor.stopping = True
        return python("raise SystemExit(1)" if len(begun) < 3 else STAYS)

    supervisor = Supervisor([Child("worker", start)])

    assert supervisor.run() == 0
    assert len(begun) == 3


def test_one_that_can_not_be_restarted_ends_everything(capsys: pytest.CaptureFixture[str]) -> None:
    web = Child("web", lambda: python(STAYS))
    keyholder = Child("keyholder", lambda: python("pass"), restarts=False)

    assert Supervisor([keyholder, web]).run() == 1

    assert "keyholder" in capsys.readouterr().err
    assert web.process is not None
    assert web.process.poll() is not None


def test_one_that_keeps_ending_is_given_up_on(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(module, "TRIES", 2)

    assert Supervisor([Child("web", lambda: python("raise SystemExit(3)"))]).run() == 1

    assert "ended 2 times in a row" in capsys.readouterr().err


def test_what_does_not_stop_is_killed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "PATIENCE", 0.3)
    deaf = Child("worker", lambda: python(f"import signal; signal.signal(15, signal.SIG_IGN); {STAYS}"))
    supervisor = Supervisor([deaf])

    def stop_soon() -> None:
        supervisor.stopping = True

    assert supervisor.run(when_up=stop_soon) == 0
    assert deaf.process is not None
    assert deaf.process.returncode is not None
