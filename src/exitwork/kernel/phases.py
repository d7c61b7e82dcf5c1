# SPDX-License-Identifier: AGPL-3.0-or-later
"""Phases: the way a case goes through a programme, as an ordered graph that draws itself.

* The order is the one people read; the moves say what may follow what (back as well as on).
* Every phase can be reached from where a case begins; a key is said once. Anything else is
  refused when the phases are made, with every fault at once.
* A move that is not allowed is refused with a sentence that names where one may go instead.
* The kernel knows no language: labels and sentences are values (translatable ones, upstairs).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from exitwork.kernel.decisions import Allowed, Decision, Refused

KEY = re.compile(r"[a-z][a-z0-9]*(?:-[a-z0-9]+)*")


class FaultyPhases(ValueError):
    """The phases do not make a way; ``faults`` says why, one sentence each."""

    def __init__(self, faults: Sequence[str]) -> None:
        super().__init__(" ".join(faults))
        self.faults = tuple(faults)


@dataclass(frozen=True, slots=True)
class Phase:
    """One stretch of the way. ``key`` never changes once used; ``label`` is what people read.

    ``weight`` is how much a case in it counts in a worker's load.
    """

    key: str
    label: Any
    says: Any = ""
    weight: int = 1


class Reached(StrEnum):
    """Where a phase lies from where the case is now."""

    PASSED = "passed"
    SKIPPED = "skipped"
    HERE = "here"
    AHEAD = "ahead"


@dataclass(frozen=True, slots=True)
class Step:
    """One row of the tracker."""

    number: int
    phase: Phase
    reached: Reached
    may_be_next: bool


@dataclass(frozen=True, slots=True)
class MoveSentences:
    """What a refused move says; ``{here}``, ``{there}`` and ``{allowed}`` are filled with labels."""

    unknown: Any = "This programme has no such phase."
    same: Any = "The case is in the phase “{here}” already."
    ended: Any = "“{here}” is the end of the way: no phase follows it. Open a new episode instead."
    not_next: Any = "“{there}” can't follow “{here}”. From here the case can go to: {allowed}."
    not_first: Any = "A case can't begin with “{there}”. It begins with: {allowed}."


@dataclass(frozen=True)
class Phases:
    """An ordered graph of phases.

    :param moves: pairs of keys: the second may follow the first.
    :param begins: keys a case may begin with; the first phase when not said.
    :raises FaultyPhases: with every fault found.
    """

    phases: tuple[Phase, ...]
    moves: frozenset[tuple[str, str]]
    begins: tuple[str, ...] = ()
    says: MoveSentences = field(default_factory=MoveSentences)

    def __post_init__(self) -> None:
        if not self.begins and self.phases:
            object.__setattr__(self, "begins", (self.phases[0].key,))
        if faults := list(self._faults()):
            raise FaultyPhases(faults)

    def __iter__(self) -> Iterator[Phase]:
        return iter(self.phases)

    def __len__(self) -> int:
        return len(self.phases)

    def __contains__(self, key: object) -> bool:
        return any(phase.key == key for phase in self.phases)

    def __getitem__(self, key: str) -> Phase:
        """The phase of that key.

        :raises KeyError: if there is none.
        """
        for phase in self.phases:
            if phase.key == key:
                return phase
        raise KeyError(key)

    def may_begin(self, key: str) -> Decision:
        """Whether a case may begin with this phase."""
        if key not in self:
            return Refused(self.says.unknown, "phases.unknown")
        if key in self.begins:
            return Allowed()
        sentence = str(self.says.not_first).format(there=self[key].label, allowed=self._labels(self.begins))
        return Refused(sentence, "phases.not_first")

    def may_follow(self, here: str, there: str) -> Decision:
        """Whether a case that is in ``here`` may go to ``there``."""
        if here not in self or there not in self:
            return Refused(self.says.unknown, "phases.unknown")
        if (here, there) in self.moves:
            return Allowed()
        if here == there:
            return Refused(str(self.says.same).format(here=self[here].label), "phases.same")
        following = self.next_from(here)
        if not following:
            return Refused(str(self.says.ended).format(here=self[here].label), "phases.ended")
        sentence = str(self.says.not_next).format(
            here=self[here].label,
            there=self[there].label,
            allowed=self._labels([phase.key for phase in following]),
        )
        return Refused(sentence, "phases.not_next")

    def next_from(self, key: str) -> tuple[Phase, ...]:
        """The phases that may follow, in order."""
        return tuple(phase for phase in self.phases if (key, phase.key) in self.moves)

    def is_end(self, key: str) -> bool:
        """Whether no phase follows this one."""
        return not self.next_from(key)

    def tracker(self, here: str | None = None, passed: Iterable[str] = ()) -> tuple[Step, ...]:
        """The rows of a tracker: every phase in order and where it lies from ``here``.

        ``passed`` are the phases the case has been in; one before ``here`` that is not among
        them was skipped. Without ``here`` the case has not begun.
        """
        been = frozenset(passed)
        keys = [phase.key for phase in self.phases]
        place = keys.index(here) if here is not None else -1
        following = self.begins if here is None else {phase.key for phase in self.next_from(here)}

        def reached(number: int, key: str) -> Reached:
            if number == place:
                return Reached.HERE
            if key in been:
                return Reached.PASSED
            return Reached.SKIPPED if number < place else Reached.AHEAD

        return tuple(
            Step(number + 1, phase, reached(number, phase.key), phase.key in following)
            for number, phase in enumerate(self.phases)
        )

    def mermaid(self) -> str:
        """The graph as a mermaid state diagram, the same text for the same phases."""
        order = {phase.key: number for number, phase in enumerate(self.phases)}
        lines = ["stateDiagram-v2"]
        lines += [f'    state "{_quoted(phase.label)}" as {_node(phase.key)}' for phase in self.phases]
        lines += [f"    [*] --> {_node(key)}" for key in self.begins]
        moves = sorted(self.moves, key=lambda move: (order[move[0]], order[move[1]]))
        lines += [f"    {_node(here)} --> {_node(there)}" for here, there in moves]
        lines += [f"    {_node(phase.key)} --> [*]" for phase in self.phases if self.is_end(phase.key)]
        return "\n".join(lines) + "\n"

    def _labels(self, keys: Iterable[str]) -> str:
        return ", ".join(f"“{self[key].label}”" for key in keys)

    def _faults(self) -> Iterator[str]:
        keys = [phase.key for phase in self.phases]
        known = frozenset(keys)
        if not keys:
            yield "There are no phases."
        yield from (f"The phase “{key}” is said twice." for key in sorted(known) if keys.count(key) > 1)
        for key in keys:
            if not KEY.fullmatch(key):
                yield f"“{key}” is no key for a phase: use lower-case letters, digits and hyphens."
        for here, there in sorted(self.moves):
            yield from (
                f"The move {here} -> {there} names no phase “{key}”."
                for key in (here, there)
                if key not in known
            )
            if here == there:
                yield f"The move {here} -> {there} goes nowhere."
        yield from (f"No phase “{key}” to begin with." for key in self.begins if key not in known)
        unreached = known - self._reachable()
        yield from (f"Nothing leads to the phase “{key}”." for key in keys if key in unreached)

    def _reachable(self) -> frozenset[str]:
        reached: set[str] = set()
        to_visit = list(self.begins)
        while to_visit:
            key = to_visit.pop()
            if key not in reached:
                reached.add(key)
                to_visit.extend(there for here, there in self.moves if here == key)
        return frozenset(reached)


def _node(key: str) -> str:
    return key.replace("-", "_")


def _quoted(label: Any) -> str:
    return " ".join(str(label).split()).replace('"', "#quot;")
