# SPDX-License-Identifier: AGPL-3.0-or-later
"""What happened in the last days, so that something waits: openings, a stop, a wall, a draft, a pause."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

from exitwork.access.actions import open_in_emergency
from exitwork.access.words import Emergency
from exitwork.agenda.actions import plan_appointment, set_absence
from exitwork.cli.demo_world.cast import read
from exitwork.cli.demo_world.network import Network
from exitwork.drafts.actions import keep_draft
from exitwork.kernel.standing import Standing
from exitwork.organisations.actions import suspend_colleague
from exitwork.people import actions as people


def plan_today(network: Network) -> None:
    """Put the last days into the network's script."""
    days = LastDays(network)
    texts = read("today.toml")
    for case, who, day, text in texts["opened_in_emergency"]:
        days.on(who, day, "21:10", days.emergency, case, text)
    for case, who, day, reason, text in texts["identity_opened"]:
        days.on(who, day, "15:40", days.identity, case, reason, text)
    for case, who, day in texts["phone_unsafe"]:
        days.on(who, day, "18:20", days.phone, case)
    for kind, one, other, who, day in texts["walls"]:
        days.on(who, day, "13:30", days.wall, kind, one, other)
    for who, by, day, reason in texts["paused"]:
        days.on(by, day, "09:45", days.pause, who, reason)
    for case, who, planned, starts, clock, *rest in texts["appointments"]:
        days.on(who, planned, "09:25", days.appointment, case, who, starts, clock, *rest)
    for who, day, length in texts["absences"]:
        days.on(who, day, "22:00", days.absence, who, length)
    for case, who, text in texts["drafts"]:
        days.on(who, 0, "23:00", days.draft, case, text)


class LastDays:
    """What somebody did lately, by the kind of it."""

    def __init__(self, network: Network) -> None:
        self.network = network

    def on(self, who: str, days: float, clock: str, act: Callable[..., Any], *words: Any) -> None:
        """Let somebody do it on that day."""
        at = self.network.moment(self.network.houses[who], days, clock)
        self.network.later(at, lambda: act(*words, by=self.network.by(who), at=at))

    def emergency(self, case: str, text: str, *, by: Standing, at: datetime) -> None:
        """Open a case in an emergency; nobody has looked at it afterwards yet."""
        thing = self.network.cases[case]
        open_in_emergency(thing=thing, why=Emergency.CLIENT_CALLS, reason=text, by=by, at=at)

    def identity(self, case: str, reason: str, text: str, *, by: Standing, at: datetime) -> None:
        """Open an identity from outside the case team; the team has not taken note of it yet."""
        people.open_identity(person=self.network.person(case), reason=reason, words=text, by=by, at=at)

    def phone(self, case: str, *, by: Standing, at: datetime) -> None:
        """Stop everything outgoing to a client."""
        people.phone_no_longer_safe(person=self.network.person(case), by=by, at=at)

    def wall(self, kind: str, one: str, other: str, *, by: Standing, at: datetime) -> None:
        """Tell the wall keepers that two records touch."""
        first, second = self.network.person(one).ref, self.network.person(other).ref
        people.raise_wall(kind=kind, one=first, other=second, by=by, at=at)

    def pause(self, who: str, reason: str, *, by: Standing, at: datetime) -> None:
        """Pause a colleague."""
        suspend_colleague(account=self.network.accounts[who], reason=reason, by=by, at=at)

    def draft(self, case: str, text: str, *, by: Standing, at: datetime) -> None:
        """Leave a note half written."""
        about = self.network.cases[case].ref
        keep_draft(form="note", about=about, words={"text": text}, by=by, at=at)

    def appointment(
        self,
        case: str,
        who: str,
        starts: int,
        clock: str,
        kind: str,
        minutes: int,
        place: str,
        with_whom: str,
        *,
        by: Standing,
        at: datetime,
    ) -> None:
        """Plan to meet; what is past by now waits for its outcome."""
        plan_appointment(
            case=self.network.cases[case],
            kind=kind,
            starts_at=self.network.day_at(self.network.houses[who], starts, clock),
            minutes=minutes,
            place=place,
            with_whom=with_whom,
            by=by,
            at=at,
        )

    def absence(self, who: str, length: int, *, by: Standing, at: datetime) -> None:
        """Be away from now on, for some days; the deputies act."""
        until = by.day_of(at) + timedelta(days=length)
        set_absence(account=self.network.accounts[who], until_date=until, by=by, at=at)
