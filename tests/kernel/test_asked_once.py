# SPDX-License-Identifier: AGPL-3.0-or-later
"""A page asks a fact once; an action never believes what a page was told."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any
from uuid import uuid4

from exitwork.kernel.facts import Fact, asked_anew, asked_once
from exitwork.kernel.rules import Rule
from exitwork.kernel.standing import Standing

AT = datetime(2026, 11, 19, 13, 0, tzinfo=UTC)
ASA, PER = Standing(account=uuid4()), Standing(account=uuid4())


class Heron:
    """A thing with a key."""

    def __init__(self) -> None:
        self.pk = uuid4()


def counted() -> tuple[Fact, list[Any]]:
    """A fact that says yes and remembers who asked."""
    asked: list[Any] = []

    def truth(by: Standing, thing: Any, _at: datetime) -> bool:
        asked.append((by.account, thing.pk))
        return True

    return Fact("is_seen", "is seen", truth=truth), asked


def test_outside_a_page_a_fact_is_asked_every_time() -> None:
    fact, asked = counted()
    heron = Heron()
    assert fact.holds(ASA, heron, AT)
    assert fact.holds(ASA, heron, AT)
    assert len(asked) == 2


def test_inside_a_page_a_fact_about_one_thing_is_asked_once() -> None:
    fact, asked = counted()
    heron = Heron()
    with asked_once():
        assert fact.holds(ASA, heron, AT)
        assert fact.holds(ASA, heron, AT)
        assert len(asked) == 1
    fact.holds(ASA, heron, AT)
    assert len(asked) == 2


def test_an_answer_is_for_one_standing_and_one_thing_only() -> None:
    fact, asked = counted()
    heron, wren = Heron(), Heron()
    with asked_once():
        fact.holds(ASA, heron, AT)
        fact.holds(PER, heron, AT)
        fact.holds(ASA, wren, AT)
    assert asked == [(ASA.account, heron.pk), (PER.account, heron.pk), (ASA.account, wren.pk)]


def test_a_change_asks_anew_and_forgets_what_the_page_was_told() -> None:
    fact, asked = counted()
    heron = Heron()
    with asked_once():
        fact.holds(ASA, heron, AT)
        with asked_anew():
            fact.holds(ASA, heron, AT)
            fact.holds(ASA, heron, AT)
        fact.holds(ASA, heron, AT)
    assert len(asked) == 4


def test_a_refusal_asks_each_fact_once_though_it_names_what_is_missing() -> None:
    asked: list[Any] = []

    def truth(_by: Standing, thing: Any, _at: datetime) -> bool:
        asked.append(thing)
        return False

    fact = Fact("is_on_team", "is on the team", truth=truth, lacking="The case manager can add you.")
    decision = Rule("may_look", permits=[fact]).decide(ASA, Heron(), AT)
    assert not decision
    assert len(asked) == 1
