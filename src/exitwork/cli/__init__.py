# SPDX-License-Identifier: AGPL-3.0-or-later
"""The command line: set up, serve, check and look after an installation.

* What the person typed or set wrongly ends in one sentence and exit code 2, never in a traceback.
* A check that finds something wrong ends in exit code 1.
* Each command is one module with ``declare`` (its arguments) and ``run`` (what it does).
"""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Sequence
from functools import partial
from importlib import import_module

from exitwork import __version__
from exitwork.cli.sentences import WrongInput
from exitwork.settings.options import OPTIONS, WrongOption
from exitwork.settings.reading import refuse_unknown

COMMANDS = (
    "demo",
    "init",
    "serve",
    "worker",
    "check",
    "upgrade",
    "user",
    "config",
    "journal",
    "vault",
    "programme",
    "legal",
    "reference",
    "manage",
)


def main(arguments: Sequence[str] | None = None) -> int:
    """Do what the arguments say; the process's exit code."""
    given = list(sys.argv[1:] if arguments is None else arguments)
    try:
        parsed = _parser().parse_args(given)
        refuse_unknown(OPTIONS)
        return int(parsed.run(parsed))
    except (WrongInput, WrongOption) as wrong:
        print(f"exitwork: {wrong}", file=sys.stderr)
        return 2
    except KeyboardInterrupt:
        print("exitwork: stopped.", file=sys.stderr)
        return 130
    except BrokenPipeError:
        return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="exitwork", description="Casework and cooperation for exit work.", allow_abbrev=False
    )
    parser.add_argument("--version", action="version", version=f"exitwork {__version__}")
    parser.set_defaults(run=partial(_show_help, parser))
    commands = parser.add_subparsers(title="commands", metavar="COMMAND")
    for name in COMMANDS:
        import_module(f"exitwork.cli.{name}").declare(commands)
    return parser


def _show_help(parser: argparse.ArgumentParser, _: argparse.Namespace) -> int:
    parser.print_help()
    return 2


def entry() -> None:
    """Run as a program. Whatever it writes, nobody else on the machine reads."""
    os.umask(0o077)
    sys.exit(main())
