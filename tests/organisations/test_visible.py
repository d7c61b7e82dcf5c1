# SPDX-License-Identifier: AGPL-3.0-or-later
"""Lists and rules agree: what ``visible_to`` selects is what the rule decides."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from exitwork.access.register import rule_of
from exitwork.kernel.standing import NOBODY, Role
from exitwork.organisations import actions
from exitwork.organisations.models import Catchment, Edition, Membership, Organisation, RoleGrant, Site
from exitwork.organisations.words.kinds import Reach
from tests.organisations.conftest import House

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases]

MODELS = [Organisation, Site, Catchment, Edition, Membership, RoleGrant]


def fill(house: House) -> None:
    """Rows of every kind in both organisations, some over, some not yet agreed to."""
    for organisation, who in ((house.oslo, "Asa"), (house.ila, "Kari")):
        by = house.by(who)
        actions.add_site(
            organisation=organisation, name="Main", catchment=[(Reach.POSTAL, "01")], by=by, at=house.at
        )
        actions.change(
            organisation=organisation,
            **organisation.settings_now(),
            version=1,
            by=by,
            at=house.at,
        )
    house.joins("Per", house.ila, Role.PRACTITIONER)
    actions.invite(
        organisation=house.oslo, email="odd@exit.example", name="x", by=house.by("Asa"), at=house.at
    )
    actions.end_membership(membership=house.members["Jonas"], by=house.by("Asa"), at=house.at)


@pytest.mark.parametrize("model", MODELS)
def test_lists_agree_with_rules_for_everybody(house: House, model: Any) -> None:
    fill(house)
    later = house.at + timedelta(hours=1)
    standings = [NOBODY]
    for name in house.people:
        standings += [
            house.by(name, None, later),
            house.by(name, house.oslo, later),
            house.by(name, house.ila, later),
        ]

    seen = 0
    for by in standings:
        listed = set(model.objects.visible_to(by, later))
        assert listed == {row for row in model.objects.all() if rule_of(model).decide(by, row, later)}
        seen += len(listed)
    assert seen


def test_one_organisation_does_not_see_who_works_for_another(house: House) -> None:
    kari = house.by("Kari")

    seen = Membership.objects.visible_to(kari, house.at)

    assert {row.account_id for row in seen} == {house.people["Kari"].pk, house.people["Odd"].pk}
    assert set(Organisation.objects.visible_to(kari, house.at)) == {house.ila}
