# SPDX-License-Identifier: AGPL-3.0-or-later
"""Two persons found to be one, and two again within thirty days."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from exitwork.kernel.decisions import Refusal
from exitwork.people import actions, queries
from exitwork.people.models import Merge, Person
from tests.people.conftest import World

pytestmark = pytest.mark.both_databases


@pytest.fixture
def twin(world: World, at: datetime) -> Person:
    """The record Asa made when she did not yet know it was Jonas."""
    return actions.record_person(pseudonym="Heron", by=world.by("Asa"), at=at)


def test_two_records_are_read_as_one_and_no_row_moves(world: World, at: datetime, twin: Person) -> None:
    actions.merge_persons(kept=world.jonas, merged=twin, by=world.by("Asa"), at=at)

    assert set(queries.same_human_as(twin)) == set(queries.same_human_as(world.jonas)) == {world.jonas, twin}
    assert queries.kept_for([twin.pk, world.jonas.pk]) == {twin.pk: world.jonas.pk}
    assert Person.objects.get(pk=twin.pk).pseudonym == "Heron"


def test_three_records_of_one_human_being_are_found_from_each(
    world: World, at: datetime, twin: Person
) -> None:
    third = actions.record_person(pseudonym="Wren", by=world.by("Asa"), at=at)
    for merged in (twin, third):
        actions.merge_persons(kept=world.jonas, merged=merged, by=world.by("Asa"), at=at)

    for person in (world.jonas, twin, third):
        assert set(queries.same_human_as(person)) == {world.jonas, twin, third}


def test_it_is_undone_within_thirty_days(world: World, at: datetime, twin: Person) -> None:
    merge = actions.merge_persons(kept=world.jonas, merged=twin, by=world.by("Asa"), at=at)
    case_less = world.by("Asa")

    actions.unmerge_persons(merge=merge, by=case_less, at=at + timedelta(hours=20))

    assert queries.same_human_as(world.jonas) == [world.jonas]
    assert Merge.objects.get(pk=merge.pk).undone_by == world.accounts["Asa"].pk


def test_after_thirty_days_it_stays(world: World, at: datetime, twin: Person) -> None:
    merge = actions.merge_persons(kept=world.jonas, merged=twin, by=world.by("Asa"), at=at)

    assert merge.can_be_undone(at + timedelta(days=30))
    assert not merge.can_be_undone(at + timedelta(days=30, seconds=1))


def test_a_person_i_may_not_read_is_not_merged(world: World, at: datetime) -> None:
    foreign = actions.record_person(pseudonym="Heron", by=world.by("Eva"), at=at)

    with pytest.raises(Refusal):
        actions.merge_persons(kept=world.jonas, merged=foreign, by=world.by("Asa"), at=at)

    assert not Merge.objects.exists()


def test_neither_chains_nor_circles_nor_oneself(world: World, at: datetime, twin: Person) -> None:
    third = actions.record_person(pseudonym="Wren", by=world.by("Asa"), at=at)
    actions.merge_persons(kept=world.jonas, merged=twin, by=world.by("Asa"), at=at)

    for kept, merged in (
        (world.jonas, world.jonas),
        (twin, third),
        (third, world.jonas),
        (twin, world.jonas),
    ):
        with pytest.raises(Refusal):
            actions.merge_persons(kept=kept, merged=merged, by=world.by("Asa"), at=at)


def test_a_child_is_not_merged_with_somebody_worked_with(world: World, at: datetime, twin: Person) -> None:
    child = actions.record_dependant(guardian=world.jonas, by=world.by("Asa"), at=at).person

    with pytest.raises(Refusal):
        actions.merge_persons(kept=twin, merged=child, by=world.by("Asa"), at=at)


@pytest.mark.parametrize(("name", "sees"), [("Asa", True), ("Per", False), ("Eva", False)])
def test_a_merge_is_seen_by_whoever_may_read_both(
    world: World, at: datetime, twin: Person, name: str, sees: bool
) -> None:
    merge = actions.merge_persons(kept=world.jonas, merged=twin, by=world.by("Asa"), at=at)

    assert Merge.objects.visible_to(world.by(name), at).filter(pk=merge.pk).exists() is sees
