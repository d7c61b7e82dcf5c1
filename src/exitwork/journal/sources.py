# SPDX-License-Identifier: AGPL-3.0-or-later
"""Where a verification reads from: a copy of the SQLite file, a PostgreSQL database, a connection.

* Only SELECT is ever sent, a file is opened read-only, and Django's models are not used: what
  is checked is what lies in the tables, not what a program makes of it.
* Values of both databases come out alike: UUIDs, aware moments, bytes. What can't be read as
  what its column should hold is a ``Fault``: somebody put something else there.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Protocol
from uuid import UUID

from exitwork.journal.leaves import FIELDS

PAGE = 2_000


class Fault(Exception):
    """The first thing found wrong, as a sentence."""


class Cursor(Protocol):
    """As much of a cursor as reading needs."""

    def execute(self, sql: str, params: Any = ..., /) -> Any: ...

    def fetchall(self) -> list[Any]: ...


class Source:
    """The journal's tables, read in pages by their keys."""

    def __init__(self, cursor: Cursor, mark: str) -> None:
        self._cursor = cursor
        self._mark = mark  # how a parameter is written: ? or %s

    def _rows(self, sql: str, *params: Any) -> list[Any]:
        self._cursor.execute(sql.replace("?", self._mark), params)
        return self._cursor.fetchall()

    def number(self, sql: str) -> int:
        """The one number a query answers, 0 for nothing."""
        return int(self._rows(sql)[0][0] or 0)

    def keys(self, sql: str) -> list[Any]:
        """The first column of a short list of rows."""
        return [row[0] for row in self._rows(sql)]

    def placed(self) -> Iterator[tuple[int, dict[str, Any] | None]]:
        """Every leaf's index in order, with the columns of its entry or None if there is none."""
        columns = ", ".join(f'e."{name}"' for name in (*FIELDS, "leaf_hash"))
        sql = (
            f'SELECT l."index", {columns} FROM journal_leaf l LEFT JOIN journal_entry e ON e.id = l.entry_id '  # noqa: S608
            f'WHERE l."index" > ? ORDER BY l."index" LIMIT {PAGE}'
        )
        last = -(2**62)
        while rows := self._rows(sql, last):
            for index, *values in rows:
                yield _integer(index, "a leaf's place"), self._entry(values)
            last = rows[-1][0]

    def _entry(self, values: list[Any]) -> dict[str, Any] | None:
        if values[0] is None:
            return None
        return {
            name: _READ[name](value, name) for name, value in zip((*FIELDS, "leaf_hash"), values, strict=True)
        }

    def waiting(self) -> Iterator[tuple[Any, dict[str, Any] | None]]:
        """Every waiting row's key with its entry's columns, or None if there is none."""
        columns = ", ".join(f'e."{name}"' for name in (*FIELDS, "leaf_hash"))
        sql = (
            f"SELECT w.id, {columns} FROM journal_waiting w LEFT JOIN journal_entry e ON e.id = w.entry_id "  # noqa: S608
            f"WHERE w.id > ? ORDER BY w.id LIMIT {PAGE}"
        )
        last = -(2**62)
        while rows := self._rows(sql, last):
            for key, *values in rows:
                yield key, self._entry(values)
            last = rows[-1][0]

    def nodes(self, level: int) -> Iterator[tuple[int, bytes]]:
        """The kept hashes of one level, in order."""
        sql = (
            'SELECT "index", hash FROM journal_node WHERE level = ? AND "index" > ? '  # noqa: S608
            f'ORDER BY "index" LIMIT {PAGE}'
        )
        last = -(2**62)
        while rows := self._rows(sql, level, last):
            for index, hash_ in rows:
                yield _integer(index, "a node's place"), _bytes(hash_, "a node's hash")
            last = rows[-1][0]

    def checkpoints(self) -> Iterator[tuple[int, int, bytes, datetime, str]]:
        """The kept checkpoints in order: number, size, root, moment, note."""
        for number, size, root, at, note in self._rows(
            "SELECT number, size, root, at, note FROM journal_checkpoint ORDER BY number"
        ):
            yield (
                _integer(number, "a checkpoint's number"),
                _integer(size, "a checkpoint's size"),
                _bytes(root, "a checkpoint's root"),
                _moment(at, "a checkpoint's moment"),
                _text(note, "a checkpoint's note"),
            )

    def cosignatures(self) -> list[tuple[int, str, str, datetime]]:
        """The kept cosignatures: number of the checkpoint, witness, line, moment."""
        return [
            (
                _integer(number, "a cosignature's checkpoint"),
                _text(witness, "a witness"),
                _text(line, "a cosignature"),
                _moment(at, "a cosignature's moment"),
            )
            for number, witness, line, at in self._rows(
                "SELECT checkpoint_id, witness, line, at FROM journal_cosignature ORDER BY 1, 2"
            )
        ]


def _integer(value: Any, what: str) -> int:
    if type(value) is not int:
        raise Fault(f"{what} is not a number")
    return value


def _bytes(value: Any, what: str) -> bytes:
    if not isinstance(value, bytes | memoryview):
        raise Fault(f"{what} is not bytes")
    return bytes(value)


def _text(value: Any, what: str) -> str:
    if not isinstance(value, str):
        raise Fault(f"{what} is not text")
    return value


def _moment(value: Any, what: str) -> datetime:
    if isinstance(value, str):  # SQLite keeps UTC without saying so
        try:
            value = datetime.fromisoformat(value)
        except ValueError as problem:
            raise Fault(f"{what} is not a moment") from problem
        if value.tzinfo is not None:
            raise Fault(f"{what} is not written as this program writes moments")
    if not isinstance(value, datetime):
        raise Fault(f"{what} is not a moment")
    return value if value.tzinfo is not None else value.replace(tzinfo=UTC)


def _key(value: Any, what: str) -> UUID | None:
    if value is None or isinstance(value, UUID):
        return value
    try:
        found = UUID(_text(value, what))
    except ValueError as problem:
        raise Fault(f"{what} is not a key") from problem
    if value != found.hex:
        raise Fault(f"{what} is not written as this program writes keys")
    return found


def _maybe_text(value: Any, what: str) -> str | None:
    return None if value is None else _text(value, what)


_READ: dict[str, Any] = {
    **dict.fromkeys(("event", "happening", "by_name", "machine", "about_kind", "about_ref"), _text),
    **dict.fromkeys(("id", "by_account", "organisation_id", "about_id", "subject"), _key),
    "at": _moment,
    "details": _bytes,
    "commitment": _bytes,
    "token": _maybe_text,
    "leaf_hash": _bytes,
}


@contextmanager
def opened_source(where: Any) -> Iterator[Source]:
    """A source to read: a path to a SQLite file, a ``postgresql://`` address, or a connection.

    :raises Fault: if there is nothing to read or it is no database of this program.
    """
    if hasattr(where, "cursor"):
        with closing(where.cursor()) as cursor:
            yield Source(cursor, "?" if isinstance(where, sqlite3.Connection) else "%s")
    elif str(where).startswith(("postgresql://", "postgres://")):
        import psycopg  # not above: an extra that a SQLite site does not have

        with psycopg.connect(str(where), options="-c default_transaction_read_only=on") as connection:
            yield Source(connection.cursor(), "%s")
    else:
        path = Path(where)
        if not path.is_file():
            raise Fault(f"there is no file {path}")
        with closing(sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True)) as connection:
            try:
                yield Source(connection.cursor(), "?")
            except sqlite3.DatabaseError as problem:
                raise Fault("the file is no database that can be read, or it is damaged") from problem
