# SPDX-License-Identifier: AGPL-3.0-or-later
"""The gate before every message to a client (S7): pure, and closed by default.

* Nothing goes out before it was settled with the client how, or while a stop is open.
* Only by a channel and in the hours he named, under the face he knows, never onto a voicemail
  he does not want, on no more paper than he may hold.
* What others can read without opening it (sender, subject, file name, link host; on a telephone
  the words too, for the locked screen shows them) tells nothing of the work.
* What is handed over in person needs no hours and no telephone; paper is still minded.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from exitwork.kernel.decisions import Allowed, Decision, Refused
from exitwork.kernel.working_time import Hours, WorkingTime
from exitwork.people.words.choices import Channel, Paper
from exitwork.people.words.neutral import is_neutral

# How much is put into somebody's hands, least first.
_PAPER = {Paper.NONE: 0, Paper.LOOK: 0, Paper.NEUTRAL: 1, Paper.ANY: 2}
_ON_LOCKED_SCREEN = frozenset({Channel.TEXT, Channel.MESSENGER})


@dataclass(frozen=True, slots=True)
class SafetyProfile:
    """What was settled with a client about being contacted, opened from its row."""

    face: UUID
    hours: Mapping[Channel, Mapping[int, tuple[Hours, ...]]]
    zone: str
    no_voicemail: bool = True
    paper: Paper = Paper.NONE
    is_stopped: bool = False


@dataclass(frozen=True, slots=True)
class Outgoing:
    """A message before it leaves.

    ``shown`` is everything others can read without opening it; ``further`` are words that
    would tell in this case, such as the programme's name.
    """

    channel: Channel
    face: UUID
    shown: tuple[str, ...] = ()
    words: str = ""
    is_voicemail: bool = False
    paper: Paper = Paper.NONE
    further: tuple[str, ...] = field(default=())

    @property
    def on_paper(self) -> Paper:
        """What it leaves in somebody's hands; a letter leaves paper whatever it says of itself."""
        is_bare_letter = self.channel is Channel.LETTER and _PAPER[self.paper] == 0
        return Paper.NEUTRAL if is_bare_letter else self.paper

    @property
    def readable_outside(self) -> tuple[str, ...]:
        """What may be read by whoever holds the telephone, the letter or the neutral sheet."""
        is_open = self.channel in _ON_LOCKED_SCREEN or self.on_paper is Paper.NEUTRAL
        return (*self.shown, self.words) if is_open else self.shown


def may_send(profile: SafetyProfile | None, message: Outgoing, at: datetime) -> Decision:
    """Whether the message may go out to the client at this moment, and if not, why."""
    if profile is None:
        return Refused(
            _("It was not settled yet how this client may be contacted. Settle it under contact safety."),
            "people.sending.not_settled",
        )
    in_hand = message.channel is Channel.HAND
    asked = (
        None if in_hand else _stopped(profile),
        None if in_hand else _way(profile, message, at),
        _paper(profile, message),
        _outside(message),
    )
    # A refusal is false like None, so it is told apart by being there.
    return next((no for no in asked if no is not None), Allowed(("settled_with_the_client",)))


def _stopped(profile: SafetyProfile) -> Refused | None:
    if not profile.is_stopped:
        return None
    return Refused(
        _("The phone is no longer safe. Nothing goes out until the client was met or somebody lifts it."),
        "people.sending.stopped",
    )


def _way(profile: SafetyProfile, message: Outgoing, at: datetime) -> Refused | None:
    weekly = profile.hours.get(message.channel)
    if weekly is None:
        return Refused(
            _("The client does not want to be contacted like this. See contact safety for what was agreed."),
            "people.sending.channel",
        )
    if not WorkingTime(profile.zone, weekly).is_open(at):
        return Refused(
            _("Not at this hour. See contact safety for the hours the client named."), "people.sending.hours"
        )
    if message.face != profile.face:
        return Refused(
            _("The client knows us under another name. Choose the name settled together."),
            "people.sending.face",
        )
    if message.is_voicemail and profile.no_voicemail:
        return Refused(_("The client wants nothing left on a voicemail."), "people.sending.voicemail")
    return None


def _paper(profile: SafetyProfile, message: Outgoing) -> Refused | None:
    if _PAPER[message.on_paper] <= _PAPER[profile.paper]:
        return None
    return Refused(
        _("The client may not hold this on paper. Look at it together, or use a neutral sheet if agreed."),
        "people.sending.paper",
    )


def _outside(message: Outgoing) -> Refused | None:
    if all(is_neutral(text, message.further) for text in message.readable_outside):
        return None
    return Refused(
        _("Somebody who sees this would know what we do. Use neutral words in everything that shows."),
        "people.sending.telling",
    )
