# SPDX-License-Identifier: AGPL-3.0-or-later
"""Ideologies an organisation names itself, reported under a common one (R41)."""

from __future__ import annotations

import re
from datetime import datetime

import pytest
from django.db import IntegrityError

from exitwork import journal
from exitwork.kernel.decisions import Refusal
from exitwork.people import actions, queries
from exitwork.people.models import OwnIdeology, Profile
from exitwork.people.words.events import IDEOLOGY_ADDED
from tests.people.conftest import World

pytestmark = pytest.mark.both_databases


def named(world: World, at: datetime) -> OwnIdeology:
    return actions.add_ideology(label="Water sceptics", reported_as="conspiracy", by=world.by("Liv"), at=at)


def test_an_own_ideology_is_noted_shown_and_reported_under_a_common_one(world: World, at: datetime) -> None:
    own = named(world, at)

    actions.note_profile(person=world.jonas, ideologies=[own.ref, "new-right"], by=world.by("Asa"), at=at)

    (picture,) = queries.pictures(world.jonas)
    assert [str(label) for label in picture.ideologies] == ["Water sceptics", "New right"]
    assert queries.reported_as([own.ref, "new-right"]) == {own.ref: "conspiracy", "new-right": "new-right"}


def test_a_retired_ideology_keeps_its_name_where_it_was_noted(world: World, at: datetime) -> None:
    own = named(world, at)
    actions.note_profile(person=world.jonas, ideologies=[own.ref], by=world.by("Asa"), at=at)

    actions.retire_ideology(ideology=own, by=world.by("Liv"), at=at)

    assert own.ref not in dict(queries.ideology_choices(world.oslo.pk))
    assert queries.pictures(world.jonas)[0].ideologies == ("Water sceptics",)


def test_an_unknown_ideology_is_refused(world: World, at: datetime) -> None:
    with pytest.raises(Refusal) as refusal:
        actions.note_profile(person=world.jonas, ideologies=["inferred"], by=world.by("Asa"), at=at)

    assert refusal.value.code == "people.profile.unknown"
    assert not Profile.objects.exists()


@pytest.mark.parametrize("name", ["Asa", "Mona", "Ruth"])
def test_only_lead_or_administrator_name_an_ideology(world: World, at: datetime, name: str) -> None:
    with pytest.raises(Refusal):
        actions.add_ideology(label="Water sceptics", reported_as="mixed", by=world.by(name), at=at)


def test_a_name_stands_once(world: World, at: datetime) -> None:
    named(world, at)

    with pytest.raises(Refusal):
        named(world, at)
    with pytest.raises(IntegrityError), journal.recorded(IDEOLOGY_ADDED, by=world.by("Liv"), at=at):
        OwnIdeology.objects.create(
            organisation=world.oslo, label="Other", reported_as="unheard-of", added_at=at
        )


def test_the_lead_adds_one_on_its_page_and_the_worker_finds_it(world: World) -> None:
    lead = world.signed_in("Liv")
    token = re.findall(rb'name="once" value="([^"]+)"', lead.get("/people/ideologies/").content)[-1].decode()
    lead.post("/people/ideologies/", {"label": "Water sceptics", "reported_as": "conspiracy", "once": token})

    asa = world.signed_in("Asa")
    assert b"Water sceptics" in asa.get(f"/people/{world.jonas.ref}/profile/").content
    assert asa.get("/people/ideologies/").status_code == 404


def test_a_new_picture_starts_from_the_last_one(world: World, at: datetime) -> None:
    actions.note_profile(person=world.jonas, target_groups=["has-left"], by=world.by("Asa"), at=at)

    page = world.signed_in("Asa").get(f"/people/{world.jonas.ref}/profile/").content.decode()

    assert re.search(r'value="has-left"\s+checked', page)
    assert not re.search(r'value="online"\s+checked', page)
