# SPDX-License-Identifier: AGPL-3.0-or-later
"""Recording a person, and who may read him."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from exitwork.journal.models import Entry
from exitwork.kernel.decisions import Refusal
from exitwork.kernel.references import is_reference
from exitwork.kernel.versions import Stale
from exitwork.people import actions, queries
from exitwork.people.models import Identity, Person
from exitwork.people.words.pseudonyms import PSEUDONYMS, suggested_pseudonym
from exitwork.vault.keys import KeyKind, KeyRef, load_keys
from tests.people.conftest import World

pytestmark = pytest.mark.both_databases


def test_a_person_is_recorded_without_a_name(world: World, at: datetime) -> None:
    person = actions.record_person(by=world.by("Asa"), at=at)

    assert is_reference(person.ref)
    assert person.pseudonym in {str(word) for word in PSEUDONYMS}
    assert load_keys([KeyRef(KeyKind.PERSON, person.pk)])
    assert not Identity.objects.get(person=person).wanted_name
    entry = Entry.objects.get(event="people.person.recorded", about_id=person.pk)
    assert (entry.by_name, entry.about_ref) == ("Asa", person.ref)


def test_two_people_may_be_called_alike(world: World, at: datetime) -> None:
    first = actions.record_person(pseudonym="Heron", by=world.by("Asa"), at=at)
    second = actions.record_person(pseudonym="Heron", by=world.by("Asa"), at=at)

    assert first.ref != second.ref


def test_a_suggestion_does_not_ask_who_is_there(
    world: World, django_assert_num_queries: pytest.FixtureRequest
) -> None:
    with django_assert_num_queries(0):  # type: ignore[operator]
        assert suggested_pseudonym()


@pytest.mark.parametrize("name", ["Ruth"])
def test_whoever_does_no_casework_records_nobody(world: World, at: datetime, name: str) -> None:
    with pytest.raises(Refusal):
        actions.record_person(pseudonym="Heron", by=world.by(name), at=at)

    assert not Person.objects.filter(pseudonym="Heron").exists()


@pytest.mark.parametrize(
    ("name", "sees"),
    [
        ("Asa", True),
        ("Per", True),
        ("Mona", True),
        ("Liv", True),
        ("Eva", False),
        ("Ruth", False),
        ("Odd", False),
    ],
)
def test_a_person_is_seen_by_whoever_may_read_his_case(
    world: World, at: datetime, name: str, sees: bool
) -> None:
    assert Person.objects.visible_to(world.by(name), at).filter(pk=world.jonas.pk).exists() is sees


def test_whoever_recorded_a_person_sees_him_for_a_day_without_a_case(world: World, at: datetime) -> None:
    person = actions.record_person(by=world.by("Eva"), at=at)

    assert person in Person.objects.visible_to(world.by("Eva"), at)
    later = at + timedelta(days=2)
    assert person not in Person.objects.visible_to(world.by("Eva", later), later)


def test_how_somebody_takes_things_in_is_changed_from_a_version(world: World, at: datetime) -> None:
    changed = actions.change_taking_in(
        person=world.jonas, version=1, languages=["ar", "de"], reads="not", by=world.by("Asa"), at=at
    )

    assert queries.takes_in(changed) == ["Arabic, German", "Does not read"]
    with pytest.raises(Stale) as stale:
        actions.change_taking_in(person=world.jonas, version=1, reads="well", by=world.by("Per"), at=at)
    assert stale.value.merge({"reads": "well"}).clashes[0].theirs == "not"


def test_a_person_does_not_say_his_pseudonym_as_text(world: World) -> None:
    assert "Curlew" not in str(world.jonas)
    assert "Curlew" not in repr(world.jonas)
