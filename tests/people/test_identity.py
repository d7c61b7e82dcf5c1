# SPDX-License-Identifier: AGPL-3.0-or-later
"""Reaching, opening, noting and correcting who somebody is (S12)."""

from __future__ import annotations

from datetime import datetime

import pytest
from django.db import IntegrityError, connection

from exitwork import journal
from exitwork.journal.models import Entry
from exitwork.kernel.decisions import Refusal
from exitwork.kernel.versions import Stale
from exitwork.people import actions, queries
from exitwork.people.models import Identity, IdentityOpening, IdentityVersion
from exitwork.people.models.identity import NEVER_EXPORTED
from exitwork.people.words.choices import OpeningReason
from exitwork.people.words.events import OPENING_SEEN
from exitwork.vault.errors import KeyDestroyed
from exitwork.vault.keys import KeyKind, KeyRef, destroy_key
from tests.people.conftest import World

pytestmark = pytest.mark.both_databases

WHY = "The hostel asks for a date of birth tonight"


@pytest.fixture(autouse=True)
def _noted(world: World, at: datetime) -> None:
    actions.note_identity(
        person=world.jonas,
        wanted_name="Jonas",
        phone="+47 900 00 000",
        legal_name="Jonas Berg",
        birth_date="1999-02-03",
        residence_status="undocumented",
        by=world.by("Asa"),
        at=at,
    )


def entries(world: World, event: str) -> list[Entry]:
    return list(Entry.objects.filter(event=event, about_id=world.jonas.pk).order_by("id"))


@pytest.mark.parametrize("name", ["Asa", "Per"])
def test_my_own_client_is_reached_with_one_act_and_a_line(world: World, at: datetime, name: str) -> None:
    reached = actions.reach_client(person=world.jonas, by=world.by(name), at=at)

    assert (reached.wanted_name, reached.phone, reached.safe_channel) == ("Jonas", "+47 900 00 000", "")
    (line,) = entries(world, "people.identity.reached")
    assert (line.by_name, line.happening) == (name, "look")


@pytest.mark.parametrize("name", ["Mona", "Liv", "Eva", "Ruth", "Odd"])
def test_nobody_else_reaches_my_client(world: World, at: datetime, name: str) -> None:
    with pytest.raises(Refusal):
        actions.reach_client(person=world.jonas, by=world.by(name), at=at)

    assert not entries(world, "people.identity.reached")


def test_the_team_opens_a_legal_name_for_one_of_five_reasons(world: World, at: datetime) -> None:
    assert len(OpeningReason) == 5

    opened = actions.open_identity(person=world.jonas, reason="papers", by=world.by("Asa"), at=at)

    assert opened.values["legal_name"] == "Jonas Berg"
    assert not opened.opening.is_outside
    assert not IdentityOpening.objects.unseen().exists()
    (line,) = entries(world, "people.identity.opened")
    assert line.details.open() == {"reason": "papers", "outside": False}


def test_without_a_reason_nothing_opens(world: World, at: datetime) -> None:
    with pytest.raises(Refusal) as refusal:
        actions.open_identity(person=world.jonas, reason="curiosity", by=world.by("Asa"), at=at)

    assert refusal.value.code == "people.identity.no_reason"
    assert not entries(world, "people.identity.opened")
    assert not IdentityOpening.objects.exists()


def test_from_outside_the_team_a_typed_reason_is_needed(world: World, at: datetime) -> None:
    with pytest.raises(Refusal) as refusal:
        actions.open_identity(person=world.jonas, reason="danger", words="just so", by=world.by("Liv"), at=at)

    assert refusal.value.code == "people.identity.reason_too_short"
    assert not IdentityOpening.objects.exists()


def test_the_team_is_told_when_somebody_outside_opened_it(world: World, at: datetime) -> None:
    actions.open_identity(person=world.jonas, reason="danger", words=WHY, by=world.by("Liv"), at=at)

    (told,) = queries.openings_to_see(world.by("Asa"), at)
    assert (told.opened_by_name, told.words.open(), told.is_outside) == ("Liv", WHY, True)
    assert not queries.openings_to_see(world.by("Liv"), at)
    assert not queries.openings_to_see(world.by("Mona"), at)

    actions.take_note_of_opening(opening=told, by=world.by("Asa"), at=at)

    assert not queries.openings_to_see(world.by("Asa"), at)


def test_nobody_takes_note_of_an_opening_of_his_own(world: World, at: datetime) -> None:
    opened = actions.open_identity(person=world.jonas, reason="check", by=world.by("Asa"), at=at)

    with pytest.raises(Refusal):
        actions.take_note_of_opening(opening=opened.opening, by=world.by("Asa"), at=at)
    with (
        pytest.raises(IntegrityError),
        journal.recorded(OPENING_SEEN, by=world.by("Asa"), about=opened.opening, at=at),
    ):
        opened.opening.seen_at, opened.opening.seen_by = at, opened.opening.opened_by
        opened.opening.save()


@pytest.mark.parametrize("name", ["Eva", "Ruth", "Odd"])
def test_whoever_may_not_read_the_person_opens_nothing(world: World, at: datetime, name: str) -> None:
    with pytest.raises(Refusal):
        actions.open_identity(person=world.jonas, reason="danger", words=WHY, by=world.by(name), at=at)


def test_noting_one_thing_keeps_the_others_and_the_version_before(world: World, at: datetime) -> None:
    actions.note_identity(person=world.jonas, phone="+47 911 11 111", by=world.by("Per"), at=at)

    identity = Identity.objects.get(person=world.jonas)
    assert identity.opened("phone", "wanted_name") == {"phone": "+47 911 11 111", "wanted_name": "Jonas"}
    assert identity.version == 3
    before = IdentityVersion.objects.get(person=world.jonas, number=2)
    assert before.values.open()["phone"] == "+47 900 00 000"
    assert before.changed_by_name == "Per"


def test_noting_the_same_again_makes_no_version(world: World, at: datetime) -> None:
    actions.note_identity(person=world.jonas, phone="+47 900 00 000", by=world.by("Per"), at=at)

    assert Identity.objects.get(person=world.jonas).version == 2


def test_two_corrections_at_once_meet_field_by_field(world: World, at: datetime) -> None:
    actions.correct_identity(
        person=world.jonas, version=2, phone="+47 1", wanted_name="Joni", by=world.by("Asa"), at=at
    )

    mine = {"phone": "+47 2", "wanted_name": "Jonas", "safe_channel": "through the library"}
    with pytest.raises(Stale) as stale:
        actions.correct_identity(person=world.jonas, version=2, by=world.by("Per"), at=at, **mine)

    merge = stale.value.merge(mine)
    assert [clash.field for clash in merge.clashes] == ["phone"]
    assert merge.taken == {"wanted_name": "Joni", "safe_channel": "through the library"}


def test_a_mentor_corrects_nothing(world: World, at: datetime) -> None:
    with pytest.raises(Refusal):
        actions.note_identity(person=world.jonas, wanted_name="Joni", by=world.by("Mona"), at=at)

    assert Identity.objects.get(person=world.jonas).version == 2


def test_nothing_of_the_name_lies_in_the_database(world: World) -> None:
    with connection.cursor() as cursor:
        for table in ("people_identity", "people_identityversion", "people_person", "journal_entry"):
            cursor.execute(f"SELECT * FROM {table}")
            lying = repr(
                [bytes(cell) if isinstance(cell, memoryview) else cell for row in cursor for cell in row]
            )
            assert "Jonas" not in lying
            assert "undocumented" not in lying


def test_destroying_the_key_ends_every_value_and_version(world: World, at: datetime) -> None:
    actions.note_identity(person=world.jonas, phone="+47 911 11 111", by=world.by("Per"), at=at)

    with journal.recorded(OPENING_SEEN, by=world.by("Asa"), at=at):
        destroy_key(KeyRef(KeyKind.PERSON, world.jonas.pk), at=at)

    with pytest.raises(KeyDestroyed):
        actions.reach_client(person=world.jonas, by=world.by("Asa"), at=at)
    with pytest.raises(KeyDestroyed):
        IdentityVersion.objects.filter(person=world.jonas).first().values.open()  # type: ignore[union-attr]


def test_what_was_opened_does_not_print_itself(world: World, at: datetime) -> None:
    reached = actions.reach_client(person=world.jonas, by=world.by("Asa"), at=at)
    opened = actions.open_identity(person=world.jonas, reason="check", by=world.by("Asa"), at=at)

    assert "Jonas" not in f"{reached} {reached!r} {opened} {opened!r}"


def test_residence_status_is_in_no_export(world: World) -> None:
    assert NEVER_EXPORTED == ("residence_status",)
