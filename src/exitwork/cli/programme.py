# SPDX-License-Identifier: AGPL-3.0-or-later
"""``programme check FILE``: is a programme pack sound?"""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any

from exitwork.cli.sentences import WrongInput, start_django


def declare(commands: Any) -> None:
    """Say what can be typed."""
    parser = commands.add_parser("programme", help="look at programme packs")
    verbs = parser.add_subparsers(title="verbs", metavar="VERB", required=True)
    check = verbs.add_parser("check", help="check a pack, line by line")
    check.add_argument("file", type=Path)
    check.set_defaults(run=run)


def run(given: argparse.Namespace) -> int:
    """Print what is wrong, each with its line; 1 when anything is."""
    start_django()
    from exitwork.programmes.packs.reading import check

    refuse_missing(given.file)
    return report(given.file, check(given.file))


def refuse_missing(path: Path) -> None:
    """Refuse what is no file.

    :raises WrongInput: naming the path.
    """
    if not path.is_file():
        raise WrongInput(f"There is no file {path}.")


def report(path: Path, faults: list[str]) -> int:
    """Print faults, or that there are none; the exit code."""
    for fault in faults:
        print(fault)
    if not faults:
        print(f"{path} is sound.")
    return 1 if faults else 0
