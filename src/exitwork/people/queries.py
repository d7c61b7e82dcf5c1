# SPDX-License-Identifier: AGPL-3.0-or-later
"""Reads worth a name: how to send safely, who stands around a person, what was opened.

* Functions that open sealed words are for a person already found visible; the page notes its look.
* Two persons merged are read as one through ``same_human_as``; no row moved.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet

from exitwork.journal.recording import refused
from exitwork.kernel.decisions import Allowed, Decision
from exitwork.kernel.standing import Standing
from exitwork.kernel.working_time import read_hours
from exitwork.people.models import (
    ContactSafety,
    Dependant,
    Exclusion,
    Face,
    IdentityOpening,
    Interpreter,
    InterpreterWish,
    Merge,
    OwnIdeology,
    Person,
    Profile,
    Relation,
    Stop,
    Wall,
    WallDecision,
)
from exitwork.people.rules.access import identity_opens
from exitwork.people.rules.interpreting import Asked, may_interpret
from exitwork.people.rules.sending import Outgoing, SafetyProfile, may_send
from exitwork.people.words.choices import (
    Channel,
    Hearing,
    Ideology,
    Paper,
    Reads,
    Script,
    Sight,
    TargetGroup,
    Wish,
)
from exitwork.people.words.events import MESSAGE_STOPPED
from exitwork.people.words.languages import language_names
from exitwork.ui.formats import comma


@dataclass(frozen=True, slots=True)
class Around:
    """Somebody around the client, opened."""

    ref: str
    kind: Any
    who: str
    words: str
    pull: Any
    knows: Any
    noted_at: datetime


@dataclass(frozen=True, slots=True)
class Picture:
    """Target groups and ideologies as of one day, opened, in words."""

    as_of: Any
    target_groups: tuple[Any, ...]
    ideologies: tuple[Any, ...]
    words: str
    noted_by: str
    codes: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Suited:
    """An interpreter as shown: opened, with the client's word and whether he may be asked."""

    ref: str
    name: str
    languages: list[str]
    confidential_from: date | None
    not_near: str
    wish: str = ""
    decision: Decision = field(default_factory=Allowed)


@dataclass(frozen=True, slots=True)
class KeptApart:
    """A wall as its keepers see it: two references, how they touch, the last decision."""

    wall: Wall
    decision: WallDecision | None


def safety_of(person: Person) -> SafetyProfile | None:
    """What the gate asks before anything goes out; None when nothing was settled."""
    safety = ContactSafety.objects.filter(person=person).first()
    if safety is None:
        return None
    return SafetyProfile(
        face=safety.face_id,
        hours={Channel(channel): read_hours(text) for channel, text in safety.hours.items()},
        zone=safety.zone,
        no_voicemail=safety.no_voicemail,
        paper=Paper(safety.paper),
        is_stopped=open_stop(person) is not None,
    )


def let_out(*, person: Person, message: Outgoing, by: Standing, at: datetime) -> Decision:
    """Ask the gate about a message to a client; a no is recorded. Whoever sends asks this first."""
    decision = may_send(safety_of(person), message, at)
    if not isinstance(decision, Allowed):
        refused(MESSAGE_STOPPED, decision, by=by, about=person, at=at)
    return decision


def open_stop(person: Person) -> Stop | None:
    """The stop in force, if the phone is no longer safe."""
    return Stop.objects.open().filter(person=person).first()


def takes_in(person: Person) -> list[str]:
    """How somebody takes things in, in short words for the identity bar (S24)."""
    said = [comma().join(language_names(person.languages))] if person.languages else []
    for choices, value in (
        (Reads, person.reads),
        (Script, person.script),
        (Sight, person.sight),
        (Hearing, person.hearing),
    ):
        if value:
            said.append(str(choices(value).label))
    return said


def around(person: Person) -> list[Around]:
    """Who stands around the client, as he describes them, opened."""
    rows = Relation.objects.current().filter(person=person).order_by("noted_at", "pk")
    return [
        Around(
            ref=row.ref,
            kind=row.get_kind_display(),
            who=row.who.open(),
            words=row.words.open() if row.words else "",
            pull=row.get_pull_display(),
            knows=row.get_knows_display(),
            noted_at=row.noted_at,
        )
        for row in rows
    ]


def dependants(person: Person) -> list[Dependant]:
    """The children and other dependants of a person."""
    return list(
        Dependant.objects.filter(guardian=person)
        .select_related("person")
        .order_by("person__created_at", "pk")
    )


def pictures(person: Person) -> list[Picture]:
    """Target groups and ideologies, newest first, opened."""
    if person.own_right_id is None:
        return []
    rows = Profile.objects.filter(person=person).order_by("-as_of", "-noted_at")
    named = dict(ideology_choices(person.organisation_id, with_retired=True))
    return [_picture(row, named) for row in rows]


def ideology_choices(organisation: UUID, *, with_retired: bool = False) -> list[tuple[str, Any]]:
    """The common ideologies, then those the organisation names itself (R41)."""
    own = OwnIdeology.objects.filter(organisation_id=organisation).order_by("label")
    if not with_retired:
        own = own.filter(retired_at__isnull=True)
    return [*Ideology.choices, *own.values_list("ref", "label")]


def own_ideologies(by: Standing, at: datetime) -> list[OwnIdeology]:
    """The ideologies the organisation names itself."""
    return list(OwnIdeology.objects.visible_to(by, at).filter(retired_at__isnull=True).order_by("label"))


def reported_as(codes: Iterable[str]) -> dict[str, str]:
    """Under which common ideology each of these codes is reported; one query."""
    asked = list(codes)
    own = dict(OwnIdeology.objects.filter(ref__in=asked).values_list("ref", "reported_as"))
    return {code: own.get(code, code) for code in asked}


def same_human_as(person: Person) -> list[Person]:
    """Every record of the same human being, this one among them; one query."""
    merges = Merge.objects.in_force().filter(
        Q(kept=person) | Q(merged=person) | Q(kept__merged_in__merged=person)
    )
    found = {person.pk: person}
    for merge in merges.select_related("kept", "merged").distinct():
        found.setdefault(merge.kept_id, merge.kept)
        found.setdefault(merge.merged_id, merge.merged)
    return list(found.values())


def kept_for(persons: Iterable[UUID]) -> dict[UUID, UUID]:
    """For each of these ids that was merged away, the id it is resolved to; one query."""
    rows = Merge.objects.in_force().filter(merged__in=list(persons)).values_list("merged", "kept")
    return dict(rows)


def merges_of(person: Person) -> list[Merge]:
    """The merges in force that this person takes part in."""
    rows = Merge.objects.in_force().filter(Q(kept=person) | Q(merged=person))
    return list(rows.select_related("kept", "merged").order_by("merged_at"))


def openings_to_see(by: Standing, at: datetime) -> list[IdentityOpening]:
    """Openings from outside the case team that this standing should take note of.

    Only where the identity opens to him as well: to the team, not to whoever leads.
    """
    if by.account is None:
        return []
    rows = (
        IdentityOpening.objects.visible_to(by, at)
        .unseen()
        .exclude(opened_by=by.account)
        .select_related("person")
        .order_by("opened_at")[:50]
    )
    return [row for row in rows if identity_opens.holds(by, row, at)]


def openings_of(person: Person) -> list[IdentityOpening]:
    """Who opened the identity and why, newest first."""
    return list(IdentityOpening.objects.filter(person=person).order_by("-opened_at")[:20])


def walls(by: Standing, at: datetime) -> list[KeptApart]:
    """The walls of the organisation with their last decision, undecided first; two queries."""
    rows = list(Wall.objects.visible_to(by, at).order_by("raised_at")[:500])
    last: dict[UUID, WallDecision] = {}
    for decision in WallDecision.objects.filter(wall__in=rows).order_by("decided_at"):
        last[decision.wall_id] = decision
    kept = [KeptApart(wall, last.get(wall.pk)) for wall in rows]
    return sorted(kept, key=lambda one: one.decision is not None)


def faces(by: Standing, at: datetime) -> QuerySet[Face, Face]:
    """The faces that may be chosen, by name."""
    return Face.objects.visible_to(by, at).in_use().order_by("name")


def interpreters(by: Standing, at: datetime) -> list[Suited]:
    """The organisation's interpreters, by name."""
    rows = Interpreter.objects.visible_to(by, at).in_use().order_by("name", "pk")
    return [_interpreter(row) for row in rows]


def suited(person: Person, by: Standing, at: datetime) -> list[Suited]:
    """The interpreters for a client: wanted first, then who may be asked, then the others and why not."""
    said: dict[UUID, str] = {}
    for word in InterpreterWish.objects.filter(person=person).order_by("said_at"):
        said[word.interpreter_id] = word.wish
    rows = Interpreter.objects.visible_to(by, at).in_use().filter(organisation=person.organisation_id)
    found = []
    for row in rows.order_by("name", "pk"):
        wish = said.get(row.pk, "")
        asked = Asked(row.languages, row.confidential_from)
        decision = may_interpret(asked, person.languages, wish, at.date())
        found.append(replace(_interpreter(row), wish=wish, decision=decision))
    return sorted(found, key=lambda one: (not one.decision, one.wish != Wish.WANTED))


def _interpreter(row: Interpreter) -> Suited:
    return Suited(
        ref=row.ref,
        name=row.name,
        languages=language_names(row.languages),
        confidential_from=row.confidential_from,
        not_near=row.not_near.open() if row.not_near else "",
    )


def exclusions(by: Standing, at: datetime) -> list[Exclusion]:
    """Whom the standing asked never to be put together with."""
    mine = Exclusion.objects.visible_to(by, at).in_force(at)
    return list(mine.select_related("person").order_by("from_at"))


def _picture(row: Profile, named: Mapping[str, Any]) -> Picture:
    content = row.content.open()
    groups, ideologies = content.get("target_groups", []), content.get("ideologies", [])
    labels = dict(TargetGroup.choices)
    return Picture(
        as_of=row.as_of,
        target_groups=tuple(labels.get(code, code) for code in groups),
        ideologies=tuple(named.get(code, code) for code in ideologies),
        words=str(content.get("words", "")),
        noted_by=row.noted_by_name,
        codes={"target_groups": groups, "ideologies": ideologies, "words": content.get("words", "")},
    )
