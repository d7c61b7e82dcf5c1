# SPDX-License-Identifier: AGPL-3.0-or-later
"""A child is read by whoever may read a case about its guardian; lists and rules agree (S22)."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from exitwork.access.register import rule_of
from exitwork.people import actions
from exitwork.people.models import Dependant, Person, Profile, Relation
from tests.people.conftest import World

pytestmark = pytest.mark.both_databases
EVERYBODY = [
    ("Asa", True),
    ("Per", True),
    ("Mona", True),
    ("Liv", True),
    ("Eva", False),
    ("Ruth", False),
    ("Odd", False),
]


@pytest.mark.parametrize(("name", "sees"), EVERYBODY)
def test_a_child_is_seen_by_whoever_sees_its_guardian(
    world: World, at: datetime, name: str, sees: bool
) -> None:
    child = actions.record_dependant(guardian=world.jonas, by=world.by("Asa"), at=at)
    later = at + timedelta(days=10)
    by = world.by(name, later)

    assert Person.objects.visible_to(by, later).filter(pk=child.person.pk).exists() is sees
    assert Dependant.objects.visible_to(by, later).filter(pk=child.pk).exists() is sees
    assert bool(rule_of(Person).decide(by, child.person, later)) is sees
    assert bool(rule_of(Dependant).decide(by, child, later)) is sees


@pytest.mark.parametrize(("name", "sees"), EVERYBODY)
def test_what_belongs_to_a_person_is_read_as_the_person_is(
    world: World, at: datetime, name: str, sees: bool
) -> None:
    asa = world.by("Asa")
    relation = actions.note_relation(person=world.jonas, kind="friend", who="T.", by=asa, at=at)
    profile = actions.note_profile(person=world.jonas, ideologies=["mixed"], by=asa, at=at)

    for row in (relation, profile):
        model: type[Relation] | type[Profile] = type(row)
        listed = model.objects.visible_to(world.by(name), at).filter(pk=row.pk).exists()
        assert listed is sees
        assert bool(rule_of(model).decide(world.by(name), row, at)) is sees
