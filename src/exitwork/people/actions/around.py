# SPDX-License-Identifier: AGPL-3.0-or-later
"""Children and other dependants, who stands around a client, target groups and ideologies."""

from __future__ import annotations

from datetime import date, datetime
from typing import TypedDict, Unpack

from django.utils.translation import gettext as _

from exitwork.journal.recording import recorded
from exitwork.kernel.decisions import refuse
from exitwork.kernel.standing import Standing
from exitwork.kernel.versions import Stale
from exitwork.people import rules
from exitwork.people.actions.persons import new_person
from exitwork.people.models import Dependant, Identity, Person, Relation
from exitwork.people.words.choices import (
    Decides,
    Knows,
    PersonKind,
    Pull,
    RelationKind,
)
from exitwork.people.words.events import (
    DEPENDANT_CHANGED,
    DEPENDANT_RECORDED,
    RELATION_ENDED,
    RELATION_NOTED,
)
from exitwork.vault.keys import KeyKind, KeyRef, create_key

OF_AGE = 18
SHORT_RECORD = ("guardian_words", "health", "school", "papers")


class ShortRecord(TypedDict, total=False):
    """What is kept of a dependant; left out leaves it as it is."""

    guardian_words: str
    decides: str
    health: str
    school: str
    papers: str


def record_dependant(
    *,
    guardian: Person,
    pseudonym: str = "",
    born_in: int | None = None,
    by: Standing,
    at: datetime,
    **record: Unpack[ShortRecord],
) -> Dependant:
    """Record a child or other dependant of a person: an own key, an own short record (S22).

    ``born_in`` is a year; the record is looked at again when the eighteenth year is over.

    :raises Refusal: if a rule says no.
    """
    with recorded(DEPENDANT_RECORDED, by=by, about=guardian, at=at) as entry:
        rules.may_change_around.decide(by, guardian, at).or_raise()
        if guardian.is_dependant:
            raise refuse(_("A child can't be the guardian of another."), "people.dependant.guardian_is_child")
        person = new_person(pseudonym=pseudonym, kind=PersonKind.DEPENDANT, by=by, at=at)
        person.organisation_id = guardian.organisation_id
        person.save(force_insert=True)
        create_key(KeyRef(KeyKind.PERSON, person.pk))
        Identity.objects.create(organisation_id=person.organisation_id, person=person)
        dependant = Dependant(
            organisation_id=person.organisation_id,
            person=person,
            guardian=guardian,
            review_on=None if born_in is None else date(born_in + OF_AGE + 1, 1, 1),
        )
        _fill(dependant, record)
        dependant.save(force_insert=True)
        entry.note(dependant=person.ref)
    return dependant


def change_dependant(
    *, dependant: Dependant, version: int, by: Standing, at: datetime, **record: Unpack[ShortRecord]
) -> Dependant:
    """Change the short record of a dependant.

    :raises Refusal: if a rule says no.
    :raises Stale: if somebody saved in between.
    """
    with recorded(DEPENDANT_CHANGED, by=by, about=dependant.person, at=at) as entry:
        dependant = Dependant.objects.select_related("person").get(pk=dependant.pk)
        rules.may_change_around.decide(by, dependant.person, at).or_raise()
        if dependant.version != version:
            raise Stale(version=dependant.version, base={}, theirs=opened_record(dependant))
        _fill(dependant, record)
        dependant.version += 1
        dependant.save()
        entry.note(changed=sorted(record))
    return dependant


def opened_record(dependant: Dependant) -> dict[str, str]:
    """The plain words of a dependant's short record."""
    opened = {name: value.open() if (value := getattr(dependant, name)) else "" for name in SHORT_RECORD}
    return {**opened, "decides": dependant.decides}


def note_relation(
    *,
    person: Person,
    kind: str,
    who: str,
    words: str = "",
    pull: str = Pull.UNKNOWN,
    knows: str = Knows.UNKNOWN,
    by: Standing,
    at: datetime,
) -> Relation:
    """Note who somebody is to the client, as a description inside this one record (S4).

    :raises Refusal: if a rule says no.
    """
    with recorded(RELATION_NOTED, by=by, about=person, at=at) as entry:
        rules.may_change_around.decide(by, person, at).or_raise()
        if not who.strip():
            raise refuse(_("Say who it is, as the client calls them."), "people.relation.nobody")
        relation = Relation.objects.create(
            organisation_id=person.organisation_id,
            person=person,
            kind=RelationKind(kind),
            pull=Pull(pull),
            knows=Knows(knows),
            who=who.strip(),
            words=words.strip(),
            noted_at=at,
            noted_by=by.account,
        )
        entry.note(kind=str(kind))
    return relation


def end_relation(*, relation: Relation, by: Standing, at: datetime) -> Relation:
    """Say that somebody no longer stands around the client; the description stays readable.

    :raises Refusal: if a rule says no.
    """
    with recorded(RELATION_ENDED, by=by, about=relation.person, at=at):
        relation = Relation.objects.select_related("person").get(pk=relation.pk)
        rules.may_change_around.decide(by, relation.person, at).or_raise()
        if relation.ended_at is None:
            relation.ended_at = at
            relation.save(update_fields=["ended_at"])
    return relation


def _fill(dependant: Dependant, record: ShortRecord) -> None:
    for name in SHORT_RECORD:
        if name in record:
            setattr(dependant, name, str(record[name]).strip())  # type: ignore[literal-required]
    if "decides" in record:
        dependant.decides = Decides(record["decides"])
