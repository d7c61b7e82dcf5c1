# SPDX-License-Identifier: AGPL-3.0-or-later
"""What is known of the person of a case: identity, contact safety, profile, people around, children."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from exitwork.cli.demo_world.network import Network
from exitwork.cli.demo_world.told import Told
from exitwork.people import actions as people
from exitwork.people.models import Person

# How many days after the opening it became known.
IDENTITY_AFTER, PROFILE_AFTER, AROUND_AFTER, CHILDREN_AFTER = 5, 12, 20, 30


class Around:
    """One person on the way from the file into the program; each fact at its own day."""

    def __init__(self, told: Told, network: Network) -> None:
        self.told, self.network = told, network

    def plan(self) -> None:
        """Every fact at its day."""
        told, network = self.told, self.network
        if told.identity:
            self._on(IDENTITY_AFTER, "10:20", people.note_identity, **told.identity)
        if told.safety:
            face = network.faces[told.house][told.safety["face"]]
            self._on(IDENTITY_AFTER, "10:30", people.settle_safety, **{**told.safety, "face": face})
        if told.groups or told.ideologies:
            self._on(
                PROFILE_AFTER,
                "16:05",
                people.note_profile,
                target_groups=told.groups,
                ideologies=told.ideologies,
                words=told.words,
            )
        for kind, who, words, pull, knows in told.around:
            said = {"kind": kind, "who": who, "words": words, "pull": pull, "knows": knows}
            self._on(AROUND_AFTER, "11:05", people.note_relation, **said)
        for number, wish in told.wishes:
            interpreter = network.interpreters[told.house][number]
            self._on(AROUND_AFTER, "14:05", people.note_wish, interpreter=interpreter, wish=wish)
        for called, born_in, words, decides, school in told.children:
            short = {"guardian_words": words, "decides": decides, "school": school}
            self._child(pseudonym=called, born_in=born_in, **short)

    def _on(self, after: int, clock: str, action: Callable[..., Any], **values: Any) -> None:
        at = self.network.moment(self.told.house, max(self.told.opened - after, 1), clock)

        def act() -> None:
            action(person=self._person(), by=self.network.by(self.told.manager), at=at, **values)

        self.network.later(at, act)

    def _child(self, **values: Any) -> None:
        at = self.network.moment(self.told.house, max(self.told.opened - CHILDREN_AFTER, 1), "11:25")
        by = self.network.by(self.told.manager)
        self.network.later(
            at, lambda: people.record_dependant(guardian=self._person(), by=by, at=at, **values)
        )

    def _person(self) -> Person:
        return self.network.person(self.told.called)
