# SPDX-License-Identifier: AGPL-3.0-or-later
"""What the rooms above show of people: my day, the case's page, what is held."""

from __future__ import annotations

from datetime import datetime

import pytest

from exitwork.people import actions, seams
from exitwork.people.models import Dependant, Identity, Profile, Relation, Stop
from tests.people.conftest import World

WHY = "The hostel asks for a date of birth tonight"


def waiting(world: World, name: str, at: datetime) -> list[str]:
    context = seams.my_day(world.by(name), None, at) or {"attention": []}
    return [item["title"] for item in context["attention"]]


def test_an_unsafe_phone_waits_on_everybodys_day_who_meets_the_client(world: World, at: datetime) -> None:
    actions.phone_no_longer_safe(person=world.jonas, by=world.by("Asa"), at=at)

    for name in ("Asa", "Per", "Mona"):
        assert waiting(world, name, at) == ["The phone of Curlew is no longer safe"]
    for name in ("Eva", "Odd", "Ruth"):
        assert waiting(world, name, at) == []


def test_an_opening_from_outside_waits_for_the_team(world: World, at: datetime) -> None:
    actions.open_identity(person=world.jonas, reason="danger", words=WHY, by=world.by("Liv"), at=at)

    assert waiting(world, "Asa", at) == ["Liv opened who Curlew is"]
    assert waiting(world, "Liv", at) == waiting(world, "Mona", at) == []


def test_my_day_shows_no_sealed_word(world: World, at: datetime) -> None:
    actions.open_identity(person=world.jonas, reason="danger", words=WHY, by=world.by("Liv"), at=at)

    assert WHY not in repr(seams.my_day(world.by("Asa"), None, at))


def test_the_cases_page_offers_to_reach_the_client(world: World) -> None:
    page = world.signed_in("Asa").get(f"/cases/{world.case.ref}/")

    assert page.status_code == 200
    assert f"/people/{world.jonas.ref}/reach/".encode() in page.content
    assert f"/people/{world.jonas.ref}/safety/stop/".encode() in page.content


def test_a_mentor_is_not_offered_what_does_not_open_to_him(world: World) -> None:
    page = world.signed_in("Mona").get(f"/cases/{world.case.ref}/")

    assert page.status_code == 200
    assert f"/people/{world.jonas.ref}/reach/".encode() not in page.content


def test_what_is_held_of_a_person_holds_no_child(world: World, at: datetime) -> None:
    asa = world.by("Asa")
    child = actions.record_dependant(guardian=world.jonas, by=asa, at=at)
    actions.note_relation(person=world.jonas, kind="friend", who="T.", by=asa, at=at)
    actions.note_profile(person=world.jonas, ideologies=["mixed"], by=asa, at=at)
    actions.phone_no_longer_safe(person=world.jonas, by=asa, at=at)

    rows = list(seams.held(world.jonas))

    assert {Identity, Relation, Profile, Stop} <= {type(row) for row in rows}
    assert not [row for row in rows if isinstance(row, Dependant) or row.pk == child.person.pk]


@pytest.mark.parametrize(("name", "sees"), [("Ruth", True), ("Asa", False), ("Liv", False)])
def test_only_wall_keepers_are_shown_the_way_to_the_walls(
    world: World, at: datetime, name: str, sees: bool
) -> None:
    assert (seams.navigation(world.by(name), None, at) is not None) is sees
