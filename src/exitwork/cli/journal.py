# SPDX-License-Identifier: AGPL-3.0-or-later
"""``journal verify | witness | checkpoint``: prove that nothing was changed afterwards.

* ``verify`` and ``witness`` need no installation, only this program and a copy.
"""

from __future__ import annotations

import argparse
from typing import Any

from exitwork.cli.keys import open_vault
from exitwork.cli.sentences import needs_installation, start_django

HELP = {
    "verify": "check a copy of the journal against a checkpoint held elsewhere",
    "witness": "watch the journal of another organisation",
    "checkpoint": "hand out the last checkpoint, or keep a witness's cosignature",
}


def declare(commands: Any) -> None:
    """Say what can be typed; what follows the verb is the journal's own."""
    parser = commands.add_parser("journal", help="prove that the journal is what it was")
    verbs = parser.add_subparsers(title="verbs", metavar="VERB", required=True)
    for verb, says in HELP.items():
        # The verb's own --help stands in the journal's parser, which reads the rest.
        sub = verbs.add_parser(verb, help=says, add_help=False, prefix_chars="\0")
        sub.add_argument("rest", nargs="*")
        sub.set_defaults(run=run, verb=verb)


def run(given: argparse.Namespace) -> int:
    """Hand the rest of the line to the journal."""
    start_django()
    from exitwork.journal import commands

    if given.verb == "verify":
        return commands.verify_command(given.rest)
    if given.verb == "witness":
        return commands.witness_command(given.rest)
    if "-h" in given.rest or "--help" in given.rest:
        return commands.checkpoint_command(given.rest)
    needs_installation()
    with open_vault():
        return commands.checkpoint_command(given.rest)
