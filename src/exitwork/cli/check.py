# SPDX-License-Identifier: AGPL-3.0-or-later
"""``check``: is everything well?

* It says in sentences what ``/readyz`` says in words, and what only the machine itself can see.
"""

from __future__ import annotations

import argparse
from typing import Any

from exitwork.cli.certificates import days_left
from exitwork.cli.installation import folder_problems, tables_are_current
from exitwork.cli.sentences import needs_installation, now, start_django
from exitwork.settings.options import OPTIONS, text, unknown_variables


def declare(commands: Any) -> None:
    """Say what can be typed."""
    parser = commands.add_parser("check", help="is everything well?")
    parser.set_defaults(run=run)


def run(_: argparse.Namespace) -> int:
    """Print one sentence a finding; 1 when something needs doing."""
    needs_installation()
    for option in OPTIONS.values():
        option.value()
    start_django()
    from django.db import DatabaseError

    from exitwork.upkeep import health

    found = health.parts(now())
    wrong = [part.says for part in found if part.is_needed and not part.is_well]
    for part in found:
        if part.is_well or not part.is_needed:
            print(f"  well  {part.says}")
    try:
        if not tables_are_current():
            wrong.append("The tables are of another version. Run 'exitwork upgrade'.")
    except DatabaseError:
        pass  # said above: the database does not answer
    else:
        wrong += _files()
    wrong += [*folder_problems(), *_certificate(), *_unknown()]
    for sentence in wrong:
        print(f"  WRONG {sentence}")
    print("Everything is well." if not wrong else f"{len(wrong)} to put right.")
    return 1 if wrong else 0


def _certificate() -> list[str]:
    if text("reach") != "office":
        return []
    left = days_left(now())
    if left is None:
        return ["The office certificate is missing. Make it with 'exitwork init --certificate'."]
    return [f"The office certificate ends in {left} days. Restart 'exitwork serve'."] if left < 14 else []


def _files() -> list[str]:
    """Whether the files of documents and their rows agree."""
    from exitwork.documents import queries

    wrong = []
    if strays := len(queries.strays(at=now())):
        wrong.append(f"{strays} files belong to no document. Is the worker running? It sweeps them.")
    if missing := queries.missing():
        wrong.append(f"{missing} documents have lost their file. Restore the folder 'files' from a backup.")
    return wrong


def _unknown() -> list[str]:
    return [f"The environment variable {name} is no option of ours. A slip?" for name in unknown_variables()]
