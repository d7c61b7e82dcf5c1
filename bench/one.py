# SPDX-License-Identifier: AGPL-3.0-or-later
"""One measurement in a process of its own: prints the durability that is on, then its figures, as JSON."""

from __future__ import annotations

import json
import sys
from dataclasses import asdict
from importlib import import_module


def durability() -> str:
    """What the database itself says about how it keeps what it acknowledged."""
    from django.db import connection

    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            words = {0: "OFF", 1: "NORMAL", 2: "FULL", 3: "EXTRA"}
            mode = cursor.execute("PRAGMA journal_mode").fetchone()[0]
            level = cursor.execute("PRAGMA synchronous").fetchone()[0]
            return f"journal_mode={mode}, synchronous={words[level]}"
        shown = []
        for name in ("fsync", "synchronous_commit", "full_page_writes"):
            cursor.execute(f"SHOW {name}")
            shown.append(f"{name}={cursor.fetchone()[0]}")
        return ", ".join(shown)


def main(name: str) -> None:
    """Set up a migrated database in the bench's folder and measure."""
    import django

    django.setup()
    from exitwork.cli.installation import collect_static_files, prepare_database, write_secret_key

    write_secret_key()
    prepare_database()
    collect_static_files()
    print(json.dumps({"durability": durability()}), flush=True)
    for figure in import_module(f"bench.{name}").figures():
        print(json.dumps({"figure": asdict(figure)}), flush=True)


if __name__ == "__main__":
    main(sys.argv[1])
