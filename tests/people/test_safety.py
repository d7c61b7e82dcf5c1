# SPDX-License-Identifier: AGPL-3.0-or-later
"""Faces, what is settled about contact, and the stop of everything outgoing (S7)."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from django.db import IntegrityError

from exitwork import journal
from exitwork.journal.models import Entry
from exitwork.kernel.decisions import Refusal
from exitwork.kernel.versions import Stale
from exitwork.people import actions, queries
from exitwork.people.models import ContactSafety, Face, Stop
from exitwork.people.rules import Outgoing
from exitwork.people.words.choices import Channel, Paper
from exitwork.people.words.events import FACE_MADE, PHONE_SAFE
from exitwork.people.words.neutral import telling_words
from tests.people.conftest import World

pytestmark = pytest.mark.both_databases


def settled(world: World, at: datetime, **differs: object) -> ContactSafety:
    given: dict[str, object] = {
        "hours": {"text": "Mon-Fri 10:00-20:00"},
        "saved_as": "Marit hair",
        "not_alone": "The dog is ill",
    }
    given |= differs
    given.setdefault("face", None)
    given["face"] = given["face"] or world.face()
    return actions.settle_safety(person=world.jonas, by=world.by("Asa"), at=at, **given)  # type: ignore[arg-type]


def text(face: Face) -> Outgoing:
    return Outgoing(channel=Channel.TEXT, face=face.pk, words="Thursday at five is fine.")


@pytest.mark.parametrize(
    "name",
    [
        "EXIT Oslo",
        "Exit-Oslo",
        "e x i t",
        "Ausstiegshilfe",
        "Aussteiger e.V.",
        "Deradikalisierung",
        "Prison visits",
    ],
)
def test_a_face_never_says_what_we_do(world: World, at: datetime, name: str) -> None:
    with pytest.raises(Refusal) as refusal:
        actions.make_face(name=name, sender="Harbour", by=world.by("Liv"), at=at)

    assert refusal.value.code == "people.face.telling"
    assert not Face.objects.exists()


def test_a_programmes_own_name_tells_as_well(world: World, at: datetime) -> None:
    with pytest.raises(Refusal):
        actions.make_face(name="Harbour", sender="Pairs office", further=["PAIRS"], by=world.by("Liv"), at=at)


@pytest.mark.parametrize("column", ["name", "sender", "letterhead", "calendar_title", "link_host"])
def test_the_database_refuses_a_telling_face_too(world: World, at: datetime, column: str) -> None:
    face = Face(organisation=world.oslo, name="Harbour", sender="Harbour", calendar_title="Visit", made_at=at)
    setattr(face, column, "the Exit office")

    with pytest.raises(IntegrityError), journal.recorded(FACE_MADE, by=world.by("Liv"), at=at):
        face.save(force_insert=True)


def test_accents_and_spaces_hide_nothing() -> None:
    assert telling_words("E.X.I.T") == ("exit",)
    assert telling_words("Radïcál") == ("radical",)
    assert telling_words("Bewährung")
    assert not telling_words("Harbour studio")


def test_two_faces_of_one_name_are_not_told_apart(world: World, at: datetime) -> None:
    world.face("Harbour")

    with pytest.raises(Refusal) as refusal:
        world.face("Harbour")

    assert refusal.value.code == "people.face.twice"


def test_only_lead_or_administrator_make_a_face(world: World, at: datetime) -> None:
    with pytest.raises(Refusal):
        actions.make_face(name="Harbour", sender="Harbour", by=world.by("Asa"), at=at)


def test_what_is_settled_is_sealed_and_can_be_read_by_the_team(world: World, at: datetime) -> None:
    settled(world, at)

    words = actions.read_safety(person=world.jonas, by=world.by("Per"), at=at)
    assert (words["saved_as"], words["not_alone"], words["question"]) == ("Marit hair", "The dog is ill", "")
    assert Entry.objects.filter(event="people.safety.read", about_id=world.jonas.pk, by_name="Per").exists()
    with pytest.raises(Refusal):
        actions.read_safety(person=world.jonas, by=world.by("Mona"), at=at)


def test_settling_anew_starts_from_the_version_read(world: World, at: datetime) -> None:
    first = settled(world, at)

    again = settled(
        world, at, face=first.face, version=1, hours={"call": "Sat 10:00-12:00"}, paper=Paper.LOOK
    )
    assert (again.version, again.hours) == (2, {"call": "Sat 10:00-12:00"})
    assert again.saved_as.open() == "Marit hair"
    with pytest.raises(Stale):
        settled(world, at, face=first.face, version=1)


def test_hours_that_cannot_be_read_are_named(world: World, at: datetime) -> None:
    with pytest.raises(Refusal, match="late evening"):
        settled(world, at, hours={"text": "late evening"})

    assert not ContactSafety.objects.exists()


def test_a_face_of_another_organisation_is_not_ours(world: World, at: datetime) -> None:
    with journal.recorded(FACE_MADE, by=world.by("Liv"), at=at):
        foreign = Face.objects.create(
            organisation=world.ila, name="Garden", sender="Garden", calendar_title="Visit", made_at=at
        )

    with pytest.raises(Refusal):
        settled(world, at, face=foreign)


def test_nothing_goes_out_before_it_is_settled(world: World, at: datetime) -> None:
    decision = queries.let_out(person=world.jonas, message=text(world.face()), by=world.by("Asa"), at=at)

    assert not decision
    assert Entry.objects.filter(event="people.message.stopped", about_id=world.jonas.pk).exists()


@pytest.mark.parametrize("name", ["Asa", "Mona", "Liv"])
def test_the_button_stops_everything_at_once(world: World, at: datetime, name: str) -> None:
    face = settled(world, at).face
    assert queries.let_out(person=world.jonas, message=text(face), by=world.by("Asa"), at=at)

    stopped = actions.phone_no_longer_safe(person=world.jonas, by=world.by(name), at=at)

    assert stopped.needs_meeting
    assert not queries.let_out(person=world.jonas, message=text(face), by=world.by("Asa"), at=at)
    entry = Entry.objects.get(event="people.phone.unsafe")
    assert entry.details.open() == {"needs_meeting": True}


def test_pressed_twice_it_is_stopped_once(world: World, at: datetime) -> None:
    actions.phone_no_longer_safe(person=world.jonas, by=world.by("Asa"), at=at)
    actions.phone_no_longer_safe(person=world.jonas, by=world.by("Per"), at=at)

    assert Stop.objects.open().count() == 1


def test_whoever_stopped_it_does_not_lift_it_alone(world: World, at: datetime, later: datetime) -> None:
    stop = actions.phone_no_longer_safe(person=world.jonas, by=world.by("Asa"), at=at).stop

    with pytest.raises(Refusal):
        actions.lift_stop(stop=stop, how="second-person", by=world.by("Asa"), at=later)
    with pytest.raises(Refusal) as refusal:
        actions.lift_stop(stop=stop, how="meeting", by=world.by("Asa"), at=later)
    assert refusal.value.code == "people.stop.no_meeting"
    assert queries.open_stop(world.jonas) == stop


def test_a_second_person_lifts_it(world: World, at: datetime, later: datetime) -> None:
    stop = actions.phone_no_longer_safe(person=world.jonas, by=world.by("Asa"), at=at).stop

    actions.lift_stop(stop=stop, how="second-person", by=world.by("Per"), at=later)

    assert queries.open_stop(world.jonas) is None


def test_after_a_meeting_the_same_person_lifts_it(world: World, at: datetime, later: datetime) -> None:
    stop = actions.phone_no_longer_safe(person=world.jonas, by=world.by("Asa"), at=at).stop

    actions.lift_stop(stop=stop, how="meeting", met_at=at + timedelta(days=1), by=world.by("Asa"), at=later)

    assert queries.open_stop(world.jonas) is None


def test_a_meeting_before_the_stop_or_in_the_future_lifts_nothing(
    world: World, at: datetime, later: datetime
) -> None:
    stop = actions.phone_no_longer_safe(person=world.jonas, by=world.by("Asa"), at=at).stop

    for met_at in (at - timedelta(days=1), later + timedelta(days=1)):
        with pytest.raises(Refusal):
            actions.lift_stop(stop=stop, how="meeting", met_at=met_at, by=world.by("Asa"), at=later)


def test_the_database_lets_nobody_lift_his_own_stop(world: World, at: datetime, later: datetime) -> None:
    stop = actions.phone_no_longer_safe(person=world.jonas, by=world.by("Asa"), at=at).stop
    stop.lifted_at, stop.lifted_by, stop.lifted_how = later, stop.stopped_by, "second-person"

    with pytest.raises(IntegrityError), journal.recorded(PHONE_SAFE, by=world.by("Asa"), at=later):
        stop.save()
