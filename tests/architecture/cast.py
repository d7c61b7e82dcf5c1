# SPDX-License-Identifier: AGPL-3.0-or-later
"""One of everybody and two of everything: the people and things every address is asked with.

* Exit Oslo: Asa manages Heron, Per manages Finch; Dag stands in for Asa, Mona mentors Heron.
* Exit Bergen has Gull and Lark, Ila prison has Tern and Rail: each house the same things as Oslo.
* ``ROLES`` says who plays which role and whose case is "own", "colleague" and "foreign" to him;
  "none" is a reference of the right form that nothing has.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from uuid import UUID

from allauth.account.internal.flows.login import record_authentication
from django.http import HttpRequest
from django.test import Client
from time_machine import travel

from exitwork.accounts.actions import open_account
from exitwork.cases.words import Function
from exitwork.contacts.words import Layer
from exitwork.documents import actions as documents
from exitwork.kernel.standing import Role
from exitwork.organisations import actions as organisations
from exitwork.organisations.models import Membership
from exitwork.organisations.words.kinds import Branch, Kind
from exitwork.pages.uploads import Upload
from exitwork.people import actions as people
from exitwork.people.models import OwnIdeology, Wall
from tests.world import COMMAND_LINE, PASSWORD, World

AT = datetime(2026, 11, 19, 13, 0, tzinfo=UTC)
NOW = AT + timedelta(hours=1)  # when everybody comes and asks
NO_REF, NO_KEY = "7F3K2-M", str(UUID(int=7))


@dataclass(frozen=True)
class Part:
    """Somebody in a role, and the cases that are his own, a colleague's and foreign to him."""

    name: str = ""
    own: str = ""
    colleague: str = ""
    foreign: str = "Gull"

    @property
    def relations(self) -> dict[str, str]:
        """The relations there are for this role, with the case of each."""
        found = {"own": self.own, "colleague": self.colleague, "foreign": self.foreign, "none": "none"}
        return {relation: case for relation, case in found.items() if case}


ROLES = {
    "anonymous": Part(foreign="Heron"),
    "administrator": Part("Ada", colleague="Heron"),
    "lead": Part("Liv", colleague="Heron"),
    "on-team": Part("Asa", own="Heron", colleague="Finch"),
    "deputy": Part("Dag", own="Heron", colleague="Finch"),
    "mentor": Part("Mona", own="Heron", colleague="Finch"),
    "off-team": Part("Eva", colleague="Heron"),
    "data-protection": Part("Dina", colleague="Heron"),
    "interpreter": Part("Iris", colleague="Heron"),
    "volunteer": Part("Vera", colleague="Heron"),
    "funder": Part("Finn", colleague="Heron"),
    "wall-keeper": Part("Wes", colleague="Heron"),
    "other-cso": Part("Bo", own="Gull", colleague="Lark", foreign="Heron"),
    "state": Part("Kari", own="Tern", colleague="Rail", foreign="Heron"),
    "paused": Part("Pia", colleague="Heron"),
    "nowhere": Part("Nils", foreign="Heron"),
}
HOUSES = {
    "Exit Oslo": (Kind.CIVIL, Branch.CSO, Role.CASE_WORKER),
    "Exit Bergen": (Kind.CIVIL, Branch.CSO, Role.CASE_WORKER),
    "Ila prison": (Kind.STATE, Branch.PRISON, Role.PRACTITIONER),
}
WORKERS = {
    "Exit Oslo": ("Asa", "Per", "Dag", "Eva", "Tor", "Pia"),
    "Exit Bergen": ("Bo", "Berit", "Brita"),
    "Ila prison": ("Kari", "Knut", "Kim"),
}
HURRIED = {"Exit Oslo": "Tor", "Exit Bergen": "Brita", "Ila prison": "Kim"}  # opened every case at once
CASES = {"Heron": "Asa", "Finch": "Per", "Gull": "Bo", "Lark": "Berit", "Tern": "Kari", "Rail": "Knut"}
OTHERS = {
    "Liv": Role.LEAD,
    "Ada": Role.ADMINISTRATOR,
    "Mona": Role.MENTOR,
    "Dina": Role.DATA_PROTECTION_OFFICER,
    "Iris": Role.INTERPRETER,
    "Vera": Role.VOLUNTEER,
    "Finn": Role.FUNDER,
    "Wes": Role.WALL_KEEPER,
}


@dataclass
class Cast:
    """Everybody, and for each case the values that stand in addresses."""

    world: World
    scenes: dict[str, dict[str, str]] = field(default_factory=dict)
    browsers: dict[str, Client] = field(default_factory=dict)


def gathered() -> Cast:
    """The whole cast, made by the product's own actions at ``AT``."""
    with travel(AT, tick=False):
        cast = Cast(World(AT))
        _people(cast.world)
        houses = {name: _house(cast.world, name) for name in HOUSES}
        for case, manager in CASES.items():
            cast.scenes[case] = {**houses[cast.world.homes[manager]], **_case(cast.world, case, manager)}
        kinds = cast.scenes["Heron"]
        cast.scenes["none"] = {kind: NO_KEY if "-" in kind else NO_REF for kind in kinds}
        cast.scenes["none"] |= {"key": "no-such-pack", "pk": "999999", "role": "mentor"}
        cast.world.as_("Asa").assigns("Dag", to="Heron", as_=Function.DEPUTY)
    with travel(NOW, tick=False):
        for role in ROLES:
            cast.browsers[role] = signed_in(cast.world, ROLES[role].name)
        organisations.suspend_colleague(
            account=cast.world.accounts["Pia"], by=cast.world.standing("Liv"), at=NOW
        )
        cast.world.later(hours=1)
    return cast


def signed_in(world: World, name: str) -> Client:
    """The browser of somebody who has just signed in with a second factor, or of a stranger."""
    if not name:
        return Client()
    browser = world.as_(name).browser()
    session = browser.session
    request = HttpRequest()
    request.session = session
    record_authentication(request, world.accounts[name], "password", reauthenticated=True)
    session.save()
    return browser


def _people(world: World) -> None:
    for name, (kind, branch, role) in HOUSES.items():
        world.given_an_organisation(name, kind, branch)
        for worker in WORKERS[name]:
            world.given_a_worker(worker, of=name, roles=(role,))
    for name, role in OTHERS.items():
        world.given_a_worker(name, of="Exit Oslo", roles=(role,))
    for house in ("Exit Bergen", "Ila prison"):
        world.given_a_worker(f"Keeper of {house[-6:]}", of=house, roles=(Role.WALL_KEEPER,))
    world.accounts["Nils"] = open_account(
        email="nils@exit.example", name="Nils", password=PASSWORD, by=COMMAND_LINE, at=AT
    )
    world.homes["Nils"] = "Exit Oslo"


def _house(world: World, name: str) -> dict[str, str]:
    programme = world.given_a_programme(of=name)
    head = world.standing(f"Head of {name}")
    site = organisations.add_site(
        organisation=world.organisations[name], name=f"House of {name}", by=head, at=AT
    )
    face = people.make_face(name="Harbour studio", sender="Harbour", by=head, at=AT)
    interpreter = people.add_interpreter(name="Lena", languages=["ar"], by=head, at=AT)
    absence = world.as_(HURRIED[name]).is_away()
    people.add_ideology(label="Of our own", reported_as="left-wing", by=head, at=AT)
    member = Membership.objects.get(account=world.accounts[WORKERS[name][-1]])
    return {
        "programme": programme.ref,
        "site": site.ref,
        "face": face.ref,
        "interpreter": interpreter.ref,
        "absence": absence.ref,
        "ideology": OwnIdeology.objects.get(organisation=world.organisations[name]).ref,
        "member": member.ref,
        "role": world.standing(WORKERS[name][-1]).roles.__iter__().__next__().value,
        "key": "exit-sweden",
        "pk": "1",
        "code": "no-such-code",
        "form": "note",
    }


def _case(world: World, name: str, manager: str) -> dict[str, str]:
    case = world.given_a_case(name, managed_by=manager)
    person, by = case.person, world.standing(manager)
    assert person is not None
    note = world.as_(manager).writes(f"First talk about {name}.", on=name)
    working = world.as_(manager).writes(f"A thought on {name}.", on=name, layer=Layer.WORKING_NOTE)
    people.note_identity(person=person, by=by, at=AT, legal_name=f"Name of {name}", phone="+47 1")
    relation = people.note_relation(person=person, kind="parent", who="Mother", by=by, at=AT)
    dependant = people.record_dependant(guardian=person, pseudonym=f"Chick of {name}", by=by, at=AT)
    people.open_identity(person=person, reason="papers", by=by, at=AT)
    seen = person.openings.get()
    helper = "Mona" if name == "Heron" else manager
    mentor = world.as_(manager).assigns("Mona", to=name, as_=Function.MENTOR) if helper == "Mona" else None
    house = world.homes[manager]
    opening = world.as_(HURRIED[house]).opens_in_emergency(name)
    letter = documents.add_document(case=case, upload=Upload("letter.txt", b"Dear all,\n"), by=by, at=AT)
    visit = world.as_(manager).plans(name, in_hours=30)
    task = world.as_(manager).sets_a_task(f"Ring about {name}", on=name)
    people.raise_wall(kind="siblings", one=case.ref, other=person.ref, by=by, at=AT)
    wall = Wall.objects.filter(organisation=case.organisation).order_by("raised_at", "ref").last()
    return {
        "case": case.ref,
        "person": person.ref,
        "note": note.ref,
        "working": working.ref,
        "relation": relation.ref,
        "dependant": dependant.person.ref,
        "identity-opening": str(seen.pk),
        "opening": opening.ref,
        "document": letter.ref,
        "appointment": visit.ref,
        "task": task.ref,
        "wall": wall.ref if wall else NO_REF,
        "assignment": mentor.ref if mentor else NO_REF,
        "account-key": str(world.accounts[helper].pk),
    }
