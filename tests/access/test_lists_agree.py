# SPDX-License-Identifier: AGPL-3.0-or-later
"""A list and a rule can't disagree: what ``decide`` allows is what ``visible_to`` selects."""

from __future__ import annotations

import os
import time
from collections import Counter
from typing import Any

import pytest
from django.db import transaction

from exitwork.access.compile import where
from exitwork.access.register import rule_of
from exitwork.cases.models import Case
from exitwork.contacts.models import Contact
from tests.access.random_worlds import AT, RandomWorld, governed, random_rules

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases]

SHORT_WORLDS = 2
SECONDS = float(os.environ.get("EXITWORK_TEST_SECONDS", "30"))  # 0: until the full count is reached
FULL = 1_000_000


def lists_of(model: Any) -> Any:
    """The model's lists."""
    return model._default_manager


def compared(world: RandomWorld, standings: int) -> Counter[str]:
    """Compare every decision with every list; how many of each model were compared."""
    counted: Counter[str] = Counter()
    for by in world.standings(standings):
        for model, rows in world.rows.items():
            rule = rule_of(model)
            listed = set(lists_of(model).visible_to(by, AT).values_list("pk", flat=True))
            allowed = {row.pk for row in rows if rule.decide(by, row, AT)}
            mine = {row.pk for row in rows}
            assert listed & mine == allowed, f"{model.__name__} for {by}: {listed & mine ^ allowed}"
            counted[model.__name__] += len(rows)
    return counted


def one_world(seed: int, standings: int) -> Counter[str]:
    """A world, compared, and gone again."""
    before = transaction.savepoint()
    counted = compared(RandomWorld(seed), standings)
    transaction.savepoint_rollback(before)
    return counted


def test_lists_and_rules_agree_in_random_worlds() -> None:
    counted: Counter[str] = Counter()
    for seed in range(SHORT_WORLDS):
        counted += one_world(seed, standings=10)

    never_made = {model.__name__ for model in governed()} - set(counted)
    assert not never_made, f"the random worlds hold no rows of {never_made}"


def test_the_parts_of_one_case_are_the_parts_the_general_list_shows() -> None:
    world = RandomWorld(seed=7)
    for by in world.standings(12):
        everything = Contact.objects.visible_to(by, AT)
        for case in world.rows[Case]:
            inside = set(Contact.objects.visible_in(case, by, AT, column="case").values_list("pk", flat=True))
            assert inside == set(everything.filter(case=case).values_list("pk", flat=True))


def agreeing(world: RandomWorld, rules: int, standings: int) -> int:
    """Compare rules nobody would write with the lists compiled from them; how many decisions."""
    cases = world.rows[Case]
    for by in world.standings(standings):
        for rule in random_rules(world.random, rules):
            listed = set(Case.objects.filter(where(Case, rule.among(by, AT))).values_list("pk", flat=True))
            allowed = {case.pk for case in cases if rule.decide(by, case, AT)}
            assert listed & {case.pk for case in cases} == allowed, f"{rule.formula()} for {by}"
    return len(cases) * rules * standings


def test_rules_nobody_would_write_agree_too() -> None:
    assert agreeing(RandomWorld(seed=11), rules=20, standings=5)


@pytest.mark.long
def test_lists_and_rules_agree_for_as_long_as_there_is_time(capsys: pytest.CaptureFixture[str]) -> None:
    counted: Counter[str] = Counter()
    began, seed = time.monotonic(), 1_000
    while (time.monotonic() - began < SECONDS) if SECONDS else (counted.total() < FULL):
        counted += one_world(seed, standings=40)
        before = transaction.savepoint()
        counted["rules at random"] += agreeing(RandomWorld(-seed), rules=30, standings=10)
        transaction.savepoint_rollback(before)
        seed += 1
    with capsys.disabled():
        print(
            f"\n  {counted.total():,} decisions compared with lists in {seed - 1_000} worlds, 0 differences"
        )
