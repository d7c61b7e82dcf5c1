# SPDX-License-Identifier: AGPL-3.0-or-later
"""Two organisations and their people: Exit Oslo (Asa and Per administer) and Ila prison (Kari)."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta

import pytest

from exitwork.accounts.actions import open_account
from exitwork.accounts.models import Account
from exitwork.kernel.standing import Role, Standing, machine
from exitwork.organisations import actions
from exitwork.organisations.models import Membership, Organisation
from exitwork.organisations.standing import standing_of
from exitwork.organisations.words.kinds import Branch, Kind

COMMAND_LINE = machine("command line")
PASSWORD = "quiet lantern mossy harbour"


@dataclass
class House:
    """Organisations and people by name."""

    at: datetime
    oslo: Organisation
    ila: Organisation
    people: dict[str, Account] = field(default_factory=dict)
    members: dict[str, Membership] = field(default_factory=dict)

    def by(self, name: str, organisation: Organisation | None = None, at: datetime | None = None) -> Standing:
        """The standing of somebody, with a second factor."""
        key = organisation.pk if organisation else None
        return standing_of(self.people[name], key, at or self.at, has_second_factor=True)

    def joins(self, name: str, organisation: Organisation, *roles: Role) -> Membership:
        """Somebody with a password belongs to an organisation."""
        account = self.people.get(name) or open_account(
            email=f"{name.lower()}@exit.example", name=name, password=PASSWORD, by=COMMAND_LINE, at=self.at
        )
        membership = actions.join(organisation=organisation, account=account, by=COMMAND_LINE, at=self.at)
        for role in roles:
            actions.grant_role(membership=membership, role=role, by=COMMAND_LINE, at=self.at)
        self.people[name] = account
        self.members.setdefault(name, membership)
        return membership


@pytest.fixture
def opened(db: None, at: datetime) -> Callable[..., Organisation]:
    """Opens an organisation by name."""

    def made(name: str, kind: Kind = Kind.CIVIL, branch: Branch = Branch.CSO) -> Organisation:
        return actions.open_organisation(
            name=name,
            kind=kind,
            branch=branch,
            zone="Europe/Oslo",
            legal_profile="no",
            by=COMMAND_LINE,
            at=at - timedelta(days=30),
        )

    return made


@pytest.fixture
def house(opened: Callable[..., Organisation], at: datetime) -> House:
    """Exit Oslo with two administrators, a lead and a case worker; Ila prison with one of each."""
    began = at - timedelta(days=30)
    house = House(began, opened("Exit Oslo"), opened("Ila prison", Kind.STATE, Branch.PRISON))
    house.joins("Asa", house.oslo, Role.ADMINISTRATOR)
    house.joins("Per", house.oslo, Role.ADMINISTRATOR, Role.CASE_WORKER)
    house.joins("Liv", house.oslo, Role.LEAD)
    house.joins("Jonas", house.oslo, Role.CASE_WORKER)
    house.joins("Noor", house.oslo, Role.INTERPRETER)
    house.joins("Kari", house.ila, Role.ADMINISTRATOR)
    house.joins("Odd", house.ila, Role.PRACTITIONER)
    house.at = at
    return house
