# SPDX-License-Identifier: AGPL-3.0-or-later
"""``run.py bench [names]``: run every measurement on SQLite and PostgreSQL and print the figures.

* A measurement is a module here with ``figures()``, which gives figures; it runs once for each
  database and size, in a process of its own, on settings of production: nothing acknowledged
  may be lost.
* A figure is a ratio to a floor measured in the same run wherever a floor makes sense: machines
  differ, ratios less so.
* The durability that was on is read back from the database and printed beside the figures.
* ``--quick`` measures the small world only; ``--explain`` prints how the lists are looked up.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys

from bench.figure import Figure
from bench.place import ROOT, SIZES, Place

NAMES = ("commits", "journal", "lists", "opening", "sealed", "pages", "load", "start", "card")
WITHOUT_A_WORLD = ("start", "card")  # measured once, on SQLite


def main() -> int:
    """Run what was named, or everything; 1 when a measurement failed or missed its limit."""
    parser = argparse.ArgumentParser(prog="run.py bench", description="Measure, and print the figures.")
    parser.add_argument("names", nargs="*", help=f"of: {', '.join(NAMES)}")
    parser.add_argument("--database", choices=["sqlite", "postgresql"], action="append")
    parser.add_argument("--quick", action="store_true", help="the small world only")
    parser.add_argument("--explain", action="store_true", help="print how the lists are looked up")
    given = parser.parse_args()
    unknown = sorted(set(given.names) - set(NAMES))
    if unknown:
        print(f"There is no measurement {unknown[0]!r}. There are: {', '.join(NAMES)}.")
        return 2
    if given.explain:
        os.environ["EXITWORK_BENCH_EXPLAIN"] = "1"
    if given.quick:
        os.environ["EXITWORK_BENCH_QUICK"] = "1"
    names = [name for name in NAMES if name in (given.names or NAMES)]
    in_worlds = [name for name in names if name not in WITHOUT_A_WORLD]
    good = True
    for database in given.database or ["sqlite", "postgresql"]:
        for size in SIZES[:1] if given.quick else SIZES:
            if in_worlds:
                good = measure(Place(database, size), in_worlds) and good
    alone = [name for name in names if name in WITHOUT_A_WORLD]
    if alone:
        good = measure(Place("sqlite", SIZES[0]), alone) and good
    return 0 if good else 1


def measure(place: Place, names: list[str]) -> bool:
    """Run the measurements in one world and print them as a table; whether all was well."""
    place.prepare()
    environment = place.environment()
    good, printed = True, False
    for name in names:
        done = subprocess.run(
            [sys.executable, "-m", "bench.one", name],
            cwd=ROOT, env=environment, stdout=subprocess.PIPE, text=True, check=False,
        )  # fmt: skip
        told = [json.loads(line) for line in done.stdout.splitlines() if line.startswith("{")]
        durability = next((line["durability"] for line in told if "durability" in line), "unknown")
        if not printed:
            print(f"\n## {place.database}, {place.size:,} cases ({durability})\n\n{Figure.HEAD}")
            printed = True
        figures = [Figure(**line["figure"]) for line in told if "figure" in line]
        for figure in figures:
            print(figure.row(name), flush=True)
        for line in done.stdout.splitlines():
            if not line.startswith("{"):
                print(f"  {line}", flush=True)
        if done.returncode:
            print(f"| {name} | FAILED, see above | | | |", flush=True)
        good = good and done.returncode == 0 and all(figure.is_kept for figure in figures)
    return good


if __name__ == "__main__":
    sys.exit(main())
