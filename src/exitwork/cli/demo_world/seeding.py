# SPDX-License-Identifier: CC0-1.0
"""Builds the demo's network: houses, people, programmes, then months of casework."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, timedelta

from exitwork.accounts.actions import open_account
from exitwork.accounts.models import Account
from exitwork.cli.demo_world.casework import work
from exitwork.cli.demo_world.cast import HOUSES, House
from exitwork.kernel.standing import Standing, machine
from exitwork.organisations.actions import grant_role, join, open_organisation
from exitwork.organisations.models import Organisation
from exitwork.organisations.standing import standing_of
from exitwork.programmes.actions import start_programme
from exitwork.programmes.models import Programme
from exitwork.programmes.packs.shelf import shipped
from exitwork.programmes.words import Form

DEMO = machine("demo")
BEGAN = timedelta(days=540)


@dataclass
class Network:
    """The network while it is built, by the keys of the cast."""

    at: datetime
    organisations: dict[str, Organisation] = field(default_factory=dict)
    accounts: dict[str, Account] = field(default_factory=dict)
    houses: dict[str, str] = field(default_factory=dict)
    programmes: dict[str, Programme] = field(default_factory=dict)

    def by(self, key: str, at: datetime) -> Standing:
        """The standing of somebody of the cast at a moment, signed in with a second factor."""
        organisation = self.organisations[self.houses[key]]
        return standing_of(self.accounts[key], organisation.pk, at, has_second_factor=True)


def seed(at: datetime) -> None:
    """Fill an empty installation with the demo's network."""
    network = Network(at)
    began = at - BEGAN
    for house in HOUSES:
        _open(house, network, began)
    work(network)


def _open(house: House, network: Network, at: datetime) -> None:
    organisation = open_organisation(
        name=house.name,
        kind=house.kind,
        branch=house.branch,
        zone=house.zone,
        language=house.language,
        legal_profile=house.legal_profile,
        by=DEMO,
        at=at,
    )
    network.organisations[house.key] = organisation
    for someone in house.people:
        account = open_account(
            email=f"{someone.key}@demo.invalid",
            name=someone.name,
            language=someone.language,
            by=DEMO,
            at=at,
        )
        membership = join(
            organisation=organisation, account=account, function=someone.function, by=DEMO, at=at
        )
        for role in someone.roles:
            grant_role(membership=membership, role=role, by=DEMO, at=at)
        network.accounts[someone.key], network.houses[someone.key] = account, house.key
    for key in house.packs:
        lead = network.by(house.people[0].key, at)
        network.programmes[key] = start_programme(
            organisation=organisation,
            pack=shipped()[key],
            starts=lead.day_of(at),
            form=Form.PROGRAMME,
            by=lead,
            at=at,
        )
