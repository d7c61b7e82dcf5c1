# SPDX-License-Identifier: AGPL-3.0-or-later
"""The databases of a test run.

* Tests run as a role that owns nothing: tables are made by the owner, then the role is assumed.
* Tests that commit get a copy of the migrated database for themselves, never a flush: the
  journal's tables can't be emptied, and a copy is faster.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from itertools import count
from pathlib import Path
from typing import Any

import pytest
from django.db import connections
from django.db.backends.base.base import BaseDatabaseWrapper

from exitwork.journal.guard import migrating
from exitwork.vault.holder import here
from tests.postgres import ROLE

RIGHTS = f"""
    GRANT USAGE ON SCHEMA public TO {ROLE};
    GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO {ROLE};
    GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA public TO {ROLE};
"""
_numbers = count(1)


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
    """Once the tables are made, go on as a role that owns none of them (PostgreSQL)."""
    connection = connections["default"]
    if connection.vendor != "postgresql":
        yield
        return
    with django_db_blocker.unblock():
        with migrating(connection), connection.cursor() as cursor:
            cursor.execute(RIGHTS)
        connection.close()
        connection.settings_dict["OPTIONS"]["assume_role"] = ROLE
    yield
    with django_db_blocker.unblock():
        connections.close_all()
        connection.settings_dict["OPTIONS"].pop("assume_role")


@pytest.fixture
def committed_database(
    django_db_setup: None, django_db_blocker: Any, tmp_path: Path
) -> Iterator[BaseDatabaseWrapper]:
    """A database of the test's own, in which transactions really commit; thrown away afterwards.

    Threads and other connections made during the test reach the same copy.
    """
    connection = connections["default"]
    with django_db_blocker.unblock():
        connections.close_all()
        original = connection.settings_dict["NAME"]
        copy = _copy(connection, str(original), tmp_path)
        connection.settings_dict["NAME"] = copy
        here().holder.forget()  # keys remembered of another database are not in this one
        try:
            yield connection
        finally:
            connections.close_all()
            connection.settings_dict["NAME"] = original
            here().holder.forget()
            _throw_away(connection, copy)


def _copy(connection: BaseDatabaseWrapper, template: str, folder: Path) -> str:
    if connection.vendor == "sqlite":
        target = folder / "committed.sqlite3"
        # Nothing is committed to the template; a copy made now has the tables made for tests, too.
        plain = sqlite3.connect(template)
        plain.execute("VACUUM INTO ?", (str(target),))
        plain.close()
        return str(target)
    name = f"{template}_copy_{next(_numbers)}"
    _as_owner(connection, f'CREATE DATABASE "{name}" TEMPLATE "{template}"')
    return name


def _throw_away(connection: BaseDatabaseWrapper, name: str) -> None:
    if connection.vendor == "sqlite":
        for path in Path(name).parent.glob(f"{Path(name).name}*"):
            path.unlink()
        return
    _as_owner(connection, f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')


def _as_owner(connection: BaseDatabaseWrapper, statement: str) -> None:
    import psycopg

    settings = connection.settings_dict
    with psycopg.connect(
        host=settings["HOST"], port=settings["PORT"] or None, user=settings["USER"],
        password=settings["PASSWORD"] or None, dbname="postgres", autocommit=True,
    ) as owner:  # fmt: skip
        owner.execute(statement)
