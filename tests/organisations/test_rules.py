# SPDX-License-Identifier: AGPL-3.0-or-later
"""Truth tables of the rules, without a database."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID, uuid4

import pytest

from exitwork.kernel.rules import Rule
from exitwork.kernel.standing import NOBODY, OrganisationKind, Role, Standing, machine
from exitwork.organisations import rules
from exitwork.organisations.words.roles import FROM_OUTSIDE

OSLO, ILA, ASA, PER = uuid4(), uuid4(), uuid4(), uuid4()


@dataclass
class Row:
    """What a rule reads of an organisation, a site, a membership or a grant."""

    pk: UUID
    organisation_id: UUID = OSLO
    account_id: UUID = PER
    until_at: datetime | None = None
    agreed_at: datetime | None = None

    @property
    def id(self) -> UUID:
        """The key."""
        return self.pk


def standing(
    *roles: Role, organisation: UUID | None = OSLO, account: UUID = ASA, factor: bool = True
) -> Standing:
    """Asa, acting for Exit Oslo."""
    return Standing(
        account=account,
        organisation=organisation,
        roles=frozenset(roles),
        leads_all=Role.LEAD in roles,
        reach=frozenset({organisation} if organisation else ()),
        is_active=True,
        has_second_factor=factor,
    )


ADMINISTRATOR = standing(Role.ADMINISTRATOR)
PERS_MEMBERSHIP = Row(uuid4())
OWN_MEMBERSHIP = Row(uuid4(), account_id=ASA)
FOREIGN_MEMBERSHIP = Row(uuid4(), organisation_id=ILA)


@pytest.mark.parametrize(
    ("by", "row", "allowed"),
    [
        (ADMINISTRATOR, PERS_MEMBERSHIP, True),
        (machine("command line"), PERS_MEMBERSHIP, True),
        # nobody raises himself
        (ADMINISTRATOR, OWN_MEMBERSHIP, False),
        # administering one organisation is nothing in another
        (ADMINISTRATOR, FOREIGN_MEMBERSHIP, False),
        # a password alone is not enough
        (standing(Role.ADMINISTRATOR, factor=False), PERS_MEMBERSHIP, False),
        # every other role
        *[(standing(role), PERS_MEMBERSHIP, False) for role in Role if role is not Role.ADMINISTRATOR],
        (standing(), PERS_MEMBERSHIP, False),
        (NOBODY, PERS_MEMBERSHIP, False),
        (standing(Role.ADMINISTRATOR, organisation=None), PERS_MEMBERSHIP, False),
    ],
)
def test_only_an_administrator_grants_roles_and_never_to_himself(
    by: Standing, row: Row, allowed: bool, at: datetime
) -> None:
    assert bool(rules.may_grant_role.decide(by, row, at)) is allowed


def test_a_role_is_not_granted_on_a_membership_that_is_over(at: datetime) -> None:
    over = Row(uuid4(), until_at=at)
    not_yet = Row(uuid4(), until_at=at + timedelta(seconds=1))

    assert not rules.may_grant_role.decide(ADMINISTRATOR, over, at)
    assert rules.may_grant_role.decide(ADMINISTRATOR, not_yet, at)


@pytest.mark.parametrize(
    ("by", "allowed"),
    [
        (ADMINISTRATOR, True),
        (standing(Role.ADMINISTRATOR, factor=False), True),
        (machine("command line"), True),
        (standing(Role.LEAD), False),
        (standing(Role.CASE_WORKER), False),
        (standing(Role.ADMINISTRATOR, organisation=ILA), False),
        (NOBODY, False),
    ],
)
def test_settings_are_changed_by_administrators_of_the_organisation(
    by: Standing, allowed: bool, at: datetime
) -> None:
    assert bool(rules.may_change_organisation.decide(by, Row(OSLO), at)) is allowed


def test_only_the_program_opens_an_organisation(at: datetime) -> None:
    assert rules.may_open_organisation.decide(machine("command line"), None, at)
    assert not rules.may_open_organisation.decide(ADMINISTRATOR, None, at)
    assert not rules.may_join_unasked.decide(ADMINISTRATOR, Row(OSLO), at)


@pytest.mark.parametrize("role", list(Role))
def test_colleagues_see_colleagues_and_people_from_outside_see_themselves(role: Role, at: datetime) -> None:
    inside = role not in FROM_OUTSIDE

    assert bool(rules.may_read_membership.decide(standing(role), PERS_MEMBERSHIP, at)) is inside
    assert rules.may_read_membership.decide(standing(role), OWN_MEMBERSHIP, at)
    assert not rules.may_read_membership.decide(standing(role), FOREIGN_MEMBERSHIP, at)
    assert bool(rules.may_read_site.decide(standing(role), Row(uuid4()), at)) is inside


@pytest.mark.parametrize("role", list(Role))
@pytest.mark.parametrize(
    "rule",
    [
        rules.may_grant_role,
        rules.may_read_membership,
        rules.may_read_site,
        rules.may_change_sites,
        rules.may_read_edition,
    ],
)
def test_no_rule_asks_whether_an_organisation_is_of_the_state(rule: Rule, role: Role, at: datetime) -> None:
    by = standing(role)
    other_kind = by.but(organisation_kind=OrganisationKind.STATE)

    for row in (PERS_MEMBERSHIP, OWN_MEMBERSHIP, FOREIGN_MEMBERSHIP):
        assert bool(rule.decide(by, row, at)) is bool(rule.decide(other_kind, row, at))


def test_every_refusal_says_what_is_missing(at: datetime) -> None:
    missing_factor = rules.may_grant_role.decide(
        standing(Role.ADMINISTRATOR, factor=False), PERS_MEMBERSHIP, at
    )
    himself = rules.may_grant_role.decide(ADMINISTRATOR, OWN_MEMBERSHIP, at)
    worker = rules.may_grant_role.decide(standing(Role.CASE_WORKER), PERS_MEMBERSHIP, at)

    assert "second factor" in str(getattr(missing_factor, "shown", ""))
    assert "himself" in str(getattr(himself, "shown", ""))
    assert "administrator" in str(getattr(worker, "shown", "")).lower()


def test_only_the_invited_person_answers_and_only_once(at: datetime) -> None:
    open_offer = Row(uuid4(), account_id=ASA)
    answered = Row(uuid4(), account_id=ASA, agreed_at=at)

    assert rules.may_answer_offer.decide(standing(organisation=None), open_offer, at)
    assert not rules.may_answer_offer.decide(standing(), PERS_MEMBERSHIP, at)
    assert not rules.may_answer_offer.decide(standing(), answered, at)


def test_anybody_pauses_himself_whatever_his_roles(at: datetime) -> None:
    assert rules.may_pause.decide(standing(organisation=None, factor=False), Row(ASA), at)
    assert not rules.may_pause.forbids
