# SPDX-License-Identifier: AGPL-3.0-or-later
"""The four seams: what a room hands upward without anyone importing upward.

* ``Panel``: something a page shows (navigation, my day, the case page and its bar).
* ``Strand``: entries for a case's timeline.
* ``Holding``: what a room holds about a person: for access requests, retention, erasure, export.
* ``Tie``: what must be settled before someone leaves or something closes, and what happens
  at once when someone is paused.

Each is a frozen value of functions, registered once, in ``AppConfig.ready``.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Any, ClassVar, Self

from exitwork.kernel.standing import Standing


class Place(StrEnum):
    """Where a panel stands."""

    NAVIGATION = "navigation"
    MY_DAY = "my-day"
    CASE_PAGE = "case-page"
    CASE_TABS = "case-tabs"
    IDENTITY_BAR = "identity-bar"
    ORGANISATION_INDEX = "organisation-index"
    ACCOUNT_MENU = "account-menu"


class _Registered:
    """Kept in the order of registration, one register a seam."""

    register_of: ClassVar[list[Any]]

    def register(self) -> Self:
        """Hand this to whoever stands above; the same value twice is kept once."""
        if self not in self.register_of:
            self.register_of.append(self)
        return self


@dataclass(frozen=True, slots=True)
class Panel(_Registered):
    """Something a page shows. ``query`` gives its context, or None when there is nothing to show.

    For NAVIGATION and tabs the context is ``{"label": ..., "url": ..., "count": int | None}``.
    """

    place: Place
    order: int
    query: Callable[[Standing, Any, datetime], Mapping[str, Any] | None]
    template: str = ""
    register_of: ClassVar[list[Any]] = []


@dataclass(frozen=True, slots=True)
class Moment:
    """One entry of a timeline: what happened when, by whom, in words.

    ``kind`` colours its dot ("" | "accent" | "attention" | "danger" | "calm"); ``marks`` are tags
    of (kind, text); ``meta`` are quiet words below; ``minutes`` is how long it took.
    """

    at: datetime
    title: Any
    kind: str = ""
    by: str = ""
    text: str = ""
    minutes: int | None = None
    marks: tuple[tuple[str, Any], ...] = ()
    meta: tuple[Any, ...] = ()
    url: str = ""


@dataclass(frozen=True, slots=True)
class Strand(_Registered):
    """Entries for the timeline of a case.

    ``moments(by, case, at, before, limit)`` gives the newest ones first, at most ``limit``,
    older than ``before`` where that is given.
    """

    name: str
    label: Any
    moments: Callable[[Standing, Any, datetime, datetime | None, int], Iterable[Moment]]
    register_of: ClassVar[list[Any]] = []


@dataclass(frozen=True, slots=True)
class Holding(_Registered):
    """What a room holds about a person or a case, and how it ends."""

    name: str
    label: Any
    rows: Callable[[Any], Iterable[Any]]
    erase: Callable[..., int] | None = None
    register_of: ClassVar[list[Any]] = []


@dataclass(frozen=True, slots=True)
class Tie(_Registered):
    """What binds an account.

    ``holds`` names what must be handed over before it may be deactivated, as sentences;
    ``on_suspension`` settles at once, in the same transaction, what cannot wait (S2).
    """

    name: str
    holds: Callable[[Any, datetime], list[Any]]
    on_suspension: Callable[..., None] | None = field(default=None)
    register_of: ClassVar[list[Any]] = []


def panels_at(place: Place) -> list[Panel]:
    """The panels of a place, in their order."""
    return sorted(
        (panel for panel in Panel.register_of if panel.place is place), key=lambda panel: panel.order
    )


def strands() -> list[Strand]:
    """Every strand of the timeline."""
    return list(Strand.register_of)


def holdings() -> list[Holding]:
    """Everything held about people."""
    return list(Holding.register_of)


def ties() -> list[Tie]:
    """Everything that binds an account."""
    return list(Tie.register_of)
