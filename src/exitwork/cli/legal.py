# SPDX-License-Identifier: AGPL-3.0-or-later
"""``legal check FILE``: is a legal profile sound?"""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any

from exitwork.cli.programme import refuse_missing, report
from exitwork.cli.sentences import start_django


def declare(commands: Any) -> None:
    """Say what can be typed."""
    parser = commands.add_parser("legal", help="look at legal profiles")
    verbs = parser.add_subparsers(title="verbs", metavar="VERB", required=True)
    check = verbs.add_parser("check", help="check a profile, line by line")
    check.add_argument("file", type=Path)
    check.set_defaults(run=run)


def run(given: argparse.Namespace) -> int:
    """Print what is wrong, each with its line; 1 when anything is."""
    start_django()
    from exitwork.organisations.legal.reading import check

    refuse_missing(given.file)
    return report(given.file, check(given.file))
