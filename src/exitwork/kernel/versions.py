# SPDX-License-Identifier: AGPL-3.0-or-later
"""Two people changed the same thing: never the last writer (design.md 11).

* Fields changed by one side only are taken from that side.
* Fields changed by both to different values are shown as base, theirs and mine.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Clash:
    """One field that both changed."""

    field: str
    base: Any
    theirs: Any
    mine: Any


@dataclass(frozen=True, slots=True)
class Merge:
    """What a stale save comes to: values that can be taken, and clashes a person must settle."""

    taken: Mapping[str, Any]
    clashes: tuple[Clash, ...]


class Stale(Exception):
    """Somebody saved in between.

    :param version: the version that is current now.
    :param base: the values the person started from.
    :param theirs: the values that are saved now.
    """

    def __init__(self, *, version: int, base: Mapping[str, Any], theirs: Mapping[str, Any]) -> None:
        super().__init__("saved in between")
        self.version = version
        self.base = base
        self.theirs = theirs

    def merge(self, mine: Mapping[str, Any]) -> Merge:
        """What to take, and where both changed the same field."""
        return merged(self.base, self.theirs, mine)


def merged(base: Mapping[str, Any], theirs: Mapping[str, Any], mine: Mapping[str, Any]) -> Merge:
    """Merge two changes of the same base, field by field."""
    taken: dict[str, Any] = {}
    clashes: list[Clash] = []
    for field, wanted in mine.items():
        before, now = base.get(field), theirs.get(field)
        if wanted in (before, now):
            taken[field] = now
        elif now == before:
            taken[field] = wanted
        else:
            clashes.append(Clash(field, before, now, wanted))
    return Merge(taken, tuple(clashes))
