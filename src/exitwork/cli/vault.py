# SPDX-License-Identifier: AGPL-3.0-or-later
"""``vault rotate``: replace the master key. Pages go on working meanwhile."""

from __future__ import annotations

import argparse
import sys
from typing import Any

from exitwork.cli.keys import open_vault
from exitwork.cli.sentences import WrongInput, needs_installation, start_django


def declare(commands: Any) -> None:
    """Say what can be typed."""
    parser = commands.add_parser("vault", help="look after the keys")
    verbs = parser.add_subparsers(title="verbs", metavar="VERB", required=True)
    rotate = verbs.add_parser("rotate", help="replace the master key; interrupted, simply run it again")
    rotate.set_defaults(run=run)


def run(_: argparse.Namespace) -> int:
    """Replace the master key and say how many keys were wrapped anew."""
    needs_installation()
    start_django()
    from exitwork.vault.errors import SealBroken, VaultLocked
    from exitwork.vault.rotation import rotate

    with open_vault():
        try:
            done = rotate(progress=_show)
        except (SealBroken, VaultLocked) as problem:
            raise WrongInput(f"{problem} Nothing is lost: both master keys are kept.") from None
    print(f"The master key was replaced; {done} keys were wrapped anew.")
    print("A backup of the old key file still opens backups made before now: keep or destroy them together.")
    return 0


def _show(done: int, of: int) -> None:
    if sys.stderr.isatty():
        print(f"\r{done} of {of}", end="" if done < of else "\n", file=sys.stderr, flush=True)
