# SPDX-License-Identifier: AGPL-3.0-or-later
"""Somebody with the whole database in his hands, triggers switched off, changing the journal.

Each way of tampering changes something that means something, at or below the checkpoint held
elsewhere or in the table of what waits, and leaves no trace of itself but in the numbers.
Everything happens in a transaction that is rolled back.
"""

from __future__ import annotations

import random
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

from django.db.backends.base.base import BaseDatabaseWrapper

from exitwork.journal import leaves, tree
from exitwork.journal.notes import Head, Note, Signer
from exitwork.journal.sources import Source

COLUMNS = (*leaves.FIELDS, "leaf_hash")
_TEXTS = ("event", "happening", "by_name", "machine", "about_kind", "about_ref")
_KEYS = ("by_account", "organisation_id", "about_id", "subject")
_BYTES = ("details", "commitment", "leaf_hash")


class Tamperer:
    """Chooses and carries out one tampering at a time."""

    def __init__(self, connection: Any, seed: int, signer: Signer, below: int) -> None:
        self.connection = connection
        self.is_sqlite = isinstance(connection, sqlite3.Connection)
        self.choice = random.Random(seed)
        self.signer = signer
        self.below = below  # the size of the checkpoint held elsewhere
        self.ways: list[Callable[[], str]] = [
            self.edits_an_entry,
            self.edits_an_entry,
            self.edits_an_entry_and_its_hash,
            self.edits_a_leaf,
            self.edits_a_node,
            self.edits_a_checkpoint,
            self.edits_a_cosignature,
            self.deletes_a_row,
            self.deletes_an_entry_and_its_leaf,
            self.swaps_two_entries,
            self.swaps_two_leaves,
            self.swaps_two_nodes,
            self.adds_an_entry_in_silence,
            self.adds_a_node,
            self.cuts_the_end_off,
            self.rewrites_history,
            self.rewrites_history_and_signs_it,
            self.makes_a_placed_entry_wait,
        ]

    def source(self) -> Source:
        return Source(self.connection.cursor(), "?" if self.is_sqlite else "%s")

    def rows(self, sql: str, *values: Any) -> list[Any]:
        with closing(self.connection.cursor()) as cursor:
            cursor.execute(sql if self.is_sqlite else sql.replace("?", "%s"), values)
            return list(cursor.fetchall()) if cursor.description else []

    def one(self, table: str, key: str) -> Any:
        return self.choice.choice(self.rows(f'SELECT "{key}" FROM {table} ORDER BY "{key}"'))[0]

    def placed(self) -> Any:
        """The key of an entry below the checkpoint held elsewhere."""
        index = self.choice.randrange(self.below)
        return self.rows('SELECT entry_id FROM journal_leaf WHERE "index" = ?', index)[0][0]

    def tampers(self) -> str:
        """Tamper once, in a way chosen at random; say how."""
        way = self.choice.choice(self.ways)
        return f"{way.__name__}: {way()}"

    @contextmanager
    def undone(self) -> Iterator[None]:
        self.connection.rollback()
        if self.is_sqlite:
            self.connection.execute("BEGIN")
        else:
            self.rows("SET LOCAL session_replication_role = replica")
        try:
            yield
        finally:
            self.connection.rollback()

    # Values

    def another(self, column: str, value: Any) -> Any:
        """A value of the same kind that says something else."""
        if column in _BYTES:
            return self.other_bytes(bytes(value))
        if column in _TEXTS:
            return self.choice.choice([str(value) + "x", str(value)[1:] or "y", "z" + str(value)])
        if column == "token":
            return "f" * 64 if value is None else None
        if column == "at":
            moment = datetime.fromisoformat(value) if isinstance(value, str) else value
            moved = moment + timedelta(microseconds=self.choice.choice([1, -1, 10**6, 86_400 * 10**6]))
            return str(moved) if isinstance(value, str) else moved
        other = uuid4() if value is None or self.choice.random() < 0.7 or column == "subject" else None
        return other.hex if other is not None and self.is_sqlite else other

    def other_bytes(self, value: bytes) -> bytes:
        if not value:
            return b"\x00"
        position = self.choice.randrange(len(value))
        changed = bytes([value[position] ^ self.choice.randrange(1, 256)])
        return self.choice.choice(
            [value[:position] + changed + value[position + 1 :], value[:-1], value + b"\x00"]
        )

    # Ways

    def edits_an_entry(self) -> str:
        return self._edit_entry(self.one("journal_leaf", "entry_id"))

    def _edit_entry(self, key: Any, columns: tuple[str, ...] = COLUMNS) -> str:
        column = self.choice.choice([name for name in columns if name != "id"])
        (old,) = self.rows(f'SELECT "{column}" FROM journal_entry WHERE id = ?', key)[0]
        self.rows(f'UPDATE journal_entry SET "{column}" = ? WHERE id = ?', self.another(column, old), key)
        return column

    def edits_an_entry_and_its_hash(self) -> str:
        key = self.placed()
        column = self._edit_entry(key, leaves.FIELDS)
        self._hash_anew(key)
        return column

    def _hash_anew(self, key: Any) -> None:
        columns = ", ".join(f'"{name}"' for name in COLUMNS)
        values = list(self.rows(f"SELECT {columns} FROM journal_entry WHERE id = ?", key)[0])
        entry = self.source()._entry(values)
        assert entry is not None
        self.rows("UPDATE journal_entry SET leaf_hash = ? WHERE id = ?", leaves.hash_of(entry), key)

    def edits_a_leaf(self) -> str:
        index = self.one("journal_leaf", "index")
        if self.choice.random() < 0.5:
            self.rows('UPDATE journal_leaf SET "index" = ? WHERE "index" = ?', index + 1000, index)
            return "index"
        key = uuid4()
        self.rows(
            'UPDATE journal_leaf SET entry_id = ? WHERE "index" = ?',
            key.hex if self.is_sqlite else key,
            index,
        )
        return "entry"

    def edits_a_node(self) -> str:
        key = self.one("journal_node", "id")
        column = self.choice.choice(["level", "index", "hash"])
        (old,) = self.rows(f'SELECT "{column}" FROM journal_node WHERE id = ?', key)[0]
        new = self.other_bytes(bytes(old)) if column == "hash" else old + self.choice.choice([50, 100])
        self.rows(f'UPDATE journal_node SET "{column}" = ? WHERE id = ?', new, key)
        return column

    def edits_a_checkpoint(self) -> str:
        number = self.one("journal_checkpoint", "number")
        column = self.choice.choice(["number", "size", "root", "at", "note"])
        (old,) = self.rows(f'SELECT "{column}" FROM journal_checkpoint WHERE number = ?', number)[0]
        if column in ("number", "size"):
            new: Any = old + self.choice.choice([100, 1000])
        elif column == "root":
            new = self.other_bytes(bytes(old))
        elif column == "at":
            new = self.another("at", old)
        else:
            position = self.choice.randrange(len(old))
            new = old[:position] + ("A" if old[position] != "A" else "B") + old[position + 1 :]
        self.rows(f'UPDATE journal_checkpoint SET "{column}" = ? WHERE number = ?', new, number)
        return column

    def edits_a_cosignature(self) -> str:
        column = self.choice.choice(["witness", "line", "at"])
        (old,) = self.rows(f'SELECT "{column}" FROM journal_cosignature')[0]
        if column == "at":
            new = self.another("at", old)
        else:
            position = self.choice.randrange(
                len(old) - 4
            )  # not the last letter, of which two bits mean nothing
            new = old[:position] + ("A" if old[position] != "A" else "B") + old[position + 1 :]
        self.rows(f'UPDATE journal_cosignature SET "{column}" = ?', new)
        return column

    def deletes_a_row(self) -> str:
        table, key = self.choice.choice(
            [
                ("journal_entry", "id"),
                ("journal_leaf", "index"),
                ("journal_node", "id"),
                ("journal_waiting", "id"),
                ("journal_checkpoint", "number"),
            ]
        )
        self.rows(f'DELETE FROM {table} WHERE "{key}" = ?', self.one(table, key))
        return table

    def deletes_an_entry_and_its_leaf(self) -> str:
        index = self.one("journal_leaf", "index")
        (key,) = self.rows('SELECT entry_id FROM journal_leaf WHERE "index" = ?', index)[0]
        self.rows('DELETE FROM journal_leaf WHERE "index" = ?', index)
        self.rows("DELETE FROM journal_entry WHERE id = ?", key)
        if self.choice.random() < 0.5:  # and close the gap
            for (later,) in self.rows(
                'SELECT "index" FROM journal_leaf WHERE "index" > ? ORDER BY "index"', index
            ):
                self.rows('UPDATE journal_leaf SET "index" = ? WHERE "index" = ?', later - 1, later)
        return str(index)

    def _two(self, table: str, key: str) -> tuple[Any, Any]:
        keys = [row[0] for row in self.rows(f'SELECT "{key}" FROM {table} ORDER BY "{key}"')]
        first, second = self.choice.sample(keys, 2)
        return first, second

    def swaps_two_entries(self) -> str:
        """What they say changes places; their keys stay."""
        first, second = self._two("journal_leaf", "entry_id")
        moved = [name for name in COLUMNS if name not in ("id", "token")]
        columns = ", ".join(f'"{name}"' for name in moved)
        one, other = (
            self.rows(f"SELECT {columns} FROM journal_entry WHERE id = ?", key)[0] for key in (first, second)
        )
        for key, values in ((first, other), (second, one)):
            sets = ", ".join(f'"{name}" = ?' for name in moved)
            self.rows(f"UPDATE journal_entry SET {sets} WHERE id = ?", *values, key)
        return ""

    def swaps_two_leaves(self) -> str:
        first = self.choice.randrange(self.below)
        second = self.choice.choice([index for index in range(self.below) if index != first])
        self.rows('UPDATE journal_leaf SET "index" = -1 WHERE "index" = ?', first)
        self.rows('UPDATE journal_leaf SET "index" = ? WHERE "index" = ?', first, second)
        self.rows('UPDATE journal_leaf SET "index" = ? WHERE "index" = -1', second)
        if self.choice.random() < 0.5:
            self._tree_anew()
        return f"{first} {second}"

    def swaps_two_nodes(self) -> str:
        first, second = self._two("journal_node", "id")
        (one,), (other,) = (
            self.rows("SELECT hash FROM journal_node WHERE id = ?", key)[0] for key in (first, second)
        )
        if bytes(one) == bytes(other):
            return self.edits_a_node()
        self.rows("UPDATE journal_node SET hash = ? WHERE id = ?", other, first)
        self.rows("UPDATE journal_node SET hash = ? WHERE id = ?", one, second)
        return ""

    def adds_an_entry_in_silence(self) -> str:
        """A copy of an entry under a new key, with a right hash, neither placed nor waiting."""
        self._copy_of(self.one("journal_entry", "id"))
        self.rows("DELETE FROM journal_waiting WHERE entry_id NOT IN (SELECT id FROM journal_entry)")
        return ""

    def _copy_of(self, key: Any) -> Any:
        copied = [name for name in COLUMNS if name not in ("id", "token")]
        columns = ", ".join(f'"{name}"' for name in copied)
        fresh: UUID | str = uuid4().hex if self.is_sqlite else uuid4()
        self.rows(
            f"INSERT INTO journal_entry (id, {columns}) SELECT ?, {columns} FROM journal_entry WHERE id = ?",
            fresh,
            key,
        )
        self._hash_anew(fresh)
        return fresh

    def adds_a_node(self) -> str:
        level = self.choice.randrange(0, 9)
        (top,) = self.rows('SELECT coalesce(max("index"), -1) FROM journal_node WHERE level = ?', level)[0]
        self.rows(
            'INSERT INTO journal_node (level, "index", hash) VALUES (?, ?, ?)', level, top + 1, bytes(32)
        )
        return str(level)

    def cuts_the_end_off(self) -> str:
        """The last entries go, with every leaf, node and checkpoint that knew of them."""
        left = self.choice.randrange(self.below)
        self.rows("DELETE FROM journal_cosignature")
        self.rows("DELETE FROM journal_checkpoint WHERE size > ?", left)
        gone = self.rows('SELECT entry_id FROM journal_leaf WHERE "index" >= ?', left)
        self.rows('DELETE FROM journal_leaf WHERE "index" >= ?', left)
        for (key,) in gone:
            self.rows("DELETE FROM journal_entry WHERE id = ?", key)
        self._tree_anew()
        return f"{left} left"

    def _tree_anew(self) -> list[bytes]:
        """Compute every node again, as the sequencer would have; return the roots by size."""
        self.rows("DELETE FROM journal_node")
        nodes: dict[tuple[int, int], bytes] = {}

        def node(level: int, index: int) -> bytes:
            return nodes[level, index]

        roots = [tree.EMPTY]
        hashes = self.rows(
            "SELECT e.leaf_hash FROM journal_leaf l JOIN journal_entry e ON e.id = l.entry_id "
            'ORDER BY l."index"'
        )
        for index, (hash_,) in enumerate(hashes):
            for level, place, made in tree.completed_by(index, bytes(hash_), node):
                nodes[level, place] = made
            roots.append(tree.root(index + 1, node))
        for (level, index), made in nodes.items():
            self.rows('INSERT INTO journal_node (level, "index", hash) VALUES (?, ?, ?)', level, index, made)
        return roots

    def rewrites_history(self) -> str:
        key = self.placed()
        column = self._edit_entry(key, leaves.FIELDS)
        self._hash_anew(key)
        self._tree_anew()
        return column

    def rewrites_history_and_signs_it(self) -> str:
        """As an administrator would who has the signing key as well."""
        key = self.placed()
        self._edit_entry(key, leaves.FIELDS)
        self._hash_anew(key)
        roots = self._tree_anew()
        self.rows("DELETE FROM journal_cosignature")
        for number, note in self.rows("SELECT number, note FROM journal_checkpoint"):
            head = Head.read(Note.read(note).text)
            told = Head(head.origin, head.size, roots[head.size], head.number, head.at)
            signed = Note(str(told), (self.signer.line(str(told), head.at),))
            self.rows(
                "UPDATE journal_checkpoint SET root = ?, note = ? WHERE number = ?",
                told.root,
                str(signed),
                number,
            )
        return ""

    def makes_a_placed_entry_wait(self) -> str:
        self.rows("INSERT INTO journal_waiting (entry_id) VALUES (?)", self.one("journal_leaf", "entry_id"))
        return ""


@contextmanager
def all_in_his_hands(
    connection: BaseDatabaseWrapper, *, seed: int, signer: Signer, below: int
) -> Iterator[Tamperer]:
    """A connection past Django, past the triggers and past the foreign keys."""
    name = connection.settings_dict["NAME"]
    if connection.vendor == "sqlite":
        with closing(sqlite3.connect(name, isolation_level=None)) as plain:
            for (trigger,) in plain.execute(
                "SELECT name FROM sqlite_master WHERE type = 'trigger'"
            ).fetchall():
                plain.execute(f'DROP TRIGGER "{trigger}"')
            yield Tamperer(plain, seed, signer, below)
        return
    import psycopg

    settings = connection.settings_dict
    with psycopg.connect(
        host=settings["HOST"], port=settings["PORT"] or None, user=settings["USER"], dbname=name
    ) as owner:
        yield Tamperer(owner, seed, signer, below)
        owner.rollback()
