# SPDX-License-Identifier: AGPL-3.0-or-later
"""Changes of the cast's world, and who of the cast may not notice them.

Each is made by the product's own action (a pseudonym, which no action changes, by its row).
Whoever reads the case by its rule may notice a change of that case; nobody else may, in anything.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from random import Random
from uuid import uuid4

from exitwork.cases import actions as cases
from exitwork.cases.models import Case
from exitwork.cases.rules import may_read_case
from exitwork.cases.words import Function
from exitwork.contacts import actions as contacts
from exitwork.contacts.models import Contact
from exitwork.contacts.words import Layer
from exitwork.drafts.actions import keep_draft
from exitwork.journal.recording import recorded
from exitwork.kernel.events import Event
from exitwork.kernel.standing import Role, machine
from exitwork.organisations import actions as organisations
from exitwork.organisations.models import Membership
from exitwork.people import actions as people
from exitwork.people.models import Person
from exitwork.programmes.actions import start_programme
from exitwork.programmes.packs.shelf import shipped
from tests.architecture.cast import CASES, HURRIED, NOW, ROLES, WORKERS, Cast

RENAMED = Event("tests.pseudonym.changed", "A pseudonym was changed for a proof")


@dataclass(frozen=True)
class Change:
    """Something done to the world of the cast, and the roles that must not notice."""

    name: str
    do: Callable[[], object]
    hidden_from: frozenset[str]


def readers(cast: Cast, name: str) -> set[str]:
    """The roles that may read a case, by its rule."""
    case = cast.world.case(name)
    inside = [role for role, part in ROLES.items() if part.name and role not in {"paused", "nowhere"}]
    return {role for role in inside if may_read_case.decide(cast.world.standing(ROLES[role].name), case, NOW)}


def house_of(cast: Cast, role: str) -> str:
    """The organisation a role acts for; empty for who acts for none."""
    name = ROLES[role].name
    return "" if role in {"anonymous", "paused", "nowhere"} else cast.world.homes[name]


def changes(cast: Cast, random: Random) -> list[Change]:
    """Every change there is, with words and choices drawn at random."""
    word = f"Word{random.randrange(10**9)}"
    return [
        change
        for name, manager in CASES.items()
        for change in [*_of_a_case(cast, name, manager, word), *_beside_a_case(cast, name, manager, word)]
    ] + [change for house in WORKERS for change in _of_a_house(cast, house, word)]


def _of_a_case(cast: Cast, name: str, manager: str, word: str) -> list[Change]:
    """What only the readers of a case may notice."""
    world, by = cast.world, cast.world.standing(manager)
    case = world.case(name)
    person = case.person
    assert person is not None
    note = Contact.objects.get(ref=cast.scenes[name]["note"])
    colleague = world.accounts[HURRIED[world.homes[manager]]]
    hidden = frozenset(set(ROLES) - readers(cast, name))

    def renamed() -> None:
        with recorded(RENAMED, by=machine("proof"), about=person, at=NOW):
            Person.objects.filter(pk=person.pk).update(pseudonym=word)

    done: dict[str, Callable[[], object]] = {
        "a note": lambda: world.as_(manager).writes(f"{word} in a note", on=name),
        "a correction": lambda: contacts.correct_note(
            contact=note, text=f"{word} corrected", kind="phone", minutes=7, happened_at=NOW,
            version=note.version, by=by, at=NOW,
        ),
        "another pseudonym": renamed,
        "an identity": lambda: people.correct_identity(
            person=person, version=person.identity.version, legal_name=word, by=by, at=NOW
        ),
        "a relation": lambda: people.note_relation(
            person=person, kind="friend", who=word, by=by, at=NOW
        ),
        "a child": lambda: people.record_dependant(guardian=person, pseudonym=word, by=by, at=NOW),
        "an unsafe phone": lambda: people.phone_no_longer_safe(person=person, by=by, at=NOW),
        "a colleague on the team": lambda: cases.assign(
            case=case, account=colleague, function=Function.SPECIALIST, by=by, at=NOW
        ),
        "an ending": lambda: cases.close_case(case=case, ending="client-stopped", remark=word, by=by, at=NOW),
    }  # fmt: skip
    return [Change(f"{what} of {name}", do, hidden) for what, do in done.items()]


def _beside_a_case(cast: Cast, name: str, manager: str, word: str) -> list[Change]:
    """What even readers of a case may not notice, or somebody else than they may."""
    world, by = cast.world, cast.world.standing(manager)
    case, house = world.case(name), world.homes[manager]
    person = case.person
    assert person is not None
    hers = {role for role, part in ROLES.items() if part.name == manager}
    keepers = {"wall-keeper"} if house == "Exit Oslo" else set()
    found = {
        "a working note": (
            lambda: world.as_(manager).writes(word, on=name, layer=Layer.WORKING_NOTE), hers
        ),
        "a draft": (
            lambda: keep_draft(form="note", about=case.ref, words={"text": word}, by=by, at=NOW), hers
        ),
        "a wall": (
            lambda: people.raise_wall(
                kind="household", one=case.ref, other=cast.scenes[name]["dependant"], by=by, at=NOW
            ), keepers
        ),
        "an exclusion": (lambda: people.exclude_person(person=person, by=by, at=NOW), hers),
    }  # fmt: skip
    noticed = [
        Change(f"{what} of {name}", do, frozenset(set(ROLES) - seen)) for what, (do, seen) in found.items()
    ]
    head = f"Head of {house}"
    if house == "Exit Oslo":
        for role in ("off-team", "interpreter", "volunteer"):
            kept = world.accounts[ROLES[role].name]
            # The lead sees who is kept out; the one kept out of what he never saw notices nothing.
            noticed.append(
                Change(
                    f"{role} kept out of {name}",
                    partial(cases.keep_out, case=case, account=kept, by=world.standing(head), at=NOW),
                    frozenset(set(ROLES) - readers(cast, name)),
                )
            )
    return noticed


def _of_a_house(cast: Cast, house: str, word: str) -> list[Change]:
    """What nobody of another organisation may notice."""
    world, head = cast.world, cast.world.standing(f"Head of {house}")
    hidden = frozenset(role for role in ROLES if house_of(cast, role) != house)
    organisation = world.organisations[house]
    worker = WORKERS[house][1]
    member = Membership.objects.get(organisation=organisation, account=world.accounts[worker])
    programme = world.programmes[f"{house}/exit-sweden"]

    def of_nobody_here() -> Case:
        return cases.open_case(programme=programme, pseudonym=word, by=world.standing(worker), at=NOW)

    done: dict[str, Callable[[], object]] = {
        "a site": lambda: organisations.add_site(organisation=organisation, name=word, by=head, at=NOW),
        "a face": lambda: people.make_face(name=word, sender=word, by=head, at=NOW),
        "an interpreter": lambda: people.add_interpreter(name=word, languages=["so"], by=head, at=NOW),
        "an ideology": lambda: people.add_ideology(label=word, reported_as="left-wing", by=head, at=NOW),
        "a role": lambda: organisations.grant_role(membership=member, role=Role.TRAINER, by=head, at=NOW),
        "a programme": lambda: start_programme(
            organisation=organisation, pack=shipped()["exit-sweden"], name=word, starts=NOW.date(),
            by=head, at=NOW,
        ),
        "a colleague": lambda: organisations.invite(
            organisation=organisation, email=f"{uuid4()}@exit.example", name=word, by=head, at=NOW
        ),
        "a case": of_nobody_here,
    }  # fmt: skip
    seeing = {role for role, part in ROLES.items() if part.name == worker} | {"lead"}
    return [
        Change(
            f"{what} of {house}",
            do,
            hidden | (frozenset(set(ROLES) - seeing) if what == "a case" and house == "Exit Oslo" else set()),
        )
        for what, do in done.items()
    ]
