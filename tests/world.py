# SPDX-License-Identifier: AGPL-3.0-or-later
"""The world of the tests, spoken in the field's language and built from real actions only.

``world.given_a_worker("Asa", of="Exit Oslo")``, ``world.given_a_case("Heron", managed_by="Asa")``,
``world.as_("Asa").writes("...", on="Heron")``, ``world.as_("Per").visits(...)``. Time is always the
world's own; ``world.later(days=3)`` moves it on.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.test import Client

from exitwork.access.actions import open_in_emergency
from exitwork.access.models import Opening
from exitwork.accounts.actions import change_account, open_account
from exitwork.accounts.models import Account
from exitwork.accounts.sessions import HAS_FACTOR
from exitwork.agenda import actions as agenda
from exitwork.agenda.models import Appointment, Task
from exitwork.cases import actions as cases
from exitwork.cases.models import Absence, Assignment, Case
from exitwork.cases.words import Function
from exitwork.contacts import actions as contacts
from exitwork.contacts.models import Contact
from exitwork.contacts.words import Layer
from exitwork.kernel.decisions import Refusal
from exitwork.kernel.standing import Role, Standing, machine
from exitwork.organisations import actions as organisations
from exitwork.organisations.models import Organisation
from exitwork.organisations.standing import standing_of
from exitwork.organisations.words.kinds import Branch, Kind
from exitwork.programmes.actions import start_programme
from exitwork.programmes.models import Programme
from exitwork.programmes.packs.shelf import shipped
from exitwork.programmes.words import Form

COMMAND_LINE = machine("command line")
PASSWORD = "quiet lantern mossy harbour"
BACKEND = "allauth.account.auth_backends.AuthenticationBackend"


@dataclass
class World:
    """Everything there is, by name."""

    at: datetime
    organisations: dict[str, Organisation] = field(default_factory=dict)
    accounts: dict[str, Account] = field(default_factory=dict)
    homes: dict[str, str] = field(default_factory=dict)
    programmes: dict[str, Programme] = field(default_factory=dict)
    cases: dict[str, Case] = field(default_factory=dict)

    def later(self, **passed: float) -> World:
        """Let time pass."""
        self.at += timedelta(**passed)
        return self

    def given_an_organisation(
        self, name: str, kind: Kind = Kind.CIVIL, branch: Branch = Branch.CSO
    ) -> Organisation:
        """An organisation, once."""
        if name not in self.organisations:
            self.organisations[name] = organisations.open_organisation(
                name=name,
                kind=kind,
                branch=branch,
                zone="Europe/Oslo",
                legal_profile="no",
                by=COMMAND_LINE,
                at=self.at,
            )
        return self.organisations[name]

    def given_a_worker(self, name: str, *, of: str, roles: tuple[Role, ...] = (Role.CASE_WORKER,)) -> Account:
        """Somebody who belongs to an organisation and holds roles there."""
        organisation = self.given_an_organisation(of)
        account = self.accounts.get(name)
        if account is None:
            account = open_account(
                email=f"{name.lower()}@exit.example",
                name=name,
                password=PASSWORD,
                by=COMMAND_LINE,
                at=self.at,
            )
        membership = organisations.join(
            organisation=organisation, account=account, by=COMMAND_LINE, at=self.at
        )
        for role in roles:
            organisations.grant_role(membership=membership, role=role, by=COMMAND_LINE, at=self.at)
        self.accounts[name] = account
        self.homes.setdefault(name, of)
        return account

    def given_a_programme(self, *, of: str, pack: str = "exit-sweden") -> Programme:
        """A running programme of an organisation, once a pack."""
        key = f"{of}/{pack}"
        if key not in self.programmes:
            organisation = self.given_an_organisation(of)
            head = f"Head of {of}"
            if head not in self.accounts:
                self.given_a_worker(head, of=of, roles=(Role.LEAD, Role.ADMINISTRATOR))
            by = self.standing(head)
            self.programmes[key] = start_programme(
                organisation=organisation,
                pack=shipped()[pack],
                starts=by.day_of(self.at) - timedelta(days=1),
                form=Form.PROGRAMME,
                by=by,
                at=self.at,
            )
        return self.programmes[key]

    def given_a_case(
        self, pseudonym: str, *, managed_by: str, pack: str = "exit-sweden", **more: Any
    ) -> Case:
        """A case that somebody opened and so manages."""
        programme = self.given_a_programme(of=self.homes[managed_by], pack=pack)
        self.cases[pseudonym] = cases.open_case(
            programme=programme, pseudonym=pseudonym, by=self.standing(managed_by), at=self.at, **more
        )
        return self.cases[pseudonym]

    def standing(self, name: str, *, of: str = "", second_factor: bool = True) -> Standing:
        """How somebody stands at this moment."""
        organisation = self.organisations[of or self.homes[name]]
        account = Account.objects.get(pk=self.accounts[name].pk)
        return standing_of(account, organisation.pk, self.at, has_second_factor=second_factor)

    def as_(self, name: str) -> Someone:
        """Somebody, to act or look."""
        return Someone(self, name)

    def speaks(self, name: str, language: str) -> None:
        """Let somebody read the program in another language."""
        account = Account.objects.get(pk=self.accounts[name].pk)
        self.accounts[name] = change_account(
            account=account,
            name=account.name,
            language=language,
            theme=account.theme,
            shortcuts=account.shortcuts,
            version=account.version,
            by=self.standing(name),
            at=self.at,
        )

    def case(self, pseudonym: str) -> Case:
        """A case as it is now."""
        return Case.objects.get(pk=self.cases[pseudonym].pk)

    @contextmanager
    def refuses(self, code: str) -> Iterator[None]:
        """What happens inside is refused, for the reason of that code."""
        with pytest.raises(Refusal) as raised:
            yield
        assert raised.value.code == code, f"{raised.value.code}: {raised.value}"


@dataclass
class Someone:
    """One person of the world, acting."""

    world: World
    name: str

    @property
    def standing(self) -> Standing:
        """How he stands now."""
        return self.world.standing(self.name)

    def writes(self, text: str, *, on: str, layer: str = Layer.RECORD, **more: Any) -> Contact:
        """Write a note on a case."""
        return contacts.write_note(
            case=self.world.case(on), text=text, layer=layer, by=self.standing, at=self.world.at, **more
        )

    def promotes(self, note: Contact) -> Contact:
        """Make a working note part of the record."""
        return contacts.promote_note(contact=note, by=self.standing, at=self.world.at)

    def assigns(self, name: str, *, to: str, as_: Function) -> Assignment:
        """Put somebody on a case."""
        return cases.assign(
            case=self.world.case(to),
            account=self.world.accounts[name],
            function=as_,
            by=self.standing,
            at=self.world.at,
        )

    def hands_over(self, pseudonym: str, *, to: str) -> None:
        """Hand a case over."""
        cases.hand_over(
            case=self.world.case(pseudonym),
            account=self.world.accounts[to],
            by=self.standing,
            at=self.world.at,
        )

    def keeps_out(self, name: str, *, of: str) -> None:
        """Keep somebody out of a case."""
        cases.keep_out(
            case=self.world.case(of), account=self.world.accounts[name], by=self.standing, at=self.world.at
        )

    def opens_in_emergency(
        self, pseudonym: str, reason: str = "He calls from the station, afraid."
    ) -> Opening:
        """Open a case in an emergency."""
        return open_in_emergency(
            thing=self.world.case(pseudonym),
            why="client-calls",
            reason=reason,
            by=self.standing,
            at=self.world.at,
        )

    def is_away(self, **days: Any) -> Absence:
        """Be away, from now on unless days are given."""
        return self.says_is_away(self.name, **days)

    def says_is_away(self, name: str, **days: Any) -> Absence:
        """Say that somebody is away."""
        account = Account.objects.get(pk=self.world.accounts[name].pk)
        return agenda.set_absence(account=account, by=self.standing, at=self.world.at, **days)

    def is_back(self, absence: Absence) -> None:
        """Say that somebody is back."""
        agenda.end_absence(absence=absence, by=self.standing, at=self.world.at)

    def plans(
        self, pseudonym: str, *, in_hours: float, kind: str = "conversation", **more: Any
    ) -> Appointment:
        """Plan an appointment on a case."""
        return agenda.plan_appointment(
            case=self.world.case(pseudonym),
            kind=kind,
            starts_at=self.world.at + timedelta(hours=in_hours),
            by=self.standing,
            at=self.world.at,
            **more,
        )

    def says_it_was(self, state: str, appointment: Appointment, **more: Any) -> Appointment:
        """Say how an appointment went."""
        return agenda.say_outcome(
            appointment=appointment, state=state, by=self.standing, at=self.world.at, **more
        )

    def sets_a_task(self, title: str, *, on: str = "", for_: str = "", **more: Any) -> Task:
        """Set a task, about a case or none, for oneself or somebody else."""
        return agenda.set_task(
            title=title,
            case=self.world.case(on) if on else None,
            account=str(self.world.accounts[for_].pk) if for_ else "",
            by=self.standing,
            at=self.world.at,
            **more,
        )

    def sees(self, pseudonym: str) -> bool:
        """Whether the case stands in what he may see."""
        mine = Case.objects.visible_to(self.standing, self.world.at)
        return bool(mine.filter(pk=self.world.cases[pseudonym].pk).exists())

    def browser(self) -> Client:
        """A browser in which he is signed in with both factors."""
        client = Client()
        account = self.world.accounts[self.name]
        client.force_login(account, backend=BACKEND)
        session = client.session
        session[HAS_FACTOR] = True
        session["acting_for"] = str(self.world.organisations[self.world.homes[self.name]].pk)
        session.save()
        return client
