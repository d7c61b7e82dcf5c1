# SPDX-License-Identifier: AGPL-3.0-or-later
"""The world of the bench: many cases of 200 organisations, one of which holds half of them.

* Rows are made in bulk inside ``journal.recorded``; keys and seals are real ones.
* A worker manages and is assigned to 10-30 cases each; a case has three notes.
* In the large organisation stand the people the figures are about: Asa with thirty cases, a
  programme lead, a lead of everything, a case of 500 contacts, a case of ten years.
* A second one, the archive, holds a hundred notes in each of its cases, to be looked through.
"""

from __future__ import annotations

import json
import os
import random
import time
from collections.abc import Iterator
from dataclasses import asdict, dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

from django.db import connection

from bench.place import SIZES
from bench.world_words import sentence, text
from exitwork import journal
from exitwork.accounts.models import Account
from exitwork.cases.models import Assignment, Case, Episode, Management, PhaseStep
from exitwork.cases.words import CaseKind, Confidentiality, Function
from exitwork.contacts.models import Contact
from exitwork.contacts.words import ContactKind, Layer
from exitwork.kernel.events import Event
from exitwork.kernel.references import ALPHABET, LENGTH, check_character
from exitwork.kernel.standing import Role, Standing, machine
from exitwork.organisations.models import Membership, Organisation, RoleGrant
from exitwork.organisations.standing import standing_of
from exitwork.organisations.words.kinds import Branch, Kind
from exitwork.people.models import Identity, Person
from exitwork.people.words.choices import PersonKind
from exitwork.programmes.models import Programme
from exitwork.programmes.packs.shelf import shipped
from exitwork.programmes.words import Form, Participation, Setting
from exitwork.vault.keys import KeyKind, KeyRef, create_keys

BUILT = Event("bench.world.built", "A part of the bench's world was made")
BENCH = machine("bench")
ORGANISATIONS = 200
CASES_A_WORKER = 20
NOTES_A_CASE = 3
PROGRAMMES_OF_THE_LARGE = 20
ARCHIVE_NOTES = 100  # a case of the archive: 50,000 notes in the small world, 200,000 in the large
CHUNK = 2_000
BEGAN = timedelta(days=3_700)


@dataclass
class World:
    """What the measurements need to know of the world; kept beside the database."""

    at: str
    size: int
    large: str
    archive: str
    asa: str = ""
    programme_lead: str = ""
    lead: str = ""
    archive_lead: str = ""
    workers: list[str] = field(default_factory=list)
    long_case: str = ""
    old_case: str = ""

    @property
    def moment(self) -> datetime:
        """When the world was made; everything in it is older."""
        return datetime.fromisoformat(self.at)

    def standing(self, account: str, organisation: str = "") -> Standing:
        """How somebody stands now."""
        found = Account.objects.get(pk=account)
        return standing_of(found, UUID(organisation or self.large), datetime.now(UTC), has_second_factor=True)


def world() -> World:
    """The world of this process's installation, made if it is not there yet."""
    kept = Path(os.environ["EXITWORK_HOME"]) / "world.json"
    if not kept.exists():
        begun = time.perf_counter()
        made = _Making(int(os.environ["EXITWORK_BENCH_SIZE"])).all()
        _tell_planner()
        kept.write_text(json.dumps(asdict(made)), "utf-8")
        print(f"(world of {made.size:,} cases made in {time.perf_counter() - begun:.0f} s)", flush=True)
    return World(**json.loads(kept.read_text("utf-8")))


def _tell_planner() -> None:
    """What autovacuum does within a minute; SQLite is left as an installation has it."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor, journal.guard.migrating(connection):
            cursor.execute("VACUUM ANALYZE")


class _Making:
    """Makes the world, in parts that are each one record and one transaction."""

    def __init__(self, size: int) -> None:
        self.size = size
        self.random = random.Random(7)
        self.at = datetime.now(UTC).replace(microsecond=0)
        self.began = self.at - BEGAN
        self.refs: dict[str, set[str]] = {}
        self.texts = [text(self.random) for _ in range(2_000)]
        self.packs = sorted(shipped().values(), key=lambda pack: pack.key)
        self.made = World(self.at.isoformat(), size, "", "")

    def all(self) -> World:
        """Everything."""
        with self._part():
            organisations = [self._organisation(number) for number in range(ORGANISATIONS)]
            Organisation.objects.bulk_create(organisations)
        large, archive, *small = organisations
        self.made.large, self.made.archive = str(large.pk), str(archive.pk)
        half = self.size // 2
        self._fill(large, half, PROGRAMMES_OF_THE_LARGE)
        shares = self._shares(self.size - half, len(small))
        for organisation, cases in zip(small, shares, strict=True):
            self._fill(organisation, cases, 1)
        if self.size >= SIZES[0]:
            self._fill_archive(archive)
        return self.made

    def _part(self) -> Any:
        return journal.recorded(BUILT, by=BENCH, at=self.at)

    def _ref(self, kind: str) -> str:
        taken = self.refs.setdefault(kind, set())
        while True:
            symbols = "".join(self.random.choices(ALPHABET, k=LENGTH))
            if symbols not in taken:
                taken.add(symbols)
                return f"{symbols}-{check_character(symbols)}"

    def _shares(self, total: int, among: int) -> list[int]:
        """Shares that differ, as organisations do."""
        weights = [self.random.paretovariate(1.5) for _ in range(among)]
        shares = [max(1, int(total * weight / sum(weights))) for weight in weights]
        shares[0] += total - sum(shares)
        return shares

    def _organisation(self, number: int) -> Organisation:
        return Organisation(
            ref=self._ref("organisation"),
            kind=Kind.CIVIL,
            branch=Branch.CSO,
            name=f"Exit {number} (invented)",
            zone="Europe/Oslo",
            legal_profile="no",
        )

    # People

    def _fill(self, organisation: Organisation, cases: int, programmes: int) -> None:
        run = self._programmes(organisation, programmes)
        workers = self._members(organisation, max(2, cases // CASES_A_WORKER), Role.CASE_WORKER)
        is_large = str(organisation.pk) == self.made.large
        if is_large:
            self.made.workers = [str(worker.pk) for worker in workers[1:65]]
            self.made.lead = str(self._members(organisation, 1, Role.LEAD)[0].pk)
            lead = self._members(organisation, 1, Role.LEAD, programme=run[1])[0]
            self.made.programme_lead = str(lead.pk)
            asa, *workers = workers
            self.made.asa = str(asa.pk)
        left = cases
        while left > 0:
            many = min(CHUNK, left)
            self._cases(organisation, run, workers, many)
            left -= many
        if is_large:
            self._cases(organisation, run, [asa], 28, team=workers)
            self.made.long_case = self._cases(organisation, run, [asa], 1, notes=500, days=700, team=workers)
            self.made.old_case = self._cases(
                organisation, run, [asa], 1, notes=1_000, days=3_650, team=workers, episodes=12
            )

    def _fill_archive(self, organisation: Organisation) -> None:
        run = self._programmes(organisation, 1)
        cases = 500 if self.size <= SIZES[0] else 2_000
        workers = self._members(organisation, cases // CASES_A_WORKER, Role.CASE_WORKER)
        self.made.archive_lead = str(self._members(organisation, 1, Role.LEAD)[0].pk)
        for _ in range(cases // 100):
            self._cases(organisation, run, workers, 100, notes=ARCHIVE_NOTES)

    def _programmes(self, organisation: Organisation, many: int) -> list[Programme]:
        made = []
        for number in range(many):
            pack = self.packs[number % len(self.packs)]
            made.append(
                Programme(
                    organisation=organisation,
                    name=f"Programme {number}",
                    ref=self._ref("programme"),
                    form=Form.PROGRAMME,
                    starts=self.began.date(),
                    pack_key=pack.key,
                    pack_version=pack.version,
                    pack_text=pack.text,
                )
            )
        with self._part():
            Programme.objects.bulk_create(made)
        return made

    def _members(
        self, organisation: Organisation, many: int, role: Role, *, programme: Programme | None = None
    ) -> list[Account]:
        accounts = [
            Account.opened(
                email=f"{uuid4().hex}@bench.invalid",
                name=f"Worker {number}",
                language="en",
                at=self.began,
            )
            for number in range(many)
        ]
        memberships = [
            Membership(
                organisation=organisation,
                account=account,
                ref=self._ref("membership"),
                from_at=self.began,
                agreed_at=self.began,
            )
            for account in accounts
        ]
        grants = [
            RoleGrant(
                organisation=organisation,
                membership=membership,
                account=membership.account,
                role=role,
                programme_id=programme.pk if programme else None,
                from_at=self.began,
            )
            for membership in memberships
        ]
        with self._part():
            Account.objects.bulk_create(accounts, batch_size=1_000)
            Membership.objects.bulk_create(memberships, batch_size=1_000)
            RoleGrant.objects.bulk_create(grants, batch_size=1_000)
        return accounts

    # Cases

    def _cases(
        self,
        organisation: Organisation,
        programmes: list[Programme],
        workers: list[Account],
        many: int,
        *,
        notes: int = NOTES_A_CASE,
        days: int = 700,
        team: list[Account] | None = None,
        episodes: int = 1,
    ) -> str:
        """That many cases with everything that belongs to them; the reference of the last."""
        cases, people = [], []
        for _ in range(many):
            opened = self.at - timedelta(days=self.random.uniform(days * 0.9, days))
            programme = self.random.choice(programmes)
            person = Person.called(
                sentence(self.random, 2),
                organisation_id=organisation.pk,
                created_by_id=None,
                at=opened,
                kind=PersonKind.PERSON,
            )
            person.ref = self._ref("person")
            people.append(person)
            is_closed = notes == NOTES_A_CASE and self.random.random() < 0.2 and len(workers) > 1
            cases.append(
                Case(
                    organisation=organisation,
                    programme=programme,
                    person=person,
                    ref=self._ref("case"),
                    kind=self.random.choice(list(CaseKind)),
                    confidentiality=Confidentiality.PSEUDONYMOUS,
                    phase=programme.phases.begins[0],
                    jurisdiction="no",
                    opened_at=opened,
                    closed_at=self.at - timedelta(days=5) if is_closed else None,
                )
            )
        with self._part():
            create_keys(
                KeyRef(kind, case.pk) for case in cases for kind in (KeyKind.CASE, KeyKind.CASE_SECURITY)
            )
            create_keys(KeyRef(KeyKind.PERSON, person.pk) for person in people)
            Person.objects.bulk_create(people, batch_size=500)
            Identity.objects.bulk_create(
                [Identity(organisation=organisation, person=person) for person in people], batch_size=500
            )
            Case.objects.bulk_create(cases, batch_size=500)
            for model, rows in self._parts(cases, workers, team or workers, episodes):
                model.objects.bulk_create(rows, batch_size=500)
            written = [note for case in cases for note in self._notes(case, workers, notes)]
            Contact.objects.bulk_create(written, batch_size=500)
        return cases[-1].ref

    def _parts(
        self, cases: list[Case], workers: list[Account], team: list[Account], episodes: int
    ) -> Iterator[tuple[Any, list[Any]]]:
        parts = [{"organisation_id": case.organisation_id, "case": case} for case in cases]
        opened = [case.opened_at for case in cases]
        managers = self.random.choices(workers, k=len(cases))
        both = list(zip(parts, opened, strict=True))
        yield (
            Management,
            [
                Management(**part, account=manager, from_at=at)
                for (part, at), manager in zip(both, managers, strict=True)
            ],
        )
        others = self.random.choices(team, k=len(cases))
        functions = [Function.DEPUTY, Function.TANDEM, Function.SPECIALIST, Function.MENTOR]
        yield (
            Assignment,
            [
                Assignment(
                    **part,
                    account=other,
                    acting_for_id=part["organisation_id"],
                    function=self.random.choice(functions),
                    from_at=at,
                )
                for (part, at), other in zip(both, others, strict=True)
            ],
        )
        yield PhaseStep, [PhaseStep(**part, phase=part["case"].phase, from_at=at) for part, at in both]
        yield (
            Episode,
            [
                Episode(
                    **part,
                    setting=self.random.choice([Setting.OPEN, Setting.PRISON, Setting.PROBATION]),
                    basis=Participation.VOLUNTARY,
                    from_date=(at + timedelta(days=300 * number)).date(),
                )
                for part, at in both
                for number in range(episodes)
            ],
        )

    def _notes(self, case: Case, workers: list[Account], many: int) -> Iterator[Contact]:
        span = (self.at - case.opened_at) / many
        for number in range(many):
            happened = case.opened_at + span * (number + self.random.random() * 0.9)
            yield Contact(
                organisation_id=case.organisation_id,
                case=case,
                ref=self._ref("contact"),
                author=self.random.choice(workers),
                kind=self.random.choice(list(ContactKind)),
                layer=Layer.RECORD,
                happened_at=happened,
                minutes=self.random.choice([15, 30, 45, 60, 90]),
                text=self.random.choice(self.texts),
                written_at=happened,
            )
