# SPDX-License-Identifier: AGPL-3.0-or-later
"""Codes come after the note, in one list; a worry has a quiet link that stores nothing."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from exitwork.cases.words import Function
from exitwork.journal.models import Entry
from exitwork.people.actions.walls import exclude_person
from tests.world import World

pytestmark = pytest.mark.django_db


@pytest.fixture
def oslo(world: World) -> World:
    """Asa manages Heron; Per is a colleague."""
    world.given_a_worker("Asa", of="Exit Oslo")
    world.given_a_worker("Per", of="Exit Oslo")
    world.given_a_case("Heron", managed_by="Asa")
    return world


def test_codes_of_the_last_weeks_are_set_in_one_list(oslo: World) -> None:
    note = oslo.as_("Asa").writes("About the flat.", on="Heron")
    browser = oslo.as_("Asa").browser()
    assert "no code yet" in browser.get("/").content.decode()
    assert "About the flat." in browser.get("/notes/codes/").content.decode()

    browser.post("/notes/codes/", {"contact": note.ref, "area": "functional", "pillar": "", "once": "c"})

    note.refresh_from_db()
    assert note.area == "functional"
    assert "About the flat." not in browser.get("/notes/codes/").content.decode()


def test_a_code_that_does_not_exist_is_refused_and_nothing_is_set(oslo: World) -> None:
    note = oslo.as_("Asa").writes("About the flat.", on="Heron")

    answer = oslo.as_("Asa").browser().post("/notes/codes/", {"contact": note.ref, "area": "weather"})

    note.refresh_from_db()
    assert answer.status_code == 200
    assert note.area == ""


def test_the_worry_page_names_the_team_and_writes_nothing_but_the_look(oslo: World) -> None:
    browser = oslo.as_("Asa").browser()
    ref = oslo.case("Heron").ref
    assert f"/cases/{ref}/worry/" in browser.get(f"/cases/{ref}/notes/new/").content.decode()
    before = Entry.objects.count()

    with CaptureQueriesContext(
        connection,
    ) as queries:
        page = browser.get(f"/cases/{ref}/worry/").content.decode()

    assert "Asa" in page
    assert Entry.objects.count() == before + 1
    written = [query["sql"] for query in queries if query["sql"].startswith(("INSERT", "UPDATE"))]
    assert all("journal_" in sql or "session" in sql or "sign" in sql for sql in written), written


def test_a_worker_who_excluded_somebody_is_never_put_on_the_case(oslo: World) -> None:
    oslo.as_("Asa").assigns("Per", to="Heron", as_=Function.TANDEM)
    person = oslo.case("Heron").person
    assert person is not None
    exclude_person(person=person, by=oslo.standing("Per"), at=oslo.at)

    with oslo.later(hours=1).refuses("cases.team.word_first"):
        oslo.as_("Asa").assigns("Per", to="Heron", as_=Function.DEPUTY)
