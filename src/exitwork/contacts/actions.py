# SPDX-License-Identifier: AGPL-3.0-or-later
"""Writing notes, making them record, correcting and coding them."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from django.utils.translation import gettext as _

from exitwork.cases.models import Absence, Case
from exitwork.cases.rules import may_write_in_case
from exitwork.contacts import rules
from exitwork.contacts.models import Contact, EarlierVersion
from exitwork.contacts.words import CODED, CORRECTED, EXPIRED, HELD, PROMOTED, WRITTEN, ContactKind, Layer
from exitwork.journal.recording import recorded
from exitwork.kernel.decisions import refuse
from exitwork.kernel.references import new_reference
from exitwork.kernel.standing import Standing
from exitwork.kernel.versions import Stale

WORKING_NOTE_LIVES = timedelta(days=60)
FUTURE_ALLOWED = timedelta(minutes=15)
# While its author is away a note never comes nearer to its end than this, so that he is told on return.
HELD_AHEAD = timedelta(days=15)
HELD_AT_LEAST = timedelta(days=14)


def write_note(
    *,
    case: Case,
    text: str = "",
    kind: str = ContactKind.CONVERSATION,
    happened_at: datetime | None = None,
    minutes: int | None = None,
    layer: str = Layer.WORKING_NOTE,
    by: Standing,
    at: datetime,
) -> Contact:
    """Write down a contact. Nothing is compulsory but the case (S11).

    :param minutes: how long it took.
    :raises Refusal: if a rule says no, or it is said to have happened in the future.
    """
    when = happened_at or at
    with recorded(WRITTEN, by=by, about=case, at=at) as entry:
        may_write_in_case.decide(by, case, at).or_raise()
        _refuse_future(when, at)
        contact = Contact.objects.create(
            organisation_id=case.organisation_id,
            case=case,
            ref=new_reference(taken=lambda ref: Contact.objects.filter(case=case, ref=ref).exists()),
            author_id=by.me,
            kind=kind,
            layer=layer,
            happened_at=when,
            minutes=minutes,
            text=text.strip(),
            written_at=at,
            expires_at=None if layer == Layer.RECORD else at + WORKING_NOTE_LIVES,
        )
        entry.note(contact=contact.ref, kind=kind, layer=layer, minutes=minutes)
    return contact


def promote_note(*, contact: Contact, by: Standing, at: datetime) -> Contact:
    """Make a working note part of the case record.

    :raises Refusal: if a rule says no.
    """
    with recorded(PROMOTED, by=by, about=contact.case, at=at) as entry:
        contact = _current(contact)
        rules.may_promote_contact.decide(by, contact, at).or_raise()
        contact.layer = Layer.RECORD
        contact.expires_at = None
        contact.version += 1
        contact.save(update_fields=["layer", "expires_at", "version"])
        entry.note(contact=contact.ref)
    return contact


def correct_note(
    *,
    contact: Contact,
    version: int,
    text: str,
    kind: str,
    happened_at: datetime,
    minutes: int | None,
    by: Standing,
    at: datetime,
) -> Contact:
    """Correct a note. The earlier version is kept.

    :param version: the version the correction started from.
    :raises Refusal: if a rule says no.
    :raises Stale: if somebody corrected it in between; nothing is overwritten.
    """
    mine = {"text": text.strip(), "kind": kind, "happened_at": happened_at, "minutes": minutes}
    with recorded(CORRECTED, by=by, about=contact.case, at=at) as entry:
        contact = _current(contact)
        rules.may_correct_contact.decide(by, contact, at).or_raise()
        _refuse_future(happened_at, at)
        theirs = _values(contact)
        if version != contact.version:
            mine = _merged(contact, version, theirs, mine)
        if mine == theirs:
            return contact
        EarlierVersion.objects.create(
            organisation_id=contact.organisation_id,
            case=contact.case,
            contact=contact,
            version=contact.version,
            author_id=contact.author_id,
            layer=contact.layer,
            corrected_at=at,
            corrected_by_id=by.me,
            **theirs,
        )
        for name, value in mine.items():
            setattr(contact, name, value)
        contact.version += 1
        contact.save(update_fields=[*mine, "version"])
        entry.note(contact=contact.ref, version=contact.version)
    return contact


def code_note(
    *,
    contact: Contact,
    area: str = "",
    pillar: str = "",
    method: str = "",
    by: Standing,
    at: datetime,
) -> Contact:
    """Set the codes reports are made from; they come after the note (S11).

    :raises Refusal: if a rule says no.
    """
    with recorded(CODED, by=by, about=contact.case, at=at) as entry:
        contact = _current(contact)
        rules.may_correct_contact.decide(by, contact, at).or_raise()
        contact.area, contact.pillar, contact.method = area, pillar, method
        contact.save(update_fields=["area", "pillar", "method"])
        entry.note(contact=contact.ref, area=area, pillar=pillar, method=method)
    return contact


def expire_notes(*, by: Standing, at: datetime) -> int:
    """Let the working notes whose day has come go, for good. Returns how many.

    Run by the worker; their authors were told two weeks before (my day). The notes of somebody who
    is away stay (S17).
    """
    _hold_notes(by=by, at=at)
    due = list(
        Contact.objects.filter(layer=Layer.WORKING_NOTE, expires_at__lte=at).values_list("pk", flat=True)
    )
    if due:
        with recorded(EXPIRED, by=by, about=None, at=at) as entry:
            Contact.objects.filter(pk__in=due).delete()
            entry.note(count=len(due))
    return len(due)


def _hold_notes(*, by: Standing, at: datetime) -> None:
    """Put off the end of the working notes whose authors are away."""
    near = Contact.objects.filter(layer=Layer.WORKING_NOTE, expires_at__lte=at + HELD_AT_LEAST)
    away = Absence.objects.in_force(at).values_list("organisation_id", "account_id")
    for organisation, account in set(away):
        theirs = near.filter(organisation=organisation, author=account)
        if not theirs.exists():
            continue
        with recorded(HELD, by=by, about=None, at=at, organisation=organisation) as entry:
            entry.note(author=str(account), count=theirs.update(expires_at=at + HELD_AHEAD))


def _current(contact: Contact) -> Contact:
    """The contact as it is now that its case is locked."""
    return Contact.objects.select_related("case").get(pk=contact.pk)


def _values(contact: Contact | EarlierVersion) -> dict[str, Any]:
    return {
        "text": contact.text.open(),
        "kind": contact.kind,
        "happened_at": contact.happened_at,
        "minutes": contact.minutes,
    }


def _merged(contact: Contact, version: int, theirs: dict[str, Any], mine: dict[str, Any]) -> dict[str, Any]:
    """What to save over a correction made in between.

    :raises Stale: if both changed the same field.
    """
    earlier = EarlierVersion.objects.filter(contact=contact, version__gte=version).order_by("version").first()
    base = theirs if earlier is None else _values(earlier)
    stale = Stale(version=contact.version, base=base, theirs=theirs)
    merge = stale.merge(mine)
    if merge.clashes:
        raise stale
    return dict(merge.taken)


def _refuse_future(when: datetime, at: datetime) -> None:
    if when > at + FUTURE_ALLOWED:
        raise refuse(
            _("This is in the future. For something planned, make an appointment."), "contacts.note.future"
        )
