# SPDX-License-Identifier: AGPL-3.0-or-later
"""The demo's network while it is built: what the cast's keys stand for, and moments relative to today."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from exitwork.accounts.models import Account
from exitwork.cases.models import Case
from exitwork.kernel.standing import Standing
from exitwork.organisations.models import Organisation
from exitwork.organisations.standing import standing_of
from exitwork.people.models import Face, Interpreter, Person
from exitwork.programmes.models import Programme

Step = tuple[datetime, int, Callable[[], Any]]


@dataclass
class Network:
    """Everything made so far, by key."""

    at: datetime
    organisations: dict[str, Organisation] = field(default_factory=dict)
    accounts: dict[str, Account] = field(default_factory=dict)
    houses: dict[str, str] = field(default_factory=dict)
    programmes: dict[tuple[str, str], Programme] = field(default_factory=dict)
    faces: dict[str, list[Face]] = field(default_factory=dict)
    interpreters: dict[str, list[Interpreter]] = field(default_factory=dict)
    cases: dict[str, Case] = field(default_factory=dict)
    steps: list[Step] = field(default_factory=list)
    _standings: dict[str, Standing] = field(default_factory=dict)

    def by(self, key: str) -> Standing:
        """The standing of somebody of the cast, signed in with a second factor."""
        if key not in self._standings:
            organisation = self.organisations[self.houses[key]]
            self._standings[key] = standing_of(
                self.accounts[key], organisation.pk, self.at, has_second_factor=True
            )
        return self._standings[key]

    def person(self, called: str) -> Person:
        """The person of a case, as it is now."""
        return Person.objects.get(cases=self.cases[called])

    def moment(self, house: str, days: float, clock: str = "10:00") -> datetime:
        """So many days ago at that time where the organisation works; never ahead of today's seeding."""
        return min(self.day_at(house, days, clock), self.at - timedelta(minutes=5))

    def day_at(self, house: str, days: float, clock: str) -> datetime:
        """So many days ago, or ahead where negative, at that time where the organisation works."""
        zone = ZoneInfo(self.organisations[house].zone)
        day = (self.at.astimezone(zone) - timedelta(days=days)).date()
        return datetime.combine(day, time.fromisoformat(clock), zone).astimezone(self.at.tzinfo)

    def later(self, at: datetime, act: Callable[[], Any]) -> None:
        """Do this when its moment has come."""
        self.steps.append((at, len(self.steps), act))

    def play(self) -> None:
        """Do everything that was put off, in the order of its moments."""
        for _at, _number, act in sorted(self.steps, key=lambda step: step[:2]):
            act()
