# SPDX-License-Identifier: AGPL-3.0-or-later
"""Noting, reaching, opening and correcting who a person is (S12).

* Nothing sealed opens before its look or opening stands in the journal.
* Reaching one's own client is one act without a reason; whatever tells who he is to the
  authorities asks one of five, and from outside the case team words as well.
* No value is overwritten without its version.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TypedDict, Unpack

from django.utils.translation import gettext as _

from exitwork.journal.recording import looked, recorded
from exitwork.kernel.decisions import refuse
from exitwork.kernel.standing import Standing
from exitwork.kernel.versions import Stale
from exitwork.people import rules
from exitwork.people.models import Identity, IdentityOpening, IdentityVersion, Person
from exitwork.people.models.identity import REACHING, REASONED, SEALED
from exitwork.people.words.choices import OpeningReason
from exitwork.people.words.events import (
    IDENTITY_NOTED,
    IDENTITY_OPENED,
    IDENTITY_REACHED,
    OPENING_SEEN,
)

SHORTEST_WORDS = 20


class IdentityValues(TypedDict, total=False):
    """What may be noted of an identity; empty text takes a value away, left out leaves it."""

    wanted_name: str
    phone: str
    safe_channel: str
    legal_name: str
    birth_date: str
    documents: str
    address: str
    residence_status: str


@dataclass(frozen=True, slots=True)
class Reach:
    """How to reach one's own client. Its text tells nothing, so that no log can."""

    wanted_name: str
    phone: str
    safe_channel: str

    def __repr__(self) -> str:
        return "Reach(...)"


@dataclass(frozen=True, slots=True)
class Opened:
    """What an opening showed, and the row that says who opened it and why."""

    opening: IdentityOpening
    values: dict[str, str]

    def __repr__(self) -> str:
        return "Opened(...)"


def note_identity(
    *, person: Person, by: Standing, at: datetime, **values: Unpack[IdentityValues]
) -> Identity:
    """Note some of who the person is; the values before stay as a version.

    :raises Refusal: if a rule says no.
    """
    with recorded(IDENTITY_NOTED, by=by, about=person, at=at) as entry:
        rules.may_write_identity.decide(by, person, at).or_raise()
        identity = Identity.objects.get(person=person)
        entry.note(fields=_write(identity, values, by, at), version=identity.version)
    return identity


def correct_identity(
    *, person: Person, version: int, by: Standing, at: datetime, **values: Unpack[IdentityValues]
) -> Identity:
    """Correct what was noted, having started from a version of it.

    :raises Refusal: if a rule says no.
    :raises Stale: if somebody saved in between.
    """
    with recorded(IDENTITY_NOTED, by=by, about=person, at=at) as entry:
        rules.may_write_identity.decide(by, person, at).or_raise()
        identity = Identity.objects.get(person=person)
        if identity.version != version:
            raise _stale(identity, version, tuple(values))
        entry.note(fields=_write(identity, values, by, at), version=identity.version)
    return identity


def reach_client(*, person: Person, by: Standing, at: datetime) -> Reach:
    """Open the first name as wanted, phone and safe channel of one's own client: one line in the journal.

    :raises Refusal: if it is not one's own client.
    """
    rules.may_reach_client.decide(by, person, at).or_raise()
    looked(IDENTITY_REACHED, by=by, about=[person], at=at)
    identity = Identity.objects.get(person=person)
    return Reach(**identity.opened(*REACHING))


def open_identity(*, person: Person, reason: str, words: str = "", by: Standing, at: datetime) -> Opened:
    """Open legal name, birth date, papers, address and residence status, for one of five reasons.

    From outside the case team the reason is typed as well, and the case team is told: the row
    stays among ``IdentityOpening.objects.unseen()`` until one of them took note.

    :raises Refusal: if a rule says no, or the reason says too little.
    """
    with recorded(IDENTITY_OPENED, by=by, about=person, at=at) as entry:
        rules.may_open_identity.decide(by, person, at).or_raise()
        is_outside = not rules.identity_opens.holds(by, person, at)
        _refuse_thin_reason(reason, words, is_outside=is_outside)
        assert by.account is not None
        opening = IdentityOpening.objects.create(
            organisation_id=person.organisation_id,
            person=person,
            opened_by=by.account,
            opened_by_name=by.name,
            opened_at=at,
            reason=reason,
            words=words.strip(),
            is_outside=is_outside,
        )
        entry.note(reason=reason, outside=is_outside)
    return Opened(opening, Identity.objects.get(person=person).opened(*REASONED))


def take_note_of_opening(*, opening: IdentityOpening, by: Standing, at: datetime) -> IdentityOpening:
    """Take note that somebody from outside the case team opened the identity.

    :raises Refusal: if a rule says no.
    """
    with recorded(OPENING_SEEN, by=by, about=opening, at=at):
        opening = IdentityOpening.objects.select_related("person").get(pk=opening.pk)
        rules.may_take_note.decide(by, opening, at).or_raise()
        if opening.seen_at is None:
            opening.seen_at, opening.seen_by = at, by.account
            opening.save(update_fields=["seen_at", "seen_by"])
    return opening


def _refuse_thin_reason(reason: str, words: str, *, is_outside: bool) -> None:
    if reason not in OpeningReason.values:
        raise refuse(_("Choose why you need it."), "people.identity.no_reason")
    if is_outside and len(words.strip()) < SHORTEST_WORDS:
        raise refuse(
            _("You are not on the case team. Say in 20 characters or more why; the team is told."),
            "people.identity.reason_too_short",
        )


def _write(identity: Identity, values: IdentityValues, by: Standing, at: datetime) -> list[str]:
    """Keep the version before, then set what differs; the names of what changed."""
    before = identity.opened(*SEALED)
    changed = {name: str(value).strip() for name, value in values.items() if name in SEALED}
    changed = {name: value for name, value in changed.items() if value != before[name]}
    if not changed:
        return []
    IdentityVersion.objects.create(
        organisation_id=identity.organisation_id,
        person_id=identity.person_id,
        number=identity.version,
        values=before,
        until_at=at,
        changed_by=by.account,
        changed_by_name=by.name,
    )
    for name, value in changed.items():
        setattr(identity, name, value)
    identity.version += 1
    identity.save(update_fields=[*changed, "version"])
    return sorted(changed)


def _stale(identity: Identity, version: int, names: tuple[str, ...]) -> Stale:
    """What stood when the person began, and what stands now, of these fields."""
    then = IdentityVersion.objects.filter(person_id=identity.person_id, number=version).first()
    base = then.values.open() if then is not None else {}
    return Stale(
        version=identity.version,
        base={name: base.get(name, "") for name in names},
        theirs=identity.opened(*(name for name in names if name in SEALED)),
    )
