# SPDX-License-Identifier: AGPL-3.0-or-later
"""A change and its record are kept together or not at all; a look and a refusal leave their entry."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone
from hashlib import sha256
from uuid import UUID, uuid4

import pytest
from django.db import connection, transaction

from exitwork import journal
from exitwork.journal import queries
from exitwork.journal.models import Entry, Message, Waiting
from exitwork.kernel.decisions import Refusal, Refused, refuse
from exitwork.vault.keys import KeyKind, KeyRef, destroy_key
from tests.journal.events import ASA, CHANGED, LOOKED, MADE, PER, THE_TEST, a_thing, unsaved

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases]


def test_an_entry_says_who_did_what_about_what_and_when(at: datetime) -> None:
    thing = a_thing(at)
    with journal.recorded(CHANGED, by=ASA, about=thing, at=at) as entry:
        entry.note(language="de", was=None)
    found = Entry.objects.get(event="test.thing.changed")
    assert (found.by_account, found.by_name, found.machine, found.at) == (ASA.account, "Asa", "", at)
    assert (found.about_kind, found.about_id, found.happening) == ("journal.message", thing.id, "change")
    assert found.organisation_id == ASA.organisation
    assert found.says == "A thing was changed"
    assert queries.details_of(found) == {"language": "de", "was": None}


def test_what_was_noted_does_not_lie_open_in_the_table(at: datetime) -> None:
    thing = a_thing(at)
    with journal.recorded(CHANGED, by=ASA, about=thing, at=at) as entry:
        entry.note(word="marker-word")
    with connection.cursor() as cursor:
        cursor.execute("SELECT details, commitment FROM journal_entry WHERE event = 'test.thing.changed'")
        details, commitment = (bytes(value) for value in cursor.fetchone())
    assert b"marker-word" not in details
    assert len(commitment) == 32
    assert commitment != sha256(b'{"word":"marker-word"}').digest()


def test_a_thing_made_inside_is_what_the_entry_is_about(at: datetime) -> None:
    thing = a_thing(at)
    assert [entry.event for entry in queries.entries_about(thing)] == ["test.thing.made"]


def test_a_refusal_leaves_nothing_behind(at: datetime) -> None:
    with (
        pytest.raises(Refusal, match="Not today"),
        journal.recorded(MADE, by=ASA, at=at) as entry,
    ):
        unsaved(at).save()
        entry.note(a=1)
        raise refuse("Not today.", "test.not-today")
    assert not Message.objects.exists()
    assert not Entry.objects.exists()
    assert not Waiting.objects.exists()


def test_a_bug_leaves_nothing_behind(at: datetime) -> None:
    with pytest.raises(ZeroDivisionError), journal.recorded(MADE, by=ASA, at=at):
        unsaved(at).save()
        _ = 1 / 0
    assert not Message.objects.exists()
    assert not Entry.objects.exists()


def test_what_cannot_be_noted_leaves_nothing_behind(at: datetime) -> None:
    with pytest.raises(TypeError), journal.recorded(MADE, by=ASA, at=at) as entry:
        unsaved(at).save()
        entry.note(a=object())
    assert not Message.objects.exists()


def test_a_record_inside_a_record_joins_it_and_has_its_own_entry(at: datetime) -> None:
    with journal.recorded(MADE, by=ASA, at=at):
        unsaved(at).save()
        with journal.recorded(CHANGED, by=ASA, at=at):
            unsaved(at).save()
    assert sorted(Entry.objects.values_list("event", flat=True)) == ["test.thing.changed", "test.thing.made"]
    assert Message.objects.count() == 2


def test_the_outer_record_takes_the_inner_one_with_it(at: datetime) -> None:
    with pytest.raises(LookupError), journal.recorded(MADE, by=ASA, at=at):
        with journal.recorded(CHANGED, by=ASA, at=at):
            unsaved(at).save()
        raise LookupError
    assert not Entry.objects.exists()
    assert not Message.objects.exists()


def test_an_inner_refusal_that_is_caught_takes_only_its_own_part(at: datetime) -> None:
    with journal.recorded(MADE, by=ASA, at=at):
        unsaved(at, "kept").save()
        with pytest.raises(Refusal), journal.recorded(CHANGED, by=ASA, at=at):
            unsaved(at, "refused").save()
            raise refuse("No.", "test.no")
    assert list(Message.objects.values_list("idempotency_key", flat=True)) == ["kept"]
    assert list(Entry.objects.values_list("event", flat=True)) == ["test.thing.made"]


def test_a_token_is_used_once(at: datetime) -> None:
    token = uuid4()
    thing = a_thing(at)
    with journal.once(token), journal.recorded(CHANGED, by=ASA, about=thing, at=at):
        unsaved(at).save()
    before = Message.objects.count()
    with (
        pytest.raises(journal.AlreadyDone) as done,
        journal.once(token),
        journal.recorded(CHANGED, by=ASA, about=thing, at=at),
    ):
        unsaved(at).save()
    assert (done.value.about_kind, done.value.about_id) == ("journal.message", thing.id)
    assert Message.objects.count() == before


def test_a_token_tells_nothing_to_another_account(at: datetime) -> None:
    with journal.once("the same"), journal.recorded(CHANGED, by=ASA, at=at):
        pass
    with journal.once("the same"), journal.recorded(CHANGED, by=PER, at=at):
        pass
    assert Entry.objects.filter(token__isnull=False).count() == 2


def test_a_token_is_for_the_next_record_alone(at: datetime) -> None:
    with journal.once("x"):
        with journal.recorded(MADE, by=ASA, at=at), journal.recorded(CHANGED, by=ASA, at=at):
            pass
        with journal.recorded(CHANGED, by=ASA, at=at):
            pass
    with journal.recorded(CHANGED, by=ASA, at=at):
        pass
    assert list(Entry.objects.filter(token__isnull=False).values_list("event", flat=True)) == [
        "test.thing.made"
    ]


def test_a_refused_attempt_does_not_use_up_its_token(at: datetime) -> None:
    with pytest.raises(Refusal), journal.once("x"), journal.recorded(MADE, by=ASA, at=at):
        raise refuse("No.", "test.no")
    with journal.once("x"), journal.recorded(MADE, by=ASA, at=at):
        pass
    assert Entry.objects.count() == 1


def test_a_moment_is_aware_and_kept_as_the_same_moment(at: datetime) -> None:
    with pytest.raises(ValueError, match="aware"), journal.recorded(MADE, by=ASA, at=at.replace(tzinfo=None)):
        pass
    oslo = at.astimezone(timezone(timedelta(hours=1)))
    with journal.recorded(MADE, by=ASA, at=oslo):
        pass
    assert Entry.objects.get().at == at.astimezone(UTC)


def test_a_look_at_one_thing_names_it(at: datetime) -> None:
    thing = a_thing(at)
    journal.looked(LOOKED, by=ASA, about=[thing], at=at)
    found = Entry.objects.get(event="test.thing.looked_at")
    assert (found.about_id, found.happening) == (thing.id, "look")
    assert bytes(found.commitment) == b""
    assert queries.has_looked(UUID(int=0xA5A), thing, since=at)


def test_a_look_at_a_list_is_one_entry_with_the_hash_of_what_was_shown(at: datetime) -> None:
    first, second = a_thing(at), a_thing(at)
    journal.looked(LOOKED, by=ASA, about=[first, second], at=at)
    found = Entry.objects.get(event="test.thing.looked_at")
    shown = sha256(f"{first.id}\n{second.id}".encode()).hexdigest()
    assert queries.details_of(found) == {"count": 2, "shown": shown}
    assert found.about_id is None


def test_a_list_may_be_given_by_its_references(at: datetime) -> None:
    journal.looked(LOOKED, by=ASA, about=["7F3K2-M", "9XQ4T-R"], at=at)
    details = queries.details_of(Entry.objects.get())
    assert details == {"count": 2, "shown": sha256(b"7F3K2-M\n9XQ4T-R").hexdigest()}


def test_a_refused_attempt_is_recorded_with_its_true_reason(at: datetime) -> None:
    thing = a_thing(at)
    walled = Refused("She is on another case.", "test.conflict", shown_instead="Ask the lead.")
    journal.refused(CHANGED, walled, by=ASA, about=thing, at=at)
    found = Entry.objects.get(event="test.thing.changed")
    assert (found.happening, found.about_id) == ("refusal", thing.id)
    assert queries.details_of(found) == {"code": "test.conflict", "reason": "She is on another case."}


def test_who_did_what_is_found_newest_first(at: datetime) -> None:
    for minutes in range(3):
        with journal.recorded(MADE, by=ASA, at=at + timedelta(minutes=minutes)):
            pass
    with journal.recorded(MADE, by=PER, at=at):
        pass
    moments = [entry.at for entry in queries.entries_by(UUID(int=0xA5A))]
    assert moments == [at + timedelta(minutes=minutes) for minutes in (2, 1, 0)]


def test_the_program_itself_acts_by_its_name(at: datetime) -> None:
    with journal.recorded(MADE, by=THE_TEST, at=at):
        pass
    found = Entry.objects.get()
    assert (found.by_account, found.machine) == (None, "test")


def test_when_the_key_is_destroyed_the_meaning_is_gone_and_the_entry_stays(at: datetime) -> None:
    thing = a_thing(at)
    with journal.recorded(CHANGED, by=ASA, about=thing, at=at) as entry:
        entry.note(word="marker-word")
    with journal.recorded(CHANGED, by=ASA, about=thing, at=at) as entry:
        destroy_key(KeyRef(KeyKind.JOURNAL, thing.id), at=at)
        entry.note(ground="retention ended")
    first, erased = queries.entries_about(thing).filter(event="test.thing.changed").order_by("id")
    assert queries.details_of(first) is None
    # What was done to the erased thing is noted under the account that did it.
    assert (erased.subject, queries.details_of(erased)) == (ASA.account, {"ground": "retention ended"})


def test_a_record_inside_a_foreign_transaction_is_a_bug(at: datetime, committed_database: object) -> None:
    with (
        pytest.raises(RuntimeError, match="durable"),
        transaction.atomic(),
        journal.recorded(MADE, by=ASA, at=at),
    ):
        pass
