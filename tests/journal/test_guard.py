# SPDX-License-Identifier: AGPL-3.0-or-later
"""Nothing is written outside a record, whichever way one tries."""

from __future__ import annotations

import ast
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import pytest
from django.contrib.auth.models import Group, Permission
from django.contrib.contenttypes.models import ContentType
from django.db import connection, transaction
from django.db.models import F

import exitwork
from exitwork import journal
from exitwork.journal import exempt
from exitwork.journal.guard import Unrecorded, guard_of
from exitwork.journal.models import Message, Sending
from exitwork.journal.words import MessageState
from tests.journal.events import MADE, THE_TEST, a_thing, unsaved

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases]


def _changed(thing: Message) -> Message:
    thing.language = "de"
    return thing


# Every way in which Django writes a row.
WRITES: dict[str, Callable[[Message, datetime], object]] = {
    "save a new row": lambda thing, at: unsaved(at).save(),
    "save an old row": lambda thing, at: _changed(thing).save(),
    "save one field": lambda thing, at: _changed(thing).save(update_fields=["language"]),
    "create": lambda thing, at: Sending.objects.create(message=thing, state=MessageState.SENT, at=at),
    "create through a relation": lambda thing, at: thing.sendings.create(state=MessageState.SENT, at=at),
    "bulk_create": lambda thing, at: Message.objects.bulk_create([unsaved(at), unsaved(at)]),
    "bulk_create, ignoring": lambda thing, at: Message.objects.bulk_create([thing], ignore_conflicts=True),
    "bulk_create, updating": lambda thing, at: Sending.objects.bulk_create(
        [Sending(message=thing, state=MessageState.SENT, at=at)],
        update_conflicts=True,
        update_fields=["state"],
        unique_fields=["id"],
    ),
    "bulk_update": lambda thing, at: Message.objects.bulk_update([_changed(thing)], ["language"]),
    "update": lambda thing, at: Message.objects.update(language="de"),
    "update with an expression": lambda thing, at: Message.objects.update(due_at=F("put_at")),
    "delete a row": lambda thing, at: thing.delete(),
    "delete many": lambda thing, at: Message.objects.all().delete(),
    "raw delete": lambda thing, at: Message.objects.all()._raw_delete("default"),
    "get_or_create": lambda thing, at: Sending.objects.get_or_create(
        message=thing, defaults={"state": "sent", "at": at}
    ),
    "update_or_create": lambda thing, at: Message.objects.update_or_create(
        id=thing.id, defaults={"language": "de"}
    ),
    "cursor": lambda thing, at: _execute("DELETE FROM journal_message"),
    "cursor, upper case": lambda thing, at: _execute('DELETE FROM "JOURNAL_MESSAGE"'.lower()),
    "cursor, lower case": lambda thing, at: _execute("delete from journal_message"),
    "cursor, behind a comment": lambda thing, at: _execute("/* SELECT */ DELETE FROM journal_message"),
    "cursor, behind a line comment": lambda thing, at: _execute("-- SELECT\nDELETE FROM journal_message"),
    "cursor, behind WITH": lambda thing, at: _execute(
        "WITH a AS (SELECT 1) DELETE FROM journal_message WHERE 1 IN (SELECT * FROM a)"
    ),
    "cursor, REPLACE": lambda thing, at: _execute("REPLACE INTO journal_message (id) VALUES ('x')"),
    "cursor, TRUNCATE": lambda thing, at: _execute("TRUNCATE journal_message CASCADE"),
    "cursor, MERGE": lambda thing, at: _execute(
        "MERGE INTO journal_message m USING journal_sending s ON m.id = s.message_id WHEN MATCHED THEN DELETE"
    ),
    "cursor, second statement": lambda thing, at: _execute("SELECT 1; DELETE FROM journal_message"),
    "cursor, a schema named": lambda thing, at: _execute("DELETE FROM main.journal_message"),
    "cursor, unheard of": lambda thing, at: _execute("ABOLISH journal_message"),
    "executemany": lambda thing, at: _executemany(
        "UPDATE journal_message SET language = %s", [("de",), ("ar",)]
    ),
    "raw query": lambda thing, at: list(
        Message.objects.raw("DELETE FROM journal_message RETURNING id, address")
    ),
    "an own table of the journal": lambda thing, at: _execute("DELETE FROM journal_waiting"),
}


def _execute(sql: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(sql)


def _executemany(sql: str, rows: list[tuple[str]]) -> None:
    with connection.cursor() as cursor:
        cursor.executemany(sql, rows)


def _rows() -> list[object]:
    return [*Message.objects.order_by("id").values(), *Sending.objects.order_by("id").values()]


@pytest.mark.parametrize("way", WRITES)
def test_no_way_of_writing_gets_past_the_guard(way: str, at: datetime) -> None:
    thing = a_thing(at)
    before = _rows()
    with pytest.raises(Unrecorded), transaction.atomic():
        WRITES[way](thing, at)
    assert _rows() == before


def test_a_relation_of_many_to_many_is_guarded_too(monkeypatch: pytest.MonkeyPatch, at: datetime) -> None:
    # No model of ours has one; Django's own, taken off the list of exempt tables, stands in.
    kind = ContentType.objects.get_or_create(app_label="journal", model="entry")[0]
    permission = Permission.objects.get_or_create(codename="x", content_type=kind, defaults={"name": "x"})[0]
    group = Group.objects.create(name="x")
    monkeypatch.delitem(exempt.EXEMPT, "auth_group_permissions")
    with pytest.raises(Unrecorded), transaction.atomic():
        group.permissions.add(permission)
    with journal.recorded(MADE, by=THE_TEST, at=at):
        group.permissions.add(permission)
    with pytest.raises(Unrecorded), transaction.atomic():
        group.permissions.clear()


def test_inside_a_record_writing_is_as_always(at: datetime) -> None:
    thing = a_thing(at)
    with journal.recorded(MADE, by=THE_TEST, at=at):
        _changed(thing).save()
        _executemany("UPDATE journal_message SET language = %s", [("de",), ("ar",)])
    thing.refresh_from_db()
    assert thing.language == "ar"


def test_after_a_record_the_door_is_closed_again(at: datetime) -> None:
    thing = a_thing(at)
    with pytest.raises(LookupError), journal.recorded(MADE, by=THE_TEST, at=at):
        raise LookupError
    assert guard_of(connection).depth == 0
    with pytest.raises(Unrecorded), transaction.atomic():
        thing.delete()


@pytest.mark.parametrize(
    "sql", ["CREATE TABLE t (a int)", "DROP TABLE journal_entry", "ALTER TABLE x ADD y int"]
)
def test_the_schema_changes_only_while_migrating_even_inside_a_record(sql: str, at: datetime) -> None:
    with pytest.raises(Unrecorded), transaction.atomic():
        _execute(sql)
    with pytest.raises(Unrecorded), journal.recorded(MADE, by=THE_TEST, at=at):
        _execute(sql)


def test_an_exempt_table_may_be_written_but_not_together_with_another() -> None:
    with pytest.raises(Unrecorded), transaction.atomic():
        _execute("DELETE FROM vault_datakey; DELETE FROM journal_message")
    _execute("DELETE FROM vault_datakey")


def test_every_connection_is_guarded(django_db_blocker: object) -> None:
    copy = connection.copy()
    try:
        copy.ensure_connection()
        assert any(wrapper is guard_of(copy) for wrapper in copy.execute_wrappers)
        with pytest.raises(Unrecorded), copy.cursor() as cursor:
            cursor.execute("DELETE FROM journal_message")
    finally:
        copy.close()


def test_every_exempt_table_says_why() -> None:
    assert all(len(reason.split()) > 3 for reason in (exempt.EXEMPT | exempt.EXEMPT_PREFIXES).values())


def test_every_exempt_table_is_there() -> None:
    assert exempt.EXEMPT.keys() <= set(connection.introspection.table_names())


def test_only_the_journal_opens_the_door_and_nobody_goes_round_it() -> None:
    """The guard's own doors, and the ways past Django's wrappers, are used nowhere else."""
    source = Path(exitwork.__file__).parent
    for path in source.rglob("*.py"):
        if path.is_relative_to(source / "journal") or "migrations" in path.parts:
            continue
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.ImportFrom) and node.module == "exitwork.journal.guard":
                names = {name.name for name in node.names}
                assert names.isdisjoint({"opened", "guard_of"}), path
            if isinstance(node, ast.Attribute):
                assert node.attr not in {"executescript", "callproc", "execute_wrappers"}, path
