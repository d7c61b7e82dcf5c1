# SPDX-License-Identifier: AGPL-3.0-or-later
"""Children and other dependants (S22), relations as descriptions (S4), target groups and ideologies."""

from __future__ import annotations

from datetime import date, datetime

import pytest
from django.db import IntegrityError, connection

from exitwork import journal
from exitwork.kernel.decisions import Refusal
from exitwork.kernel.versions import Stale
from exitwork.people import actions, queries
from exitwork.people.actions.around import opened_record
from exitwork.people.models import Dependant, Person, Profile, Relation
from exitwork.people.words.events import PROFILE_NOTED
from exitwork.vault.keys import KeyKind, KeyRef, destroy_key, load_keys
from tests.people.conftest import World

pytestmark = pytest.mark.both_databases


def child_of(world: World, at: datetime, **record: object) -> Dependant:
    return actions.record_dependant(
        guardian=world.jonas,
        born_in=2019,
        health="Asthma",
        by=world.by("Asa"),
        at=at,
        **record,  # type: ignore[arg-type]
    )


def test_a_child_has_its_own_key_and_short_record(world: World, at: datetime) -> None:
    child = child_of(world, at, decides="one-parent")

    assert child.person.is_dependant
    assert load_keys([KeyRef(KeyKind.PERSON, child.person.pk)])
    assert opened_record(child) | {"health": "Asthma", "decides": "one-parent"} == opened_record(child)
    assert child.review_on == date(2038, 1, 1)
    assert queries.dependants(world.jonas) == [child]


def test_the_childs_record_stays_when_the_guardians_key_is_destroyed(world: World, at: datetime) -> None:
    child = child_of(world, at)

    with journal.recorded(PROFILE_NOTED, by=world.by("Asa"), at=at):
        destroy_key(KeyRef(KeyKind.PERSON, world.jonas.pk), at=at)

    assert opened_record(Dependant.objects.get(pk=child.pk))["health"] == "Asthma"


def test_a_child_gets_no_ideology_and_no_target_group(world: World, at: datetime) -> None:
    child = child_of(world, at).person

    with pytest.raises(Refusal):
        actions.note_profile(person=child, ideologies=["right-wing"], by=world.by("Asa"), at=at)


def test_the_database_holds_no_ideology_of_a_child(world: World, at: datetime) -> None:
    child = child_of(world, at).person

    with pytest.raises(IntegrityError), journal.recorded(PROFILE_NOTED, by=world.by("Asa"), at=at):
        Profile.objects.create(
            organisation=world.oslo,
            person_id=child.pk,
            as_of=at.date(),
            content={"ideologies": ["right-wing"]},
            noted_at=at,
        )
        connection.check_constraints()


def test_a_child_cannot_be_given_a_record_in_its_own_right(world: World, at: datetime) -> None:
    child = child_of(world, at).person
    child.own_right_id = child.pk

    with pytest.raises(IntegrityError), journal.recorded(PROFILE_NOTED, by=world.by("Asa"), at=at):
        child.save()


def test_nobody_with_a_profile_becomes_a_dependant(world: World, at: datetime) -> None:
    actions.note_profile(person=world.jonas, ideologies=["right-wing"], by=world.by("Asa"), at=at)
    jonas = Person.objects.get(pk=world.jonas.pk)
    jonas.kind, jonas.own_right_id = "dependant", None

    with pytest.raises(IntegrityError), journal.recorded(PROFILE_NOTED, by=world.by("Asa"), at=at):
        jonas.save()
        connection.check_constraints()


def test_a_childs_tables_have_no_column_for_what_it_must_not_have() -> None:
    columns = {
        field.name for model in (Person, Dependant) for field in model._meta.get_fields(include_hidden=True)
    }

    for word in ("ideolog", "target", "threat", "return"):
        assert not [column for column in columns if word in column]


def test_a_dependants_record_is_changed_from_a_version(world: World, at: datetime) -> None:
    child = child_of(world, at)

    actions.change_dependant(dependant=child, version=1, school="Second form", by=world.by("Per"), at=at)

    with pytest.raises(Stale) as stale:
        actions.change_dependant(dependant=child, version=1, health="Well", by=world.by("Asa"), at=at)
    assert stale.value.theirs["school"] == "Second form"


def test_a_child_is_no_guardian(world: World, at: datetime) -> None:
    child = child_of(world, at).person
    with pytest.raises(Refusal):
        actions.record_dependant(guardian=child, by=world.by("Asa"), at=at)


def test_a_relation_is_a_description_in_one_record(world: World, at: datetime) -> None:
    actions.note_relation(
        person=world.jonas,
        kind="sibling",
        who="my brother Nils",
        pull="holds",
        knows="no",
        by=world.by("Asa"),
        at=at,
    )

    (one,) = queries.around(world.jonas)
    assert (one.who, str(one.kind), str(one.pull)) == ("my brother Nils", "Brother or sister", "Gives hold")
    links = [field for field in Relation._meta.get_fields() if field.related_model is Person]
    assert [link.name for link in links] == ["person"]


def test_an_ended_relation_is_shown_no_more(world: World, at: datetime) -> None:
    relation = actions.note_relation(person=world.jonas, kind="comrade", who="T.", by=world.by("Asa"), at=at)

    actions.end_relation(relation=relation, by=world.by("Per"), at=at)

    assert queries.around(world.jonas) == []


@pytest.mark.parametrize("name", ["Eva", "Ruth", "Odd"])
def test_whoever_is_not_on_the_case_notes_nothing_around(world: World, at: datetime, name: str) -> None:
    with pytest.raises(Refusal):
        actions.note_relation(person=world.jonas, kind="friend", who="T.", by=world.by(name), at=at)

    assert not Relation.objects.exists()


def test_target_groups_and_ideologies_are_dated_and_several(world: World, at: datetime) -> None:
    first = date(2026, 9, 1)
    actions.note_profile(
        person=world.jonas, ideologies=["right-wing", "conspiracy"], as_of=first, by=world.by("Asa"), at=at
    )
    actions.note_profile(
        person=world.jonas, target_groups=["has-left"], ideologies=["mixed"], by=world.by("Per"), at=at
    )

    now, before = queries.pictures(world.jonas)
    assert ([str(label) for label in now.target_groups], now.noted_by) == (["Has left already"], "Per")
    assert (before.as_of, len(before.ideologies)) == (first, 2)
