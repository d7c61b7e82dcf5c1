# SPDX-License-Identifier: AGPL-3.0-or-later
"""Half-open periods of time and their algebra.

* A period holds its start and not its end: periods that touch never share a moment, so a
  handover at noon leaves neither a gap nor an overlap.
* An end that is not known yet is None.
* ``Periods`` is a set of moments, kept in one form only: in order, apart, none empty. So two
  sets with the same moments are equal, and ``| & -`` obey the laws of sets.
* Moments are aware; lengths are real time, right over a change of the clock.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

_NEVER = datetime.max.replace(tzinfo=UTC)


class NotAPeriod(ValueError):
    """The end does not lie after the start, or a moment has no zone."""


class Unending(ValueError):
    """A length was asked of something that has no end."""


@dataclass(frozen=True, slots=True)
class Period:
    """From ``start`` until just before ``end``; without an end when ``end`` is None.

    :raises NotAPeriod: if a moment is naive or the end is not after the start.
    """

    start: datetime
    end: datetime | None = None

    def __post_init__(self) -> None:
        if self.start.tzinfo is None or (self.end is not None and self.end.tzinfo is None):
            raise NotAPeriod("a period needs moments with a zone")
        # Compared in UTC: within one zone Python compares the clocks' faces, and on the night
        # the clocks go back the later moment may show the earlier face.
        object.__setattr__(self, "start", self.start.astimezone(UTC))
        if self.end is not None:
            object.__setattr__(self, "end", self.end.astimezone(UTC))
            if self.end <= self.start:
                raise NotAPeriod("a period ends after it starts")

    def __contains__(self, at: object) -> bool:
        return isinstance(at, datetime) and self.contains(at)

    def __and__(self, other: Period) -> Period | None:
        """What both hold, or None."""
        start, end = max(self.start, other.start), min(_until(self), _until(other))
        return Period(start, _end(end)) if start < end else None

    @property
    def length(self) -> timedelta:
        """How long it is.

        :raises Unending: if it has no end.
        """
        if self.end is None:
            raise Unending("a period without an end has no length")
        return self.end - self.start

    def contains(self, at: datetime) -> bool:
        """Whether the moment lies in it."""
        return self.start <= at and (self.end is None or at < self.end)

    def overlaps(self, other: Period) -> bool:
        """Whether they share a moment; touching is not sharing."""
        return (self & other) is not None

    def until(self, end: datetime) -> Period | None:
        """The same, ended at the latest at ``end``; None when nothing is left."""
        latest = min(_until(self), end.astimezone(UTC))
        return Period(self.start, latest) if self.start < latest else None


class Periods:
    """A set of moments, as periods in order that neither touch nor overlap. Immutable."""

    __slots__ = ("_parts",)

    _parts: tuple[Period, ...]

    def __init__(self, periods: Iterable[Period] = ()) -> None:
        joined: list[Period] = []
        for period in sorted(periods, key=lambda period: period.start):
            if joined and period.start <= _until(joined[-1]):
                end = max(_until(joined[-1]), _until(period))
                joined[-1] = Period(joined[-1].start, _end(end))
            else:
                joined.append(period)
        object.__setattr__(self, "_parts", tuple(joined))

    def __setattr__(self, name: str, value: object) -> None:
        raise AttributeError("periods do not change; combine them into new ones")

    def __iter__(self) -> Iterator[Period]:
        return iter(self._parts)

    def __len__(self) -> int:
        return len(self._parts)

    def __bool__(self) -> bool:
        return bool(self._parts)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Periods) and self._parts == other._parts

    def __hash__(self) -> int:
        return hash(self._parts)

    def __repr__(self) -> str:
        return f"Periods({list(self._parts)!r})"

    def __contains__(self, at: object) -> bool:
        return isinstance(at, datetime) and self.contains(at)

    def __or__(self, other: Periods) -> Periods:
        """The moments of either."""
        return Periods((*self._parts, *other._parts))

    def __and__(self, other: Periods) -> Periods:
        """The moments of both, in one pass over both."""
        shared: list[Period] = []
        mine, theirs = 0, 0
        while mine < len(self._parts) and theirs < len(other._parts):
            left, right = self._parts[mine], other._parts[theirs]
            if (both := left & right) is not None:
                shared.append(both)
            if _until(left) <= _until(right):
                mine += 1
            else:
                theirs += 1
        return Periods(shared)

    def __sub__(self, other: Periods) -> Periods:
        """The moments of the first that are not in the second."""
        return Periods(left for period in self._parts for left in other.gaps(period))

    def __le__(self, other: Periods) -> bool:
        """Whether every moment of the first is in the second."""
        return not self - other

    @property
    def parts(self) -> tuple[Period, ...]:
        """The periods in order."""
        return self._parts

    @property
    def span(self) -> Period | None:
        """From the first moment to the last, or None when empty."""
        return Period(self._parts[0].start, self._parts[-1].end) if self._parts else None

    def contains(self, at: datetime) -> bool:
        """Whether the moment lies in any of them."""
        return any(period.contains(at) for period in self._parts)

    def within(self, bounds: Period) -> Periods:
        """The moments that lie in the bounds."""
        return self & Periods([bounds])

    def gaps(self, bounds: Period) -> Periods:
        """The moments of the bounds that none of them holds."""
        free: list[Period] = []
        reached = bounds.start
        for held in self.within(bounds):
            if reached < held.start:
                free.append(Period(reached, held.start))
            reached = _until(held)
        if reached < _until(bounds):
            free.append(Period(reached, bounds.end))
        return Periods(free)

    def total(self) -> timedelta:
        """How long they are together.

        :raises Unending: if one has no end.
        """
        return sum((period.length for period in self._parts), timedelta())


def _until(period: Period) -> datetime:
    return _NEVER if period.end is None else period.end


def _end(until: datetime) -> datetime | None:
    return None if until == _NEVER else until
