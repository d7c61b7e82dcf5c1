# SPDX-License-Identifier: AGPL-3.0-or-later
"""Interpreters: languages, confidentiality, places to keep away from, and the client's word (S24)."""

from __future__ import annotations

import re
from datetime import date, datetime, timedelta

import pytest

from exitwork.kernel.decisions import Refusal
from exitwork.people import actions, queries
from exitwork.people.models import Interpreter, InterpreterWish
from exitwork.people.rules import Asked, may_interpret
from tests.people.conftest import World

TODAY = date(2026, 11, 19)
NOOR = Asked(languages=["ar", "so"], confidential_from=TODAY)


@pytest.mark.parametrize(
    ("interpreter", "spoken", "wish", "code"),
    [
        (NOOR, ["ar"], "", ""),
        (NOOR, ["so", "de"], "wanted", ""),
        (NOOR, ["de"], "wanted", "language"),
        (NOOR, [], "", "language"),
        (NOOR, ["ar"], "refused", "refused"),
        (Asked(["ar"], None), ["ar"], "wanted", "not_bound"),
        (Asked(["ar"], TODAY + timedelta(days=1)), ["ar"], "", "not_bound"),
        (Asked(["ar"], TODAY, is_retired=True), ["ar"], "", "retired"),
    ],
)
def test_who_may_be_asked_to_interpret(interpreter: Asked, spoken: list[str], wish: str, code: str) -> None:
    decision = may_interpret(interpreter, spoken, wish, TODAY)

    assert bool(decision) is (code == "")
    if not decision:
        assert decision.code == f"people.interpreter.{code}"


def noor(world: World, at: datetime) -> Interpreter:
    return actions.add_interpreter(
        name="Noor",
        languages=["ar"],
        confidential_from=TODAY,
        not_near="the mosque in the east",
        by=world.by("Asa"),
        at=at,
    )


@pytest.mark.both_databases
def test_the_clients_last_word_on_an_interpreter_counts(world: World, at: datetime, later: datetime) -> None:
    interpreter = noor(world, at)
    person = actions.change_taking_in(
        person=world.jonas, version=1, languages=["ar"], by=world.by("Asa"), at=at
    )
    assert queries.suited(person, world.by("Asa"), at)[0].decision

    actions.note_wish(person=person, interpreter=interpreter, wish="refused", by=world.by("Asa"), at=at)
    assert not queries.suited(person, world.by("Asa"), at)[0].decision

    actions.note_wish(person=person, interpreter=interpreter, wish="wanted", by=world.by("Per"), at=later)
    (one,) = queries.suited(person, world.by("Asa", later), later)
    assert (bool(one.decision), one.wish) == (True, "wanted")
    assert InterpreterWish.objects.count() == 2


@pytest.mark.both_databases
def test_an_interpreter_points_at_no_case_and_no_person() -> None:
    related = {field.name for field in Interpreter._meta.concrete_fields if field.is_relation}

    assert related == {"organisation"}


@pytest.mark.both_databases
@pytest.mark.parametrize(("name", "sees"), [("Asa", True), ("Mona", True), ("Ruth", False), ("Odd", False)])
def test_interpreters_are_seen_by_whoever_works_on_cases(
    world: World, at: datetime, name: str, sees: bool
) -> None:
    noor(world, at)

    assert bool(queries.interpreters(world.by(name), at)) is sees


@pytest.mark.both_databases
@pytest.mark.parametrize("name", ["Eva", "Odd"])
def test_a_wish_is_noted_on_the_case_team_only(world: World, at: datetime, name: str) -> None:
    interpreter = noor(world, at)

    with pytest.raises(Refusal):
        actions.note_wish(
            person=world.jonas, interpreter=interpreter, wish="refused", by=world.by(name), at=at
        )
    assert not InterpreterWish.objects.exists()


@pytest.mark.both_databases
def test_a_retired_interpreter_is_asked_no_more(world: World, at: datetime) -> None:
    actions.retire_interpreter(interpreter=noor(world, at), by=world.by("Per"), at=at)

    assert queries.interpreters(world.by("Asa"), at) == []


def test_an_interpreter_is_added_and_refused_on_the_pages(world: World) -> None:
    browser = world.signed_in("Asa")
    form = browser.get("/people/interpreters/")
    token = re.findall(rb'name="once" value="([^"]+)"', form.content)[-1].decode()
    browser.post("/people/interpreters/", {"name": "Noor", "languages": "Arabic, Somali", "once": token})
    interpreter = Interpreter.objects.get()
    assert interpreter.languages == ["ar", "so"]

    address = f"/people/{world.jonas.ref}/interpreters/"
    assert b"has not signed confidentiality" in browser.get(address).content
    browser.post(f"{address}{interpreter.ref}/", {"wish": "refused"})

    assert b"The client does not want this interpreter." in browser.get(address).content
    assert browser.post(f"{address}{interpreter.ref}/", {"wish": "perhaps"}).status_code == 404
    assert world.signed_in("Ruth").get("/people/interpreters/").status_code == 404
