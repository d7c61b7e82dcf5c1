# SPDX-License-Identifier: AGPL-3.0-or-later
"""What no standing can ever do, proved over the rules themselves (Z3).

The proofs read the rules' own formulas; each fact is a symbol without meaning, so what is proved
holds whatever the data. What ties symbols to each other is stated as an axiom below, each one the
plain reading of a fact in ``rules``; that the facts say the same in SQL is proved elsewhere
(``test_lists_agree``). ``security.md`` 3.1 names the invariants.
"""

from __future__ import annotations

from typing import Any

import pytest
import z3

from exitwork.access.rules import may_open_in_emergency, may_review_opening
from exitwork.cases.rules import (
    may_keep_out,
    may_open_case,
    may_read_case,
    may_read_case_part,
    may_read_opening,
    may_steer_case,
    may_write_in_case,
)
from exitwork.contacts.rules import may_correct_contact, may_promote_contact, may_read_contact
from exitwork.drafts.rules import may_read_draft
from exitwork.kernel.facts import Fact
from exitwork.kernel.rules import Rule
from exitwork.kernel.secrecy import Tier
from exitwork.kernel.standing import CASEWORK, Role

CASE_RULES = [may_read_case, may_write_in_case, may_steer_case, may_keep_out]
CONTENT_RULES = [may_read_case, may_write_in_case, may_steer_case]
ON_TEAM = ("manages", "is_assigned", "stands_in", "works_as_professional")


def symbol(name: str) -> Any:
    """A fact as a symbol."""
    return z3.Bool(name)


def term(formula: Any) -> Any:
    """A rule's formula for the prover."""
    if isinstance(formula, str):
        return symbol(formula)
    head, *parts = formula
    if head == "not":
        return z3.Not(term(parts[0]))
    return (z3.And if head == "and" else z3.Or)(*[term(part) for part in parts])


def holds(claim: Any, *given: Any) -> bool:
    """Whether the claim follows from what is given, whatever the facts."""
    solver = z3.Solver()
    solver.add(*given, z3.Not(claim))
    return bool(solver.check() == z3.unsat)


def allows(rule: Rule, tier: Tier | None = None) -> Any:
    """The rule says yes (and opens the tier)."""
    return term(rule.formula(tier))


on_team = z3.Or(*[symbol(name) for name in ON_TEAM])
leads = z3.Or(symbol("leads_programme"), symbol("is_mine_to_lead"))
# Each part of the team is on the team: Assignment rows are the one source of all of them.
TEAM = [
    z3.Implies(symbol("stands_in"), symbol("is_assigned")),
    z3.Implies(symbol("works_as_professional"), symbol("is_assigned")),
]
# Leading and emergencies are of one's own organisation: said in the facts themselves.
OWN = [
    z3.Implies(symbol("leads_programme"), symbol("own")),
    z3.Implies(symbol("is_mine_to_lead"), symbol("own")),
    z3.Implies(symbol("of_my_organisation"), symbol("own")),
    z3.Implies(symbol("is_opened_in_emergency"), symbol("own")),
]
# For a state organisation, every case not its own is foreign to it.
STATE = [z3.Implies(z3.And(symbol("by_state"), z3.Not(symbol("own"))), symbol("is_foreign_to_state"))]


@pytest.mark.parametrize("rule", CASE_RULES, ids=lambda rule: rule.name)
def test_i1_an_inactive_account_may_do_nothing(rule: Rule) -> None:
    assert holds(z3.Implies(allows(rule), symbol("is_active")))


@pytest.mark.parametrize("rule", CASE_RULES, ids=lambda rule: rule.name)
def test_i2_the_administrator_role_appears_in_no_rule_about_cases(rule: Rule) -> None:
    assert "administers" not in {fact.symbol for fact in rule.facts()}


def test_i2_and_does_not_count_as_casework() -> None:
    assert Role.ADMINISTRATOR not in CASEWORK


@pytest.mark.parametrize("rule", CASE_RULES, ids=lambda rule: rule.name)
def test_i3_a_state_organisation_reaches_no_case_but_its_own(rule: Rule) -> None:
    assert holds(z3.Implies(allows(rule), z3.Implies(symbol("by_state"), symbol("own"))), *STATE)


@pytest.mark.parametrize("rule", CONTENT_RULES, ids=lambda rule: rule.name)
def test_i3_another_organisations_case_opens_by_assignment_only(rule: Rule) -> None:
    assert holds(z3.Implies(z3.And(allows(rule), z3.Not(symbol("own"))), on_team), *OWN)


@pytest.mark.parametrize("rule", CONTENT_RULES, ids=lambda rule: rule.name)
def test_i4_nothing_opens_without_team_lead_or_emergency(rule: Rule) -> None:
    ways = z3.Or(on_team, leads, symbol("is_opened_in_emergency"))
    assert holds(z3.Implies(allows(rule), ways))


@pytest.mark.parametrize("tier", [Tier.CONTENT, Tier.IDENTITY, Tier.SECURITY], ids=lambda tier: tier.name)
def test_i5_no_tier_opens_to_whom_the_case_does_not(tier: Tier) -> None:
    assert holds(z3.Implies(allows(may_read_case, tier), allows(may_read_case)))


def test_i5_identity_does_not_open_to_a_lead_who_is_not_on_the_team() -> None:
    opened = allows(may_read_case, Tier.IDENTITY)
    assert holds(z3.Implies(opened, z3.Or(on_team, symbol("is_opened_in_emergency"))), *TEAM)


def test_i5_a_mentor_alone_opens_neither_identity_nor_security() -> None:
    only_mentor = [
        z3.Not(symbol(name))
        for name in (
            "manages",
            "works_as_professional",
            "stands_in",
            "is_opened_in_emergency",
            "leads_programme",
            "is_mine_to_lead",
        )
    ]
    for tier in (Tier.IDENTITY, Tier.SECURITY):
        assert holds(z3.Not(allows(may_read_case, tier)), *only_mentor)


def test_i6_nothing_at_all_opens_tier_four() -> None:
    assert holds(z3.Not(allows(may_read_case, Tier.SEALED)))
    assert holds(z3.Not(allows(may_read_case_part, Tier.SEALED)))


def test_i6_an_emergency_needs_casework_a_second_factor_and_ones_own_organisation() -> None:
    needs = [symbol(name) for name in ("does_casework", "has_second_factor", "of_my_organisation")]
    assert holds(z3.Implies(allows(may_open_in_emergency), z3.And(*needs)))


def test_i6_an_overdue_review_blocks_the_next_emergency() -> None:
    assert holds(z3.Implies(symbol("owes_a_review"), z3.Not(allows(may_open_in_emergency))))


def test_i7_nobody_reviews_his_own_opening() -> None:
    assert holds(z3.Implies(allows(may_review_opening), z3.Not(symbol("is_my_opening"))))


def test_i7_who_reviews_may_read_what_he_reviews() -> None:
    assert holds(z3.Implies(allows(may_review_opening), allows(may_read_opening)))


def test_i9_a_working_note_opens_to_its_author_alone() -> None:
    reads = allows(may_read_contact)
    assert holds(z3.Implies(z3.And(reads, z3.Not(symbol("is_record"))), symbol("wrote_it")))


def test_i9_a_draft_opens_to_who_typed_it_alone() -> None:
    assert holds(z3.Implies(allows(may_read_draft), symbol("typed_it")))


def test_a_part_of_a_case_opens_only_with_its_case() -> None:
    for rule in (may_read_case_part, may_read_contact):
        assert holds(z3.Implies(allows(rule), symbol("case_is_readable")))


def test_promoting_and_correcting_need_the_right_to_write_in_the_case() -> None:
    for rule in (may_promote_contact, may_correct_contact):
        assert holds(z3.Implies(allows(rule), symbol("writes_in_case")))


@pytest.mark.parametrize("rule", [*CASE_RULES, may_review_opening], ids=lambda rule: rule.name)
def test_i10_another_forbid_never_enlarges_access(rule: Rule) -> None:
    further = Fact("further", "further", truth=lambda _by, _thing, _at: True)
    narrower = Rule(
        rule.name,
        permits=rule.permits,
        forbids=(*rule.forbids, further),
        within=rule.within,
        opens=rule.opens,
    )
    assert holds(z3.Implies(allows(narrower), allows(rule)))


@pytest.mark.parametrize("rule", CASE_RULES, ids=lambda rule: rule.name)
def test_i10_every_forbid_bars_whatever_else_is_true(rule: Rule) -> None:
    for forbid in rule.forbids:
        assert holds(z3.Implies(term(forbid.formula()), z3.Not(allows(rule))))


def test_i11_no_role_that_counts_or_funds_opens_a_case() -> None:
    assert CASEWORK.isdisjoint({Role.FUNDER, Role.EVALUATOR, Role.NETWORK_OFFICER, Role.TRAINER})
    for rule in CASE_RULES:
        standing_only = {"is_active", "does_casework", "has_second_factor", "administers", "protects_data"}
        without_ties = [
            z3.Not(symbol(fact.symbol)) for fact in rule.facts() if fact.symbol not in standing_only
        ]
        assert holds(z3.Not(allows(rule)), *without_ties), rule.name


def test_opening_a_case_needs_casework() -> None:
    assert holds(z3.Implies(allows(may_open_case), symbol("does_casework")))


def test_a_false_claim_is_refuted_with_an_example() -> None:
    claim = z3.Implies(allows(may_read_case), symbol("manages"))
    solver = z3.Solver()
    solver.add(z3.Not(claim))

    assert solver.check() == z3.sat
    example = solver.model()
    assert z3.is_true(example.eval(allows(may_read_case), model_completion=True))
    assert not z3.is_true(example.eval(symbol("manages"), model_completion=True))
