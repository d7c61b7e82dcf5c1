# SPDX-License-Identifier: AGPL-3.0-or-later
"""Recording a person under a pseudonym, and how he takes things in (S24)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import TypedDict, Unpack

from django.utils.translation import gettext as _

from exitwork.journal.recording import recorded
from exitwork.kernel.decisions import refuse
from exitwork.kernel.standing import Standing
from exitwork.kernel.versions import Stale
from exitwork.people import rules
from exitwork.people.models import Identity, Person
from exitwork.people.words.choices import PersonKind
from exitwork.people.words.events import PERSON_CHANGED, PERSON_RECORDED
from exitwork.people.words.pseudonyms import suggested_pseudonym
from exitwork.vault.keys import KeyKind, KeyRef, create_key


class TakesIn(TypedDict, total=False):
    """How somebody takes things in; whatever is left out stays as it is."""

    languages: Sequence[str]
    reads: str
    script: str
    sight: str
    hearing: str


def record_person(*, pseudonym: str = "", by: Standing, at: datetime, **takes_in: Unpack[TakesIn]) -> Person:
    """Record a person of the organisation acted for, with his key and an empty identity.

    No name is needed (R32). Without a pseudonym one is drawn at random.

    :raises Refusal: if a rule says no.
    """
    with recorded(PERSON_RECORDED, by=by, at=at) as entry:
        rules.may_record_person.decide(by, None, at).or_raise()
        person = new_person(pseudonym=pseudonym, kind=PersonKind.PERSON, by=by, at=at)
        _take_in(person, takes_in)
        person.save(force_insert=True)
        create_key(KeyRef(KeyKind.PERSON, person.pk))
        Identity.objects.create(organisation_id=person.organisation_id, person=person)
        entry.about(person)
    return person


def change_taking_in(
    *, person: Person, version: int, by: Standing, at: datetime, **takes_in: Unpack[TakesIn]
) -> Person:
    """Change how the person takes things in.

    :raises Refusal: if a rule says no.
    :raises Stale: if somebody saved in between.
    """
    with recorded(PERSON_CHANGED, by=by, about=person, at=at) as entry:
        rules.may_change_around.decide(by, person, at).or_raise()
        person = Person.objects.get(pk=person.pk)
        if person.version != version:
            # What was there before is not kept for these facts: every change counts as a clash to look at.
            theirs = {name: getattr(person, name) for name in TakesIn.__annotations__}
            raise Stale(version=person.version, base={}, theirs=theirs)
        _take_in(person, takes_in)
        person.version += 1
        person.save()
        entry.note(changed=sorted(takes_in))
    return person


def new_person(*, pseudonym: str, kind: PersonKind, by: Standing, at: datetime) -> Person:
    """A person of the organisation acted for, not yet saved.

    :raises Refusal: if somebody acts for no organisation.
    """
    if by.organisation is None:
        raise refuse(
            _("You act for no organisation at the moment. An administrator can add you."),
            "people.person.no_organisation",
        )
    called = " ".join(pseudonym.split()) or suggested_pseudonym()
    return Person.called(called, organisation_id=by.organisation, created_by_id=by.account, at=at, kind=kind)


def _take_in(person: Person, takes_in: TakesIn) -> None:
    for name, value in takes_in.items():
        setattr(person, name, list(value) if name == "languages" else value)  # type: ignore[call-overload]
