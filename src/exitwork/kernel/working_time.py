# SPDX-License-Identifier: AGPL-3.0-or-later
"""Working time: when somebody is there, and when nobody is.

* Opening hours are clock times in a zone; the moments they stand for are worked out day by
  day, so the nights on which the clock changes are as long as they are.
* Hours belong to the day they begin on. Where they close at or before they open, they close
  on the next day. On a public holiday no hours begin.
* A clock time that is left out when the clock goes forward is the moment of the leap; one
  that comes twice opens at its first and closes at its second.
* Cover is what any of the sources holds of a window; the rest is uncovered, to the minute
  (R165: of the first 72 hours after a release, how many reach nobody).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from exitwork.kernel.periods import Period, Periods, Unending

DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
_LINE = re.compile(r"([A-Za-z]{3})(?:\s*[-–]\s*([A-Za-z]{3}))?\s+(.+)")
_HOURS = re.compile(r"(\d{1,2}):(\d{2})\s*[-–]\s*(\d{1,2}):(\d{2})")


class BadHours(ValueError):
    """Opening hours that can't be read; ``piece`` is the part that is at fault."""

    def __init__(self, piece: str) -> None:
        super().__init__(piece)
        self.piece = piece


@dataclass(frozen=True, slots=True)
class Hours:
    """From one clock time to another; on the next day when ``closes`` is not after ``opens``."""

    opens: time
    closes: time


@dataclass(frozen=True, slots=True)
class WorkingTime:
    """Weekly opening hours in a zone, less the public holidays.

    ``weekly`` maps a weekday (Monday is 0) to its hours; ``holidays`` are days without any.
    """

    zone: str
    weekly: Mapping[int, tuple[Hours, ...]]
    holidays: frozenset[date] = field(default_factory=frozenset)

    def periods(self, between: Period) -> Periods:
        """The open periods within the bounds.

        :raises Unending: if the bounds have no end.
        """
        if between.end is None:
            raise Unending("opening hours go on for ever; ask for them within bounds")
        zone = ZoneInfo(self.zone)
        # A day earlier too: hours over midnight may have begun the evening before.
        first = between.start.astimezone(zone).date() - timedelta(days=1)
        last = between.end.astimezone(zone).date()
        opened = (period for day in days(first, last) for period in self._on(day, zone))
        return Periods(opened).within(between)

    def is_open(self, at: datetime) -> bool:
        """Whether the moment lies in opening hours."""
        return bool(self.periods(Period(at, at + timedelta(microseconds=1))))

    def out_of_hours(self, period: Period) -> int:
        """The whole minutes of the period that lie outside opening hours.

        :raises Unending: if the period has no end.
        """
        return minutes(self.periods(period).gaps(period))

    def _on(self, day: date, zone: ZoneInfo) -> Iterator[Period]:
        if day in self.holidays:
            return
        for hours in self.weekly.get(day.weekday(), ()):
            closing_day = day if hours.opens < hours.closes else day + timedelta(days=1)
            opens = moment(day, hours.opens, zone)
            closes = moment(closing_day, hours.closes, zone, second=True)
            if opens < closes:
                yield Period(opens, closes)


@dataclass(frozen=True, slots=True)
class Cover:
    """What of a window is covered."""

    window: Period
    covered: Periods

    @property
    def uncovered(self) -> Periods:
        """The moments of the window that reach nobody."""
        return self.covered.gaps(self.window)

    @property
    def is_whole(self) -> bool:
        """Whether every moment is covered."""
        return not self.uncovered

    def by_day(self, zone: str) -> tuple[tuple[date, Cover], ...]:
        """The same, one local day at a time (the release lane's rows)."""
        return tuple(
            (day, Cover(part, self.covered.within(part))) for day, part in split_by_day(self.window, zone)
        )


def cover(window: Period, sources: Iterable[Periods]) -> Cover:
    """What the sources (opening hours, rota) together hold of the window.

    :raises Unending: if the window has no end.
    """
    if window.end is None:
        raise Unending("cover is of a window with an end")
    held = Periods(period for source in sources for period in source)
    return Cover(window, held.within(window))


def minutes(periods: Periods) -> int:
    """The whole minutes of the periods together.

    :raises Unending: if one has no end.
    """
    return periods.total() // timedelta(minutes=1)


def days(first: date, last: date) -> Iterator[date]:
    """Every day from the first to the last, both included."""
    return (first + timedelta(days=ahead) for ahead in range((last - first).days + 1))


def split_by_day(window: Period, zone: str) -> tuple[tuple[date, Period], ...]:
    """The window cut at every local midnight.

    :raises Unending: if the window has no end.
    """
    if window.end is None:
        raise Unending("a window without an end has no last day")
    place = ZoneInfo(zone)
    cut: list[tuple[date, Period]] = []
    for day in days(window.start.astimezone(place).date(), window.end.astimezone(place).date()):
        whole = Period(moment(day, time(), place), moment(day + timedelta(days=1), time(), place))
        if (part := window & whole) is not None:
            cut.append((day, part))
    return tuple(cut)


def moment(day: date, clock: time, zone: ZoneInfo, *, second: bool = False) -> datetime:
    """The moment at which a clock in the zone shows this, in UTC; ``second`` when it shows it twice."""
    said = datetime.combine(day, clock, zone)
    later = said.replace(fold=int(second)).astimezone(UTC)
    if later.astimezone(zone).replace(tzinfo=None) == said.replace(tzinfo=None):
        return later
    return _leap(said.replace(fold=1).astimezone(UTC), said.replace(fold=0).astimezone(UTC), zone)


def read_hours(text: str) -> dict[int, tuple[Hours, ...]]:
    """Read weekly hours: ``Mon-Fri 09:00-12:00, 13:00-17:00; Sat 10:00-14:00``.

    ``24:00`` closes at midnight; ``00:00-24:00`` is the whole day.

    :raises BadHours: with the piece that can't be read.
    """
    weekly: dict[int, list[Hours]] = {}
    for piece in filter(None, (part.strip() for part in text.replace("\n", ";").split(";"))):
        if (line := _LINE.fullmatch(piece)) is None:
            raise BadHours(piece)
        first, last = _weekday(line[1], piece), _weekday(line[2] or line[1], piece)
        hours = [_hours(part.strip()) for part in line[3].split(",")]
        for ahead in range((last - first) % 7 + 1):
            weekly.setdefault((first + ahead) % 7, []).extend(hours)
    return {day: tuple(hours) for day, hours in sorted(weekly.items())}


def _weekday(name: str, piece: str) -> int:
    if name.capitalize() not in DAYS:
        raise BadHours(piece)
    return DAYS.index(name.capitalize())


def _hours(text: str) -> Hours:
    found = _HOURS.fullmatch(text)
    if found is None:
        raise BadHours(text)
    hour, minute, last_hour, last_minute = map(int, found.groups())
    if (last_hour, last_minute) == (24, 0):
        last_hour = 0
    try:
        return Hours(time(hour, minute), time(last_hour, last_minute))
    except ValueError as fault:
        raise BadHours(text) from fault


def _leap(before: datetime, after: datetime, zone: ZoneInfo) -> datetime:
    """The moment between the two at which the clock leaps."""
    offset = before.astimezone(zone).utcoffset()
    while after - before > timedelta(seconds=1):
        middle = before + (after - before) // 2
        if middle.astimezone(zone).utcoffset() == offset:
            before = middle
        else:
            after = middle
    return after.replace(microsecond=0)
