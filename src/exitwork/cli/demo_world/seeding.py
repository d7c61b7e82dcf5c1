# SPDX-License-Identifier: AGPL-3.0-or-later
"""Builds the demo's network: houses, people, programmes, then eighteen months of casework.

* Everything goes through the product's own actions, each with its own entry in the journal.
* One transaction: the demo is there whole or not at all.
"""

from __future__ import annotations

import secrets
from datetime import datetime, timedelta

from django.utils.translation import gettext_lazy as _

from exitwork.accounts import demo
from exitwork.accounts.actions import accept, invite, open_account
from exitwork.accounts.words import Carried
from exitwork.cli.demo_world.casework import plan_cases
from exitwork.cli.demo_world.cast import House, Someone, houses
from exitwork.cli.demo_world.network import Network
from exitwork.cli.demo_world.today import plan_today
from exitwork.journal.recording import recorded
from exitwork.kernel.events import Event
from exitwork.kernel.standing import Role, machine
from exitwork.organisations.actions import add_site, grant_role, join, open_organisation
from exitwork.people.actions import add_interpreter, make_face
from exitwork.programmes.actions import start_programme
from exitwork.programmes.packs.shelf import shipped
from exitwork.programmes.words import Form

DEMO = machine("demo")
BEGAN = timedelta(days=560)
IN_CHARGE = {Role.LEAD, Role.ADMINISTRATOR}
SEEDED = Event("cli.demo.seeded", _("Demo filled with an invented network"))


def seed(at: datetime) -> demo.Cast:
    """Fill an empty installation with the demo's network; who can be tried out is given back."""
    network = Network(at)
    with recorded(SEEDED, by=DEMO, at=at):
        for house in houses():
            _open(house, network, at - BEGAN)
        plan_cases(network)
        plan_today(network)
        network.play()
    return _cast(network)


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
    for someone in (*house.people, *house.paused):
        _join(someone, house, network, at)
    for place in house.sites:
        add_site(
            organisation=organisation,
            name=place.name,
            place=place.address,
            is_hidden=place.is_hidden,
            catchment=place.catchment,
            by=DEMO,
            at=at,
        )
    _furnish(house, network, at)


def _join(someone: Someone, house: House, network: Network, at: datetime) -> None:
    account = open_account(
        email=_email(someone), name=someone.name, language=someone.language, by=DEMO, at=at
    )
    if someone in house.people:
        # A password nobody knows: who has none counts as not having accepted the invitation.
        invited = invite(account=account, carried=Carried.PRINTED, by=DEMO, at=at)
        accept(invitation=invited.invitation, password=secrets.token_urlsafe(32), at=at)
    membership = join(
        organisation=network.organisations[house.key],
        account=account,
        function=someone.function,
        by=DEMO,
        at=at,
    )
    for role in someone.roles:
        grant_role(membership=membership, role=role, by=DEMO, at=at)
    network.accounts[someone.key], network.houses[someone.key] = account, house.key


def _furnish(house: House, network: Network, at: datetime) -> None:
    """Programmes, neutral faces and interpreters."""
    organisation = network.organisations[house.key]
    for key in house.packs:
        network.programmes[house.key, key] = start_programme(
            organisation=organisation,
            pack=shipped()[key],
            starts=at.date(),
            form=Form.PROGRAMME,
            by=DEMO,
            at=at,
        )
    in_charge = network.by(next(each.key for each in house.people if IN_CHARGE & {*each.roles}))
    network.faces[house.key] = [
        make_face(name=name, sender=sender, calendar_title=title, by=in_charge, at=at)
        for name, sender, title in house.faces
    ]
    network.interpreters[house.key] = [
        add_interpreter(name=name, languages=languages, confidential_from=at.date(), by=in_charge, at=at)
        for name, languages in house.interpreters
    ]


def _email(someone: Someone) -> str:
    return f"{someone.key}@demo.invalid"


def _cast(network: Network) -> demo.Cast:
    return demo.Cast(
        tuple(
            demo.House(
                house.name,
                house.is_what,
                tuple(
                    demo.Someone(each.key, each.name, each.function, each.sees, _email(each), each.language)
                    for each in house.people
                ),
            )
            for house in houses()
        ),
        demo.Story(worker="asa", colleague="ylva", case=network.cases["Heron"].ref),
    )
