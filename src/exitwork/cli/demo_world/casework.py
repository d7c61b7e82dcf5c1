# SPDX-License-Identifier: AGPL-3.0-or-later
"""Plays the cases told in the data files, each step at its own day, by whoever did it then."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from itertools import cycle, islice
from typing import Any

from exitwork.cases import actions as cases
from exitwork.cases.models import Case
from exitwork.cases.words import Function
from exitwork.cli.demo_world.around import Around
from exitwork.cli.demo_world.network import Network
from exitwork.cli.demo_world.told import Row, Told, everything_told
from exitwork.contacts.actions import code_note, correct_note, write_note
from exitwork.contacts.models import Contact
from exitwork.contacts.words import Layer
from exitwork.people.actions import record_person

CLOCKS = ("10:00", "16:30", "11:15", "19:40", "13:20", "09:05", "17:50", "14:45")
WRITTEN_AFTER = timedelta(minutes=70)
FIRST_SMALL = 9


def plan_cases(network: Network) -> None:
    """Put every case of the data files into the network's script."""
    for told in everything_told():
        Played(told, network).plan()


class Played:
    """One case on its way from the file into the program."""

    def __init__(self, told: Told, network: Network) -> None:
        self.told, self.network = told, network
        self.contacts: list[Contact] = []
        self.written = 0

    def plan(self) -> None:
        """Every step at its day."""
        told = self.told
        self._on(told.opened, "08:10", self._open)
        Around(told, self.network).plan()
        for who, function, since in told.team:
            self._on(since, "12:10", self._assign, who, function, since)
        for who, since, view in told.handed:
            self._on(since, "12:20", self._hand_over, who, view, since)
        for phase, since, reason in told.phases:
            self._on(since, "15:10", self._enter, phase, reason, since)
        for setting, basis, since, institution in told.episodes:
            self._on(since, "08:40", self._begin, setting, basis, institution, since)
        for row in (*told.notes, *self._small_notes()):
            self._plan_note(row, Layer.RECORD)
        for row in told.working:
            self._plan_note([*row, ""], Layer.WORKING_NOTE)
        for number, since, text in told.fixes:
            self._on(since, "20:10", self._correct, number, text)
        if told.closed:
            self._on(told.closed[0], "17:55", self._close)
        if told.reopened:
            self._on(told.reopened, "09:15", self._reopen)

    @property
    def case(self) -> Case:
        """The case, once it is open."""
        return self.network.cases[self.told.called]

    def _on(self, days: float, clock: str, act: Callable[..., Any], *words: Any) -> None:
        at = self.network.moment(self.told.house, days, clock)
        self.network.later(at, lambda: act(*words, at=at))

    def _open(self, *, at: datetime) -> None:
        told, by = self.told, self.network.by(self.told.manager)
        is_person = told.kind != "consultation"
        person = (
            record_person(pseudonym=told.called, languages=told.languages, reads=told.reads, by=by, at=at)
            if is_person
            else None
        )
        self.network.cases[told.called] = cases.open_case(
            programme=self.network.programmes[told.house, told.programme],
            kind=told.kind,
            person=person,
            setting=told.setting,
            basis=told.basis,
            institution=told.institution,
            confidentiality=told.confidentiality,
            by=by,
            at=at,
        )

    def _assign(self, who: str, function: str, days: float, *, at: datetime) -> None:
        by = self.network.by(self.told.manager_on(days))
        account = self.network.accounts[who]
        cases.assign(case=self.case, account=account, function=Function(function), by=by, at=at)

    def _hand_over(self, who: str, view: str, since: float, *, at: datetime) -> None:
        by = self.network.by(self.told.manager_on(since + 0.5))
        cases.hand_over(case=self.case, account=self.network.accounts[who], client_view=view, by=by, at=at)

    def _enter(self, phase: str, reason: str, since: float, *, at: datetime) -> None:
        by = self.network.by(self.told.manager_on(since))
        cases.change_phase(case=self.case, phase=phase, reason=reason, by=by, at=at)
        self.case.refresh_from_db()

    def _begin(self, setting: str, basis: str, institution: str, days: float, *, at: datetime) -> None:
        by = self.network.by(self.told.manager_on(days))
        cases.begin_episode(
            case=self.case,
            setting=setting,
            basis=basis,
            institution=institution,
            from_date=by.day_of(at),
            by=by,
            at=at,
        )

    def _small_notes(self) -> list[Row]:
        """Short notes between the first weeks and the end, by whoever manages the case then."""
        told = self.told
        if not told.every:
            return []
        days = range(told.opened - FIRST_SMALL, max(told.ended, 3), -told.every)
        start = len(told.called) + told.opened % 7
        texts = islice(cycle(told.small), start, None)
        return [
            # Codes come later, once a week, and not every note has them yet.
            [day, kind, minutes, told.manager_on(day), text, area if day % 3 == 0 else ""]
            for day, (kind, minutes, text, area) in zip(days, texts, strict=False)
        ]

    def _plan_note(self, row: Row, layer: Layer) -> None:
        days, kind, minutes, who, text, area = row
        self.written += 1
        clock = CLOCKS[(self.written + self.told.opened) % len(CLOCKS)]
        at = min(self.network.moment(self.told.house, days, clock), self.network.at - WRITTEN_AFTER)

        def write() -> None:
            by = self.network.by(who)
            contact = write_note(
                case=self.case,
                text=text,
                kind=kind,
                happened_at=at,
                minutes=minutes or None,
                layer=layer,
                by=by,
                at=at + WRITTEN_AFTER,
            )
            if area and layer is Layer.RECORD:
                code_note(contact=contact, area=area, by=by, at=at + WRITTEN_AFTER)
            if row in self.told.notes:
                self.contacts.append(contact)

        self.network.later(at + WRITTEN_AFTER, write)

    def _correct(self, number: int, text: str, *, at: datetime) -> None:
        contact = Contact.objects.get(pk=self.contacts[number].pk)
        correct_note(
            contact=contact,
            version=contact.version,
            text=text,
            kind=contact.kind,
            happened_at=contact.happened_at,
            minutes=contact.minutes,
            by=self.network.by(self.told.notes[number][3]),
            at=at,
        )

    def _close(self, *, at: datetime) -> None:
        days, ending, remark = self.told.closed
        by = self.network.by(self.told.manager_on(days))
        cases.close_case(case=self.case, ending=ending, remark=remark, by=by, at=at)
        self.case.refresh_from_db()

    def _reopen(self, *, at: datetime) -> None:
        by = self.network.by(self.told.manager_on(self.told.reopened))
        cases.reopen_case(case=self.case, by=by, at=at)
        self.case.refresh_from_db()
