# SPDX-License-Identifier: AGPL-3.0-or-later
"""Walls between records that touch; people a worker is never put together with (S4)."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from django.db import IntegrityError

from exitwork import journal
from exitwork.journal.models import Entry
from exitwork.kernel.decisions import Refusal
from exitwork.kernel.references import new_reference
from exitwork.people import actions, queries
from exitwork.people.models import Exclusion, Wall, WallDecision
from exitwork.people.rules import is_excluded
from exitwork.people.words.events import WALL_RAISED
from tests.people.conftest import World

pytestmark = pytest.mark.both_databases


def raised(world: World, at: datetime, kind: str = "siblings") -> Wall:
    actions.raise_wall(kind=kind, one=new_reference(), other=new_reference(), by=world.by("Asa"), at=at)
    return Wall.objects.latest("raised_at")


@pytest.mark.parametrize(
    ("name", "sees"), [("Ruth", True), ("Asa", False), ("Liv", False), ("Mona", False), ("Odd", False)]
)
def test_only_a_wall_keeper_sees_that_two_records_touch(
    world: World, at: datetime, name: str, sees: bool
) -> None:
    wall = raised(world, at)

    assert Wall.objects.visible_to(world.by(name), at).filter(pk=wall.pk).exists() is sees


def test_a_wall_holds_two_references_and_no_content(world: World) -> None:
    columns = {field.name for field in Wall._meta.concrete_fields}

    assert columns == {"id", "organisation", "ref", "kind", "one", "other", "raised_at"}


def test_telling_twice_makes_one_wall_and_the_same_answer(world: World, at: datetime) -> None:
    one, other = new_reference(), new_reference()

    actions.raise_wall(kind="couple", one=one, other=other, by=world.by("Asa"), at=at)
    actions.raise_wall(kind="couple", one=other.lower(), other=one, by=world.by("Per"), at=at)

    assert Wall.objects.count() == 1
    told = Entry.objects.filter(event="people.wall.raised").values_list("about_id", "about_ref")
    assert set(told) == {(None, "")}


def test_what_is_no_reference_is_refused_without_looking_anything_up(world: World, at: datetime) -> None:
    with pytest.raises(Refusal):
        actions.raise_wall(kind="couple", one="Jonas", other="Nils", by=world.by("Asa"), at=at)

    assert not Wall.objects.exists()


def test_a_wall_keeper_decides_with_a_day_to_look_again(world: World, at: datetime) -> None:
    wall = raised(world, at)
    again = at.date() + timedelta(days=90)

    actions.decide_wall(wall=wall, answer="apart", look_again_on=again, by=world.by("Ruth"), at=at)

    (kept,) = queries.walls(world.by("Ruth"), at)
    assert kept.decision is not None
    assert (kept.decision.answer, kept.decision.look_again_on) == ("apart", again)


def test_a_decision_follows_another_and_none_is_lost(world: World, at: datetime, later: datetime) -> None:
    wall = raised(world, at)
    again = later.date() + timedelta(days=90)
    actions.decide_wall(wall=wall, answer="apart", look_again_on=again, by=world.by("Ruth"), at=at)

    actions.decide_wall(wall=wall, answer="ask-clients", look_again_on=again, by=world.by("Ruth"), at=later)

    assert WallDecision.objects.filter(wall=wall).count() == 2
    assert queries.walls(world.by("Ruth"), later)[0].decision.answer == "ask-clients"  # type: ignore[union-attr]


@pytest.mark.parametrize("name", ["Asa", "Liv", "Odd"])
def test_nobody_else_decides(world: World, at: datetime, name: str) -> None:
    wall = raised(world, at)

    with pytest.raises(Refusal):
        actions.decide_wall(
            wall=wall, answer="apart", look_again_on=at.date() + timedelta(days=9), by=world.by(name), at=at
        )


def test_the_database_keeps_two_references_in_order(world: World, at: datetime) -> None:
    low, high = sorted([new_reference(), new_reference()])

    with pytest.raises(IntegrityError), journal.recorded(WALL_RAISED, by=world.by("Ruth"), at=at):
        Wall.objects.create(organisation=world.oslo, kind="couple", one=high, other=low, raised_at=at)


def test_a_worker_excludes_a_person_without_a_reason(world: World, at: datetime, later: datetime) -> None:
    exclusion = actions.exclude_person(person=world.jonas, by=world.by("Mona"), at=at)

    assert "reason" not in {field.name for field in Exclusion._meta.concrete_fields}
    assert is_excluded.holds(world.by("Mona"), world.jonas, at)
    assert not is_excluded.holds(world.by("Asa"), world.jonas, at)
    assert Exclusion.objects.keeps_apart(account=world.accounts["Mona"].pk, person=world.jonas.pk, at=at)

    actions.end_exclusion(exclusion=exclusion, by=world.by("Mona"), at=later)

    assert not is_excluded.holds(world.by("Mona"), world.jonas, later)


@pytest.mark.parametrize("name", ["Asa", "Liv", "Ruth"])
def test_nobody_else_sees_or_ends_an_exclusion(world: World, at: datetime, name: str) -> None:
    exclusion = actions.exclude_person(person=world.jonas, by=world.by("Mona"), at=at)

    assert not Exclusion.objects.visible_to(world.by(name), at).exists()
    with pytest.raises(Refusal):
        actions.end_exclusion(exclusion=exclusion, by=world.by(name), at=at)


def test_the_true_reason_of_an_exclusion_stays_behind_the_wall() -> None:
    assert str(is_excluded.wall) == "This needs a word with the team lead first."
