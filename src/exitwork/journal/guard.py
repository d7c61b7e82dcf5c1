# SPDX-License-Identifier: AGPL-3.0-or-later
"""The door at the connection: nothing is written unless a record is open on it.

* Each connection has one ``Guard`` among Django's ``execute_wrappers``; every statement of
  Django, raw ones and ``executemany`` too, passes it.
* A write is let through while ``opened`` is in force on this very connection, or when all
  its tables are exempt (``exempt``). The schema changes only while ``migrating``.
* It stops forgetting, not malice: who holds the raw driver connection is answered by the
  tree and its witness, not by this (docs/adr).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from django.db.backends.base.base import NO_DB_ALIAS, BaseDatabaseWrapper

from exitwork.journal.exempt import is_exempt
from exitwork.journal.statements import doing


class Unrecorded(Exception):
    """A write was tried outside ``journal.recorded(...)``. A bug, never shown as a refusal."""


class Guard:
    """One connection's guard; how deep in records it is, and whether it migrates."""

    def __init__(self) -> None:
        self.depth = 0
        self.migrating = 0

    def __call__(
        self, execute: Callable[..., Any], sql: str, params: Any, many: bool, context: dict[str, Any]
    ) -> Any:
        """Carry out a statement, or refuse it.

        :raises Unrecorded: if it would write and no record is open.
        """
        if not self.migrating:
            would = doing(str(sql))
            if would.changes_schema:
                raise Unrecorded("the schema is changed only while migrating")
            if would.writes and not self.depth and not all(map(is_exempt, would.writes)):
                raise Unrecorded(
                    f"a write to {', '.join(sorted(would.writes))} outside journal.recorded(...): "
                    "every change carries its record"
                )
        return execute(sql, params, many, context)


def guard_of(connection: BaseDatabaseWrapper) -> Guard:
    """The guard of a connection, put in place if it had none yet."""
    for wrapper in connection.execute_wrappers:
        if isinstance(wrapper, Guard):
            return wrapper
    guard = Guard()
    connection.execute_wrappers.insert(0, guard)
    return guard


def put_in_place(connection: BaseDatabaseWrapper, **_about: Any) -> None:
    """Guard a connection just made (Django's ``connection_created``).

    A connection to no database in particular, which only makes and drops test databases,
    stays without.
    """
    if connection.alias != NO_DB_ALIAS:
        guard_of(connection)


@contextmanager
def opened(connection: BaseDatabaseWrapper) -> Iterator[None]:
    """Let this connection write. Only the journal itself may call this; a test keeps it so."""
    guard = guard_of(connection)
    guard.depth += 1
    try:
        yield
    finally:
        guard.depth -= 1


@contextmanager
def migrating(connection: BaseDatabaseWrapper) -> Iterator[None]:
    """Let this connection change its schema and move its data. Only the command ``migrate`` does."""
    guard = guard_of(connection)
    guard.migrating += 1
    try:
        yield
    finally:
        guard.migrating -= 1
