# SPDX-License-Identifier: AGPL-3.0-or-later
"""Who stands where, and what it costs to know."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest

from exitwork.kernel.standing import NOBODY, OrganisationKind, Role
from exitwork.organisations import actions
from exitwork.organisations.standing import standing_of
from tests.organisations.conftest import House

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases]


def test_a_standing_costs_three_queries_at_most(house: House, django_assert_max_num_queries: Any) -> None:
    with django_assert_max_num_queries(3):
        standing = standing_of(house.people["Per"], house.oslo.pk, house.at)

    assert standing.organisation == house.oslo.pk
    assert standing.organisation_kind is OrganisationKind.CIVIL
    assert standing.roles == {Role.ADMINISTRATOR, Role.CASE_WORKER}
    assert standing.reach == {house.oslo.pk}
    assert standing.zone == "Europe/Oslo"


def test_state_and_civil_people_stand_in_the_same_way(house: House) -> None:
    assert house.by("Kari").organisation_kind is OrganisationKind.STATE
    assert house.by("Kari").reach == {house.ila.pk}


def test_a_role_that_ended_is_gone_with_the_next_click(house: House) -> None:
    grant = house.members["Per"].grants.get(role=Role.CASE_WORKER)

    actions.end_role(grant=grant, by=house.by("Asa"), at=house.at)

    assert house.by("Per").roles == {Role.ADMINISTRATOR}
    assert Role.CASE_WORKER in house.by("Per", at=house.at - timedelta(seconds=1)).roles


def test_a_role_of_one_organisation_is_worth_nothing_in_another(house: House) -> None:
    house.joins("Per", house.ila, Role.PRACTITIONER)

    assert house.by("Per", house.ila).roles == {Role.PRACTITIONER}
    assert house.by("Per", house.oslo).roles == {Role.ADMINISTRATOR, Role.CASE_WORKER}


def test_an_organisation_one_does_not_belong_to_is_never_replaced_by_another(house: House) -> None:
    standing = standing_of(house.people["Per"], house.ila.pk, house.at)

    assert standing.organisation is None
    assert not standing.roles
    assert not standing.reach


def test_without_a_choice_the_longest_membership_counts(house: House) -> None:
    house.joins("Per", house.ila, Role.PRACTITIONER)

    assert standing_of(house.people["Per"], None, house.at).organisation == house.oslo.pk


def test_leading_a_programme_is_not_leading_the_organisation(house: House) -> None:
    programme = uuid4()
    actions.grant_role(
        membership=house.members["Jonas"],
        role=Role.LEAD,
        programme_id=programme,
        by=house.by("Asa"),
        at=house.at,
    )

    assert house.by("Jonas").leads == {programme}
    assert not house.by("Jonas").leads_all
    assert house.by("Liv").leads_all


def test_a_paused_account_stands_nowhere(house: House) -> None:
    actions.suspend_colleague(account=house.people["Per"], by=house.by("Liv"), at=house.at)

    assert house.by("Per") is NOBODY


def test_a_membership_that_ended_or_has_not_begun_gives_nothing(house: House) -> None:
    before = house.at - timedelta(days=31)
    assert house.by("Jonas", at=before).organisation is None

    actions.end_membership(membership=house.members["Jonas"], by=house.by("Asa"), at=house.at)

    assert house.by("Jonas").organisation is None
