# SPDX-License-Identifier: AGPL-3.0-or-later
"""Faces, what is settled about contact, and the stop of everything outgoing (S7)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import TypedDict, Unpack

from django.utils.translation import gettext as _

from exitwork.journal.recording import looked, recorded
from exitwork.kernel.decisions import refuse
from exitwork.kernel.standing import Standing
from exitwork.kernel.versions import Stale
from exitwork.kernel.working_time import BadHours, read_hours
from exitwork.people import rules
from exitwork.people.models import ContactSafety, Face, Person, Stop
from exitwork.people.words.choices import Channel, Lifted, Paper
from exitwork.people.words.events import (
    FACE_MADE,
    FACE_RETIRED,
    PHONE_SAFE,
    PHONE_UNSAFE,
    SAFETY_READ,
    SAFETY_SETTLED,
)
from exitwork.people.words.neutral import telling_words

SEALED = ("saved_as", "paper_where", "question", "answer", "not_alone")


class FaceShows(TypedDict, total=False):
    """What a face shows besides its name and sender."""

    letterhead: str
    calendar_title: str
    link_host: str


class SafetyWords(TypedDict, total=False):
    """What was settled in words; left out leaves it as it is."""

    saved_as: str
    paper_where: str
    question: str
    answer: str
    not_alone: str


@dataclass(frozen=True, slots=True)
class Stopped:
    """What pressing the button did, and what follows from it for the rooms above."""

    stop: Stop
    needs_meeting: bool


def make_face(
    *,
    name: str,
    sender: str,
    further: Iterable[str] = (),
    by: Standing,
    at: datetime,
    **shows: Unpack[FaceShows],
) -> Face:
    """Make a neutral appearance of the organisation acted for. ``further`` are words that would tell.

    :raises Refusal: if a rule says no, or something of it tells what we do.
    """
    with recorded(FACE_MADE, by=by, at=at) as entry:
        rules.may_make_face.decide(by, None, at).or_raise()
        assert by.organisation is not None
        face = Face(
            organisation_id=by.organisation,
            name=name.strip(),
            sender=sender.strip(),
            letterhead=shows.get("letterhead", "").strip(),
            calendar_title=shows.get("calendar_title", "").strip() or str(_("Appointment")),
            link_host=shows.get("link_host", "").strip(),
            made_at=at,
        )
        _refuse_telling(face, tuple(further))
        if Face.objects.in_use().filter(organisation_id=by.organisation, name=face.name).exists():
            raise refuse(_("There is a face of this name already."), "people.face.twice")
        face.save(force_insert=True)
        entry.about(face)
    return face


def retire_face(*, face: Face, by: Standing, at: datetime) -> Face:
    """Offer a face no longer; who knows us by it keeps it until it is settled anew.

    :raises Refusal: if a rule says no.
    """
    with recorded(FACE_RETIRED, by=by, about=face, at=at):
        face = Face.objects.get(pk=face.pk)
        rules.may_make_face.decide(by, face, at).or_raise()
        _refuse_foreign(face, by.organisation)
        if face.retired_at is None:
            face.retired_at = at
            face.save(update_fields=["retired_at"])
    return face


def settle_safety(
    *,
    person: Person,
    face: Face,
    hours: Mapping[str, str],
    no_voicemail: bool = True,
    paper: str = Paper.NONE,
    version: int = 0,
    by: Standing,
    at: datetime,
    **words: Unpack[SafetyWords],
) -> ContactSafety:
    """Keep what was settled with the client about being contacted.

    ``hours`` maps a channel to weekly hours (``Mon-Fri 17:00-20:00``) in the organisation's
    zone; a channel left out is not allowed. ``version`` is the one started from, 0 for none.

    :raises Refusal: if a rule says no, or hours or face can't be used.
    :raises Stale: if somebody saved in between.
    """
    with recorded(SAFETY_SETTLED, by=by, about=person, at=at) as entry:
        rules.may_write_identity.decide(by, person, at).or_raise()
        _refuse_foreign(face, person.organisation_id)
        _refuse_unreadable(hours)
        safety = ContactSafety.objects.filter(person=person).first() or ContactSafety(
            organisation_id=person.organisation_id, person=person, version=0
        )
        if safety.version != version:
            raise Stale(version=safety.version, base={}, theirs=_shown(safety))
        safety.face, safety.hours = (
            face,
            {channel: text.strip() for channel, text in hours.items() if text.strip()},
        )
        safety.zone, safety.no_voicemail, safety.paper = person.organisation.zone, no_voicemail, paper
        for name in SEALED:
            if name in words:
                setattr(safety, name, str(words[name]).strip())  # type: ignore[literal-required]
        safety.settled_at, safety.version = at, version + 1
        safety.save()
        entry.note(channels=sorted(safety.hours), paper=str(paper), version=safety.version)
    return safety


def read_safety(*, person: Person, by: Standing, at: datetime) -> dict[str, str]:
    """Open what was settled in words: saved as, where paper, the question, the word for "not alone".

    :raises Refusal: if a rule says no.
    """
    rules.may_reach_client.decide(by, person, at).or_raise()
    looked(SAFETY_READ, by=by, about=[person], at=at)
    safety = ContactSafety.objects.filter(person=person).first()
    return opened_words(safety)


def opened_words(safety: ContactSafety | None) -> dict[str, str]:
    """The plain words of a contact-safety row; empty where nothing was settled."""
    return {name: value.open() if (value := getattr(safety, name, None)) else "" for name in SEALED}


def phone_no_longer_safe(*, person: Person, by: Standing, at: datetime) -> Stopped:
    """Stop everything outgoing to this client at once (S7). Pressed twice, it stays stopped.

    The event asks for a meeting in person; whoever plans appointments acts on it.

    :raises Refusal: if a rule says no.
    """
    with recorded(PHONE_UNSAFE, by=by, about=person, at=at) as entry:
        rules.may_stop_sending.decide(by, person, at).or_raise()
        assert by.account is not None
        stop = Stop.objects.open().filter(person=person).first() or Stop.objects.create(
            organisation_id=person.organisation_id,
            person=person,
            stopped_at=at,
            stopped_by=by.account,
            stopped_by_name=by.name,
        )
        entry.note(needs_meeting=True)
    return Stopped(stop, needs_meeting=True)


def lift_stop(*, stop: Stop, how: str, met_at: datetime | None = None, by: Standing, at: datetime) -> Stop:
    """Let messages go out again: as a second person, or after having met the client.

    :raises Refusal: if a rule says no, or the meeting does not lie between the stop and now.
    """
    with recorded(PHONE_SAFE, by=by, about=stop.person, at=at) as entry:
        stop = Stop.objects.select_related("person").get(pk=stop.pk)
        if stop.lifted_at is not None:
            raise refuse(_("This was lifted already."), "people.stop.lifted_already")
        rule = rules.may_lift_after_meeting if how == Lifted.MEETING else rules.may_lift_as_second
        rule.decide(by, stop, at).or_raise()
        if how == Lifted.MEETING and (met_at is None or not stop.stopped_at < met_at <= at):
            raise refuse(_("Say when you met the client since it was stopped."), "people.stop.no_meeting")
        stop.lifted_at, stop.lifted_by, stop.lifted_by_name = at, by.account, by.name
        stop.lifted_how = Lifted(how)
        stop.met_at = met_at if how == Lifted.MEETING else None
        stop.save()
        entry.note(how=str(how))
    return stop


def _refuse_telling(face: Face, further: tuple[str, ...]) -> None:
    for text in face.shown:
        if found := telling_words(text, further):
            raise refuse(
                _('"%(text)s" tells what we do (%(word)s). Choose neutral words.')
                % {"text": text, "word": found[0]},
                "people.face.telling",
            )


def _refuse_foreign(face: Face, organisation: object) -> None:
    if face.organisation_id != organisation:
        raise refuse(_("This face belongs to another organisation."), "people.face.foreign")


def _refuse_unreadable(hours: Mapping[str, str]) -> None:
    for channel, text in hours.items():
        if channel not in Channel.values:
            raise refuse(_("This is no way of contact known here."), "people.safety.unknown_channel")
        try:
            read_hours(text)
        except BadHours as fault:
            raise refuse(
                _('"%(piece)s" can\'t be read as hours. Write them like this: Mon-Fri 17:00-20:00')
                % {"piece": fault.piece},
                "people.safety.unreadable_hours",
            ) from fault


def _shown(safety: ContactSafety) -> dict[str, object]:
    return {
        "face": safety.face_id,
        "hours": safety.hours,
        "paper": safety.paper,
        "no_voicemail": safety.no_voicemail,
    }
