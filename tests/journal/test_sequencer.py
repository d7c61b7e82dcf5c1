# SPDX-License-Identifier: AGPL-3.0-or-later
"""Every entry gets its one place, in order, whoever places it and whenever it dies."""

from __future__ import annotations

import threading
from datetime import datetime, timedelta
from functools import partial

import pytest
from django.db import DatabaseError, connection, connections, transaction
from django.db.backends.base.base import BaseDatabaseWrapper

from exitwork import journal
from exitwork.journal import placed, sequencer, tree
from exitwork.journal.guard import migrating, opened
from exitwork.journal.models import Checkpoint, Entry, Leaf, Node, Waiting
from exitwork.journal.verify import verify
from tests.journal.events import ASA, CHANGED, MADE, THE_TEST

pytestmark = pytest.mark.both_databases


def _record(at: datetime, times: int) -> None:
    for number in range(times):
        with journal.recorded(MADE, by=ASA, at=at + timedelta(seconds=number)):
            pass


@pytest.mark.django_db
def test_an_entry_waits_and_then_has_its_place(at: datetime) -> None:
    _record(at, 3)
    assert Waiting.objects.count() == 3
    assert sequencer.place_all(at=at) == 3
    assert not Waiting.objects.exists()
    moments = Leaf.objects.order_by("index").values_list("index", "entry__at")
    assert list(moments) == [(number, at + timedelta(seconds=number)) for number in range(3)]
    assert sequencer.place_all(at=at) == 0


@pytest.mark.django_db
def test_the_kept_tree_is_that_of_its_entries_and_proves_them(at: datetime) -> None:
    for _ in range(4):
        _record(at, 5)
        sequencer.place_all(at=at)
    size = placed.size()
    hashes = [bytes(entry.leaf_hash) for entry in Entry.objects.order_by("leaf__index")]
    root = placed.root(size)
    for index, leaf in enumerate(hashes):
        assert tree.is_included(index, size, leaf, placed.inclusion(index, size), root)
    for old in range(1, size):
        assert tree.is_consistent(old, size, placed.root(old), root, placed.consistency(old, size))


@pytest.mark.django_db
def test_more_than_one_batch_is_placed_at_once(monkeypatch: pytest.MonkeyPatch, at: datetime) -> None:
    monkeypatch.setattr(sequencer, "BATCH", 4)
    _record(at, 9)
    assert sequencer.place_all(at=at) == 9
    assert verify(connection)


@pytest.mark.django_db
def test_a_placing_that_dies_in_the_middle_leaves_them_waiting(
    monkeypatch: pytest.MonkeyPatch, at: datetime
) -> None:
    _record(at, 3)
    with monkeypatch.context() as dying:
        dying.setattr(Node.objects, "using", _dies)
        with pytest.raises(MemoryError):
            sequencer.place_all(at=at)
    assert (Waiting.objects.count(), Leaf.objects.count()) == (3, 0)
    assert sequencer.place_all(at=at) == 3
    assert verify(connection)


def _dies(_using: str) -> None:
    raise MemoryError


@pytest.mark.django_db
def test_a_checkpoint_is_made_after_a_quarter_of_an_hour(at: datetime) -> None:
    _record(at, 2)
    sequencer.place_all(at=at)
    _record(at, 2)
    sequencer.place_all(at=at + timedelta(minutes=14))
    sequencer.place_all(at=at + timedelta(minutes=15))
    sequencer.place_all(at=at + timedelta(hours=9))
    assert list(Checkpoint.objects.order_by("number").values_list("size", flat=True)) == [2, 4]


def test_after_a_commit_the_process_that_gets_the_lock_places(
    committed_database: BaseDatabaseWrapper, monkeypatch: pytest.MonkeyPatch, at: datetime
) -> None:
    monkeypatch.setattr(sequencer, "_last_nudge", float("-inf"))
    _record(at, 1)
    assert (Leaf.objects.count(), Waiting.objects.count()) == (1, 0)


def test_who_finds_the_lock_held_goes_on_without_waiting(
    committed_database: BaseDatabaseWrapper, monkeypatch: pytest.MonkeyPatch, at: datetime
) -> None:
    _record(at, 3)
    monkeypatch.setattr(sequencer, "NOT_MORE_OFTEN_THAN", 0.0)
    held, done = threading.Event(), threading.Event()

    def hold() -> None:
        with opened(connections["default"]), transaction.atomic(), connections["default"].cursor() as cursor:
            if connections["default"].vendor == "postgresql":
                cursor.execute("SELECT pg_advisory_xact_lock(%s)", [placed.LOCK])
            held.set()
            done.wait(10)
        connections["default"].close()

    before = Leaf.objects.count()
    holder = threading.Thread(target=hold)
    holder.start()
    assert held.wait(10)
    try:
        assert sequencer.nudge() == 0
        assert Leaf.objects.count() == before
    finally:
        done.set()
        holder.join()
    sequencer.place_all(at=at)
    assert verify(connection).entries == 3
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA busy_timeout")
            assert cursor.fetchone()[0] == 20_000


def test_many_who_record_and_place_at_once_make_one_tree(
    committed_database: BaseDatabaseWrapper, at: datetime
) -> None:
    problems: list[Exception] = []

    def work(number: int) -> None:
        try:
            _record(at, 15)
            sequencer.place_all(at=at)
        except Exception as problem:  # told below, in the thread that fails the test
            problems.append(problem)
        finally:
            connections["default"].close()

    threads = [threading.Thread(target=partial(work, number)) for number in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert not problems
    sequencer.place_all(at=at)
    verdict = verify(connection)
    assert verdict, str(verdict)
    assert (verdict.entries, verdict.waiting) == (90, 0)


def test_two_posts_of_one_form_at_once_are_carried_out_once(
    committed_database: BaseDatabaseWrapper, at: datetime
) -> None:
    outcomes: list[str] = []
    both = threading.Barrier(2)

    def post() -> None:
        both.wait(10)
        try:
            with journal.once("the form"), journal.recorded(CHANGED, by=ASA, at=at):
                outcomes.append("done")
        except journal.AlreadyDone:
            outcomes.append("already")
        finally:
            connections["default"].close()

    threads = [threading.Thread(target=post) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(outcomes) == ["already", "done"]
    assert Entry.objects.count() == 1


TABLES = ["journal_entry", "journal_leaf", "journal_node", "journal_checkpoint", "journal_cosignature"]


@pytest.mark.django_db
@pytest.mark.parametrize("table", TABLES)
def test_the_database_itself_refuses_to_change_or_delete(table: str, at: datetime) -> None:
    from exitwork.journal import checkpoints, cosigning
    from exitwork.journal.notes import COSIGNATURE, Note, Signer

    _record(at, 1)
    sequencer.place_all(at=at)
    checkpoint = checkpoints.make(at=at)
    assert checkpoint is not None
    witness = Signer("w", checkpoints.signer().private, COSIGNATURE)
    line = witness.line(Note.read(checkpoint.note).text, at)
    cosigning.keep_cosignature(line=str(line), witness=witness.verifier, by=THE_TEST, at=at)
    columns = {"journal_leaf": "entry_id", "journal_node": "hash", "journal_checkpoint": "note"}
    column = columns.get(table, "id")
    before = _rows(table)
    statements = [f'UPDATE {table} SET "{column}" = "{column}"', f"DELETE FROM {table}"]
    if connection.vendor == "sqlite":
        statements.append(f"INSERT OR REPLACE INTO {table} SELECT * FROM {table}")
    else:
        statements.append(f"TRUNCATE {table} CASCADE")
    for statement in statements:
        with (
            pytest.raises(DatabaseError, match=r"only ever added to|permission denied"),
            opened(connection),
            migrating(connection),
            transaction.atomic(),
            connection.cursor() as cursor,
        ):
            cursor.execute(statement)
    assert _rows(table) == before


def _rows(table: str) -> list[object]:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT * FROM {table}")
        return [tuple(map(str, row)) for row in cursor.fetchall()]
