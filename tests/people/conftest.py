# SPDX-License-Identifier: AGPL-3.0-or-later
"""Exit Oslo with its people, a case about Jonas, and Ila prison beside it."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta

import pytest
from django.test import Client

from exitwork.accounts.actions import open_account
from exitwork.accounts.models import Account
from exitwork.accounts.sessions import HAS_FACTOR
from exitwork.cases.actions import assign, open_case
from exitwork.cases.models import Case
from exitwork.cases.words import Function
from exitwork.kernel.standing import Role, Standing, machine
from exitwork.organisations import actions as houses
from exitwork.organisations.models import Organisation
from exitwork.organisations.standing import standing_of
from exitwork.organisations.words.kinds import Branch, Kind
from exitwork.people import actions
from exitwork.people.models import Face, Person
from exitwork.programmes.actions import start_programme
from exitwork.programmes.packs.shelf import shipped
from exitwork.vault.epoch import Epoch
from exitwork.vault.holder import using
from exitwork.vault.keeper import Keeper
from exitwork.vault.master import MasterKey, Ring

COMMAND_LINE = machine("command line")
PASSWORD = "quiet lantern mossy harbour"
LONG_AGO = timedelta(days=30)


@dataclass
class World:
    """People by name, and the case about Jonas, whom Asa manages."""

    at: datetime
    oslo: Organisation
    ila: Organisation
    accounts: dict[str, Account] = field(default_factory=dict)
    case: Case = field(init=False)
    jonas: Person = field(init=False)

    def by(self, name: str, at: datetime | None = None) -> Standing:
        """The standing of somebody, with a second factor."""
        return standing_of(self.accounts[name], None, at or self.at, has_second_factor=True)

    def joins(self, name: str, organisation: Organisation, *roles: Role) -> None:
        """Somebody belongs to an organisation, in these roles, since long ago."""
        began = self.at - LONG_AGO
        account = open_account(
            email=f"{name.lower()}@exit.example", name=name, password=PASSWORD, by=COMMAND_LINE, at=began
        )
        membership = houses.join(organisation=organisation, account=account, by=COMMAND_LINE, at=began)
        for role in roles:
            houses.grant_role(membership=membership, role=role, by=COMMAND_LINE, at=began)
        self.accounts[name] = account

    def face(self, name: str = "Harbour studio") -> Face:
        """A neutral name, made by the lead."""
        return actions.make_face(name=name, sender=name, by=self.by("Liv"), at=self.at)

    def signed_in(self, name: str) -> Client:
        """A browser in which somebody signed in, with a second factor."""
        browser = Client()
        browser.force_login(self.accounts[name])
        session = browser.session
        session[HAS_FACTOR] = True
        session.save()
        return browser


@pytest.fixture(autouse=True)
def _vault() -> object:
    """A vault of the test's own."""
    with using(Keeper(Ring((MasterKey.new(),)), Epoch())) as here:
        yield here


@pytest.fixture
def world(db: None, at: datetime) -> World:
    """Asa manages the case about Jonas, Per is tandem partner, Mona mentors; Eva does not know of it."""
    return built(at)


@pytest.fixture
def served_world(committed_database: object, at: datetime) -> World:
    """The same, kept in a database that a served program reads."""
    return built(at)


def built(at: datetime) -> World:
    """Exit Oslo, Ila prison, and the case about Jonas, made by the product's own actions."""
    before = at - LONG_AGO
    world = World(
        at,
        _house("Exit Oslo", Kind.CIVIL, Branch.CSO, before),
        _house("Ila prison", Kind.STATE, Branch.PRISON, before),
    )
    world.joins("Liv", world.oslo, Role.LEAD)
    for name in ("Asa", "Per", "Eva"):
        world.joins(name, world.oslo, Role.CASE_WORKER)
    world.joins("Mona", world.oslo, Role.MENTOR)
    world.joins("Ruth", world.oslo, Role.WALL_KEEPER)
    world.joins("Odd", world.ila, Role.PRACTITIONER)
    programme = start_programme(
        organisation=world.oslo,
        pack=shipped()["exit-sweden"],
        starts=date(2026, 1, 1),
        by=COMMAND_LINE,
        at=before,
    )
    asa = world.by("Asa", before)
    world.jonas = actions.record_person(pseudonym="Curlew", by=asa, at=before)
    world.case = open_case(programme=programme, person=world.jonas, by=asa, at=before)
    for name, function in (("Per", Function.TANDEM), ("Mona", Function.MENTOR)):
        assign(case=world.case, account=world.accounts[name], function=function, by=asa, at=before)
    return world


def _house(name: str, kind: Kind, branch: Branch, at: datetime) -> Organisation:
    return houses.open_organisation(
        name=name, kind=kind, branch=branch, zone="Europe/Oslo", legal_profile="no", by=COMMAND_LINE, at=at
    )


@pytest.fixture
def later(at: datetime) -> datetime:
    """Two days after nothing special happened."""
    return at.astimezone(UTC) + timedelta(days=2)
