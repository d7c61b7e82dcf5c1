# SPDX-License-Identifier: AGPL-3.0-or-later
"""Rules read without a database: forbid wins, the default is no, and a no says why."""

from __future__ import annotations

from datetime import datetime
from types import SimpleNamespace
from typing import Any
from uuid import uuid4

import pytest

from exitwork.kernel.decisions import Allowed, Refusal, Refused
from exitwork.kernel.facts import Fact, Own
from exitwork.kernel.rules import Rule
from exitwork.kernel.secrecy import Tier
from exitwork.kernel.standing import Role, Standing

ASA = Standing(account=uuid4(), name="Asa", roles=frozenset({Role.CASE_WORKER}), is_active=True)


def says(symbol: str, **sentences: Any) -> Fact:
    """A fact that is true of a thing with that attribute."""
    return Fact(symbol, symbol, truth=lambda _by, thing, _at: getattr(thing, symbol), **sentences)


team = says("team", lacking="You are not on the team. The case manager can add you.")
agreed = says("agreed", lacking="The client has not agreed.")
closed = says("closed", bars="The case is closed.")
secret = says("secret", bars="His brother is with us too.", wall="This needs a word with the lead first.")

rule = Rule(
    "may_write",
    permits=[team & agreed],
    forbids=[closed, secret],
    opens={Tier.CONTENT: agreed},
    otherwise="Not here.",
)


def case(**true: bool) -> SimpleNamespace:
    """A thing of which only what is named is true."""
    return SimpleNamespace(**{**dict.fromkeys(("team", "agreed", "closed", "secret"), False), **true})


@pytest.mark.parametrize(
    ("thing", "allowed"),
    [
        (case(), False),
        (case(team=True), False),
        (case(agreed=True), False),
        (case(team=True, agreed=True), True),
        (case(team=True, agreed=True, closed=True), False),
        (case(team=True, agreed=True, secret=True), False),
    ],
)
def test_a_permit_needs_all_its_facts_and_a_forbid_wins(
    thing: SimpleNamespace, allowed: bool, at: datetime
) -> None:
    assert bool(rule.decide(ASA, thing, at)) is allowed


def test_a_refusal_says_the_first_thing_that_is_missing(at: datetime) -> None:
    decision = rule.decide(ASA, case(agreed=True), at)

    assert decision == Refused("You are not on the team. The case manager can add you.", "may_write.team")


def test_an_allowed_decision_names_the_facts_that_carried_it(at: datetime) -> None:
    assert rule.decide(ASA, case(team=True, agreed=True), at) == Allowed(("team", "agreed"))


def test_a_walled_reason_is_not_shown_but_kept(at: datetime) -> None:
    decision = rule.decide(ASA, case(team=True, agreed=True, secret=True), at)

    assert isinstance(decision, Refused)
    assert decision.shown == "This needs a word with the lead first."
    assert decision.reason == "His brother is with us too."
    assert Refusal(decision).code == "may_write.secret"


def test_the_text_of_a_walled_refusal_is_the_shown_sentence(at: datetime) -> None:
    decision = rule.decide(ASA, case(secret=True), at)

    with pytest.raises(Refusal) as raised:
        decision.or_raise()

    assert str(raised.value) == "This needs a word with the lead first."


def test_a_rule_without_permits_refuses_everything(at: datetime) -> None:
    nothing = Rule("may_nothing", permits=[], otherwise="Nobody may.")

    assert nothing.decide(ASA, case(team=True), at) == Refused("Nobody may.", "may_nothing.no_permit")
    assert not nothing.among(ASA, at).permitted.terms


def test_a_fact_that_cannot_be_read_refuses(at: datetime, caplog: pytest.LogCaptureFixture) -> None:
    broken = Rule("may_break", permits=[team], otherwise="Not readable.")

    decision = broken.decide(ASA, object(), at)

    assert decision == Refused("Not readable.", "may_break.unreadable")
    assert "may_break" in caplog.text


def test_fields_of_a_refused_thing_are_none(at: datetime) -> None:
    assert rule.fields(ASA, case(agreed=True), at) == frozenset()


def test_fields_open_by_tier(at: datetime) -> None:
    opened = rule.fields(ASA, case(team=True, agreed=True), at)

    assert opened == {Tier.PUBLIC, Tier.OPERATIONAL, Tier.CONTENT}


def test_the_explanation_names_every_fact_forbidding_ones_first(at: datetime) -> None:
    lines = rule.explain(ASA, case(team=True), at)

    assert [(line.fact.symbol, line.is_true, line.forbids) for line in lines] == [
        ("closed", False, True),
        ("secret", False, True),
        ("team", True, False),
        ("agreed", False, False),
    ]


def test_the_formula_is_read_by_the_prover() -> None:
    assert rule.formula() == (
        "and",
        ("or", ("and", "team", "agreed")),
        ("not", "closed"),
        ("not", "secret"),
    )


def test_a_tier_that_nothing_opens_has_an_impossible_formula() -> None:
    assert rule.formula(Tier.IDENTITY) == ("or",)


def test_a_fact_about_the_standing_folds_to_everything_or_nothing(at: datetime) -> None:
    works = Fact(
        "works",
        "works",
        truth=lambda by, _thing, _at: by.is_active,
        reading=Own(lambda by, _at: by.is_active),
    )
    simple = Rule("may_see", permits=[works])

    assert simple.among(ASA, at).permitted.is_everything
    assert not simple.among(ASA.but(is_active=False), at).permitted.terms


def test_a_fact_without_a_reading_cannot_select_a_list(at: datetime) -> None:
    with pytest.raises(LookupError, match="team"):
        rule.among(ASA, at)
