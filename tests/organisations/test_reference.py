# SPDX-License-Identifier: AGPL-3.0-or-later
"""The page of roles says what the rules say."""

from __future__ import annotations

import pytest

from exitwork.kernel.rules import Rule
from exitwork.kernel.standing import NOBODY, Role, Standing
from exitwork.organisations import rules
from exitwork.organisations.reference import condition_of, roles_page, rules_here
from exitwork.organisations.words.roles import LABELS
from tests.organisations.test_rules import standing


def section(role: Role) -> str:
    """What the page says of a role."""
    return roles_page().split(f"\n## {LABELS[role]}\n")[1].split("\n## ")[0]


def test_every_role_and_every_rule_of_the_room_is_read() -> None:
    page = roles_page()

    assert all(f"\n## {LABELS[role]}\n" in page for role in Role)
    assert {rule.name for rule in rules_here()} >= {"may_grant_role", "may_pause", "may_read_membership"}


def test_only_administrators_grant_roles_on_the_page_too() -> None:
    granting = [role for role in Role if "may_grant_role" in section(role)]

    assert granting == [Role.ADMINISTRATOR]
    assert "not (it is about oneself)" in section(Role.ADMINISTRATOR)


def test_an_interpreter_may_nearly_nothing() -> None:
    said = section(Role.INTERPRETER)

    assert "may_read_site" not in said
    assert "`may_read_membership`: where it is about oneself\n" in f"{said}\n"


def test_opening_an_organisation_is_nobodys() -> None:
    assert "may_open_organisation" not in roles_page()


@pytest.mark.parametrize(
    ("rule", "by", "condition"),
    [
        (rules.may_open_organisation, NOBODY, False),
        (Rule("nothing", permits=[]), standing(), False),
        (Rule("mine", permits=[rules.is_signed_in]), standing(), True),
        (Rule("never", permits=[rules.is_signed_in], forbids=[rules.is_signed_in]), standing(), False),
        (Rule("other", permits=[~rules.works_inside]), standing(Role.INTERPRETER), True),
    ],
)
def test_conditions_fold_to_yes_or_no_where_the_standing_decides(
    rule: Rule, by: Standing, condition: bool
) -> None:
    assert condition_of(rule, by) is condition
