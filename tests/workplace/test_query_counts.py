# SPDX-License-Identifier: AGPL-3.0-or-later
"""The number of questions a page asks the database does not grow with what the page shows."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client

from exitwork.cases.words import Function
from exitwork.contacts.words import Layer
from tests.world import World

pytestmark = pytest.mark.django_db

MOST_ON_THE_CASE_PAGE = 15


@pytest.fixture
def at() -> datetime:
    """An hour ago: sessions and pages read the clock of the machine."""
    return datetime.now(UTC) - timedelta(hours=1)


def asked(client: Client, path: str) -> int:
    """How many questions a page asks, once what is remembered is remembered."""
    client.get(path)
    questions: list[str] = []

    def note(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        if sql.lstrip("( ").upper().startswith(("SELECT", "WITH")):
            questions.append(sql)
        return execute(sql, params, many, context)

    with connection.execute_wrapper(note):
        response = client.get(path)
    assert response.status_code == 200
    return len(questions)


def counts(world: World) -> dict[str, int]:
    """What each page asks for Asa."""
    client = world.as_("Asa").browser()
    ref = world.cases["Heron"].ref
    paths = {"list": "/cases/", "case": f"/cases/{ref}/", "today": "/", "timeline": f"/cases/{ref}/timeline/"}
    return {name: asked(client, path) for name, path in paths.items()}


def given_little(world: World) -> World:
    """Asa with one case and one note."""
    world.given_a_worker("Asa", of="Exit Oslo")
    world.given_a_worker("Per", of="Exit Oslo")
    world.given_a_case("Heron", managed_by="Asa")
    world.as_("Asa").writes("A walk along the river.", on="Heron")
    return world


def given_more(world: World) -> World:
    """Nine cases more, a deputy, notes for more than one page of the timeline."""
    for number in range(9):
        world.given_a_case(f"Wren {number}", managed_by="Asa")
    world.as_("Asa").assigns("Per", to="Heron", as_=Function.DEPUTY)
    for number in range(35):
        world.later(minutes=1).as_("Asa").writes(f"Note {number}.", on="Heron")
    for number in range(3):
        world.as_("Asa").writes(f"For myself, {number}.", on="Heron", layer=Layer.WORKING_NOTE)
    return world


@pytest.mark.both_databases
def test_pages_ask_as_much_for_many_rows_as_for_one(world: World) -> None:
    little = counts(given_little(world))

    assert counts(given_more(world)) == little


@pytest.mark.both_databases
def test_the_case_page_asks_at_most_fifteen_times(world: World) -> None:
    assert counts(given_more(given_little(world)))["case"] <= MOST_ON_THE_CASE_PAGE
