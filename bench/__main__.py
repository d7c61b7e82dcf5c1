# SPDX-License-Identifier: AGPL-3.0-or-later
"""``run.py bench [names]``: run every measurement on SQLite and PostgreSQL and print the figures.

* A measurement is a module here with ``figures()``, which gives figures, or plain tuples of what, value
  and unit where there is neither floor nor promise; it runs once per database, in a
  process of its own, on settings of production: nothing acknowledged may be lost.
* A figure is a ratio to a floor measured in the same run wherever a floor makes sense: machines
  differ, ratios less so.
* The durability that was on is read back from the database and printed beside the figures.
"""

from __future__ import annotations

import argparse
import json
import os
import pkgutil
import subprocess
import sys
import tempfile
from pathlib import Path

from bench.figure import Figure

ROOT = Path(__file__).resolve().parents[1]
NOT_MEASUREMENTS = {"__main__", "figure", "one", "settings", "world"}


def main() -> int:
    """Run what was named, or everything; 1 when a measurement failed or missed its limit."""
    parser = argparse.ArgumentParser(prog="run.py bench", description="Measure, and print the figures.")
    names = sorted(
        found.name
        for found in pkgutil.iter_modules([str(Path(__file__).parent)])
        if found.name not in NOT_MEASUREMENTS
    )
    parser.add_argument("names", nargs="*", help=f"of: {', '.join(names) or 'none yet'}")
    parser.add_argument("--database", choices=["sqlite", "postgresql"], action="append")
    given = parser.parse_args()
    unknown = sorted(set(given.names) - set(names))
    if unknown:
        print(f"There is no measurement {unknown[0]!r}. There are: {', '.join(names) or 'none yet'}.")
        return 2
    good = [
        measure(database, given.names or names) for database in given.database or ["sqlite", "postgresql"]
    ]
    return 0 if all(good) else 1


def measure(database: str, names: list[str]) -> bool:
    """Run the measurements on one database and print them as a table; whether all was well."""
    with tempfile.TemporaryDirectory(prefix="exitwork-bench-") as folder:
        environment = {**os.environ, "EXITWORK_HOME": folder, "EXITWORK_DATABASE": "sqlite"}
        if database == "postgresql":
            from tests.postgres import start

            environment["EXITWORK_DATABASE"] = start(durable=True)
        good, printed = True, False
        for name in names:
            done = subprocess.run(
                [sys.executable, "-m", "bench.one", name],
                cwd=ROOT, env=environment, stdout=subprocess.PIPE, text=True, check=False,
            )  # fmt: skip
            lines = [json.loads(line) for line in done.stdout.splitlines() if line.startswith("{")]
            durability = next((line["durability"] for line in lines if "durability" in line), "unknown")
            if not printed:
                print(f"\n## {database} ({durability})\n\n{Figure.HEAD}")
                printed = True
            figures = [Figure(**line["figure"]) for line in lines if "figure" in line]
            for figure in figures:
                print(figure.row(name), flush=True)
            if done.returncode:
                print(f"| {name} | FAILED, see above | | | |", flush=True)
            good = good and done.returncode == 0 and all(figure.is_kept for figure in figures)
        return good


if __name__ == "__main__":
    sys.exit(main())
