# SPDX-License-Identifier: AGPL-3.0-or-later
"""``upgrade``: bring the tables to this version, with a copy of the database put aside first.

* It never goes back: tables of a later version are refused with a sentence.
* The copy holds ciphertext and the journal; it is deleted by hand when all is well.
"""

from __future__ import annotations

import argparse
import sqlite3
from datetime import datetime
from pathlib import Path
from typing import Any

from exitwork.cli.installation import (
    PRIVATE_FILE,
    collect_static_files,
    make_folder,
    prepare_database,
    tables_are_current,
)
from exitwork.cli.sentences import WrongInput, needs_installation, now, start_django
from exitwork.settings.options import home, text


def declare(commands: Any) -> None:
    """Say what can be typed."""
    parser = commands.add_parser("upgrade", help="bring the tables to this version")
    parser.add_argument("--dry-run", action="store_true", help="say what would be done")
    parser.set_defaults(run=run)


def run(given: argparse.Namespace) -> int:
    """Copy, migrate, gather static files."""
    needs_installation()
    start_django()
    refuse_later_tables()
    if tables_are_current():
        collect_static_files()
        print("The tables are of this version already.")
        return 0
    if given.dry_run:
        print("The tables are of an earlier version and would be brought to this one.")
        return 0
    if text("database") == "sqlite":
        print(f"A copy of the database was put aside: {put_aside(now())}")
    else:
        print("Going on without a copy: PostgreSQL is backed up with its own tools.")
    prepare_database()
    collect_static_files()
    print("The tables are of this version now.")
    return 0


def refuse_later_tables() -> None:
    """Refuse tables that a later version made.

    :raises WrongInput: naming what this version does not know.
    """
    from django.db import connection
    from django.db.migrations.loader import MigrationLoader

    loader = MigrationLoader(connection)
    rooms = {room for room, _ in loader.disk_migrations}
    later = [
        f"{room}.{name}"
        for room, name in sorted(set(loader.applied_migrations) - set(loader.disk_migrations))
        if room in rooms
    ]
    if later:
        raise WrongInput(f"These tables were made by a later version ({later[0]}). Install that version.")


def put_aside(at: datetime) -> Path:
    """Copy the SQLite database as it is at this moment, writers or not."""
    folder = home() / "before-upgrade"
    make_folder(folder)
    target = folder / f"{at:%Y%m%dT%H%M%SZ}.sqlite3"
    source = sqlite3.connect(home() / "exitwork.sqlite3")
    try:
        source.execute("VACUUM INTO ?", (str(target),))
    finally:
        source.close()
    target.chmod(PRIVATE_FILE)
    return target
