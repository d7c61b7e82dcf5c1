# SPDX-License-Identifier: AGPL-3.0-or-later
"""What can happen, by name. The journal records events; the reference page lists them.

* A name reads ``room.thing.what_happened`` and never changes once released.
* Every event is declared once, as a constant in its room's ``words``.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

_NAME = re.compile(r"[a-z]+(?:\.[a-z_]+){2}")


class Happening(StrEnum):
    """Whether something was changed, looked at, or asked for and refused."""

    CHANGE = "change"
    LOOK = "look"
    REFUSAL = "refusal"


@dataclass(frozen=True, slots=True)
class Event:
    """One kind of thing that can happen. ``says`` is the sentence people read (translatable)."""

    name: str
    says: Any
    happening: Happening = Happening.CHANGE

    def __post_init__(self) -> None:
        if not _NAME.fullmatch(self.name):
            raise ValueError(f"{self.name!r} is not room.thing.what_happened")
        if self.name in _EVENTS:
            raise ValueError(f"the event {self.name} is declared twice")
        _EVENTS[self.name] = self


_EVENTS: dict[str, Event] = {}


def all_events() -> dict[str, Event]:
    """Every declared event by name, in the order of names."""
    return dict(sorted(_EVENTS.items()))


def event_named(name: str) -> Event | None:
    """The event of that name, or None when no room declares it any more."""
    return _EVENTS.get(name)
