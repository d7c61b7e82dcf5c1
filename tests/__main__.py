# SPDX-License-Identifier: AGPL-3.0-or-later
"""``run.py test``: lint, types, boundaries, then the tests on both databases.

* A step that fails does not hide the next: all are run, the summary says which failed.
* ``--all`` adds the long proofs within their time; ``--prove`` runs those alone, at full counts.
* Whatever else is typed goes to pytest, and then only the tests are run.
"""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from tests.browsers import chromium

ROOT = Path(__file__).resolve().parents[1]
PYTEST = (sys.executable, "-m", "pytest", "-q")
ON_TWO_CORES = ("-n", "2", "--dist", "worksteal")


@dataclass(frozen=True)
class Step:
    """One thing to run. ``minutes`` is when it is stopped as hanging."""

    name: str
    command: tuple[str, ...]
    environment: dict[str, str] = field(default_factory=dict)
    minutes: float = 20

    def passes(self) -> bool:
        """Run it, showing what it says, and tell whether it passed."""
        print(f"\n== {self.name}", flush=True)
        environment = {**os.environ, **self.environment}
        try:
            done = subprocess.run(
                self.command, cwd=ROOT, env=environment, timeout=self.minutes * 60, check=False
            )
        except subprocess.TimeoutExpired:
            print(f"{self.name} did not end within {self.minutes:g} minutes and was stopped.")
            return False
        # pytest says 5 when nothing was collected: no long proof or no browser test yet.
        return done.returncode == 0 or (done.returncode == 5 and self.command[1:3] == ("-m", "pytest"))


def module(*words: str) -> tuple[str, ...]:
    """A command of the environment's Python."""
    return (sys.executable, "-m", *words)


LINT = [
    Step("ruff check", module("ruff", "check", ".")),
    Step("ruff format", module("ruff", "format", "--check", ".")),
    Step("mypy --strict", module("mypy", "--strict", "src")),
    Step(
        "boundaries between the rooms",
        (sys.executable, "-c", "from importlinter.cli import lint_imports_command as run; run()"),
    ),
]


def on(database: str) -> dict[str, str]:
    """The environment that chooses the database."""
    return {"EXITWORK_TEST_DATABASE": database}


def short(*more: str) -> list[Step]:
    """The tests of every day, with what was typed for pytest."""
    return [
        Step("tests on SQLite", (*PYTEST, *ON_TWO_CORES, *more), on("sqlite")),
        Step(
            "tests on PostgreSQL",
            (*PYTEST, *ON_TWO_CORES, "-m", "both_databases and not long", *more),
            on("postgresql"),
        ),
    ]


def long(minutes: float, *, seconds_a_room: int) -> list[Step]:
    """The long proofs; each room ends its own after so many seconds, or at its full counts for 0."""
    budget = {"EXITWORK_TEST_SECONDS": str(seconds_a_room)}
    shown = (*PYTEST, "-rP", *ON_TWO_CORES[:2], "-m")
    return [
        Step("long proofs on SQLite", (*shown, "long"), {**on("sqlite"), **budget}, minutes),
        Step(
            "long proofs on PostgreSQL",
            (*shown, "long and both_databases"),
            {**on("postgresql"), **budget},
            minutes,
        ),
    ]


def main(arguments: Sequence[str]) -> int:
    """Run the steps that were asked for; 0 when every one passed."""
    rest = [word for word in arguments if word not in {"--all", "--prove"}]
    if "--prove" in arguments:
        steps = long(24 * 60, seconds_a_room=0)
    elif rest:
        steps = short(*rest)
    else:
        steps = LINT + short()
    if "--all" in arguments:
        steps += long(12.5, seconds_a_room=90)
    begun = time.monotonic()
    failed = [step.name for step in steps if not step.passes()]
    minutes, seconds = divmod(round(time.monotonic() - begun), 60)
    print(f"\n{len(steps) - len(failed)} of {len(steps)} steps passed in {minutes} min {seconds} s.")
    if chromium() is None:
        print("NOT RUN: the browser journeys, because no Chromium was found on this machine.")
    for name in failed:
        print(f"FAILED: {name}")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
