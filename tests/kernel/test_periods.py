# SPDX-License-Identifier: AGPL-3.0-or-later
"""Periods obey the laws of sets, and touching is neither a gap nor an overlap."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from exitwork.kernel.periods import NotAPeriod, Period, Periods, Unending

MONDAY = datetime(2026, 3, 2, tzinfo=UTC)
HOURS = 24


def hours(first: int, last: int | None) -> Period:
    return Period(MONDAY + timedelta(hours=first), None if last is None else MONDAY + timedelta(hours=last))


@st.composite
def some_periods(draw: st.DrawFn) -> Periods:
    drawn = draw(st.lists(st.tuples(st.integers(0, HOURS), st.integers(1, 6), st.integers(0, 9)), max_size=6))
    return Periods(
        hours(start, None if open_ended == 0 else start + length) for start, length, open_ended in drawn
    )


def moments_of(periods: Periods) -> set[int]:
    # Half hours besides the whole ones, and one far off for what has no end.
    clock = [*range(2 * (HOURS + 8)), 10_000]
    return {half for half in clock if periods.contains(MONDAY + timedelta(minutes=30 * half))}


@given(some_periods(), some_periods())
def test_union_intersection_and_difference_are_those_of_sets(one: Periods, other: Periods) -> None:
    assert moments_of(one | other) == moments_of(one) | moments_of(other)
    assert moments_of(one & other) == moments_of(one) & moments_of(other)
    assert moments_of(one - other) == moments_of(one) - moments_of(other)


@given(some_periods(), some_periods(), some_periods())
def test_the_algebra_keeps_its_laws(one: Periods, two: Periods, three: Periods) -> None:
    nothing = Periods()

    assert one | two == two | one
    assert one & two == two & one
    assert (one | two) | three == one | (two | three)
    assert one & (two | three) == (one & two) | (one & three)
    assert one - (two | three) == (one - two) & (one - three)
    assert one | nothing == one
    assert one & nothing == nothing
    assert one - one == nothing
    assert (one - two) | (one & two) == one


@given(some_periods(), some_periods())
def test_equal_moments_are_equal_periods_with_equal_hashes(one: Periods, two: Periods) -> None:
    again = (one - two) | (two & one)

    assert again == one
    assert hash(again) == hash(one)


@given(some_periods())
def test_parts_are_in_order_and_apart(periods: Periods) -> None:
    for earlier, later in zip(periods.parts, periods.parts[1:], strict=False):
        assert earlier.end is not None
        assert earlier.end < later.start


@given(some_periods(), st.integers(0, 20), st.integers(1, 30))
def test_gaps_and_what_is_held_make_up_the_bounds(periods: Periods, start: int, length: int) -> None:
    bounds = hours(start, start + length)

    held, free = periods.within(bounds), periods.gaps(bounds)

    assert held.total() + free.total() == bounds.length
    assert not held & free
    assert held | free == Periods([bounds])


@given(some_periods(), some_periods())
def test_inclusion_says_whether_anything_is_left(one: Periods, other: Periods) -> None:
    assert (one & other) <= one
    assert (one <= other) == (moments_of(one) <= moments_of(other))


def test_a_period_holds_its_start_and_not_its_end() -> None:
    morning = hours(9, 12)

    assert morning.start in morning
    assert morning.end not in morning
    assert not morning.overlaps(hours(12, 17))


def test_periods_that_touch_become_one() -> None:
    assert Periods([hours(9, 12), hours(12, 17)]) == Periods([hours(9, 17)])
    assert len(Periods([hours(9, 12), hours(13, 17)])) == 2


def test_an_end_that_is_not_known_reaches_every_later_moment() -> None:
    since = hours(9, None)

    assert MONDAY + timedelta(days=4000) in since
    assert since.until(MONDAY + timedelta(hours=11)) == hours(9, 11)
    assert since.until(MONDAY + timedelta(hours=9)) is None
    assert (since & hours(0, 10)) == hours(9, 10)


def test_a_length_needs_an_end() -> None:
    with pytest.raises(Unending):
        Periods([hours(9, None)]).total()
    assert Periods([hours(9, 12), hours(14, 15)]).total() == timedelta(hours=4)


def test_an_empty_or_backward_period_cannot_be_said() -> None:
    for end in (9, 8):
        with pytest.raises(NotAPeriod):
            hours(9, end)


def test_a_moment_without_a_zone_is_refused() -> None:
    with pytest.raises(NotAPeriod):
        Period(datetime(2026, 3, 2))  # noqa: DTZ001
    with pytest.raises(NotAPeriod):
        Period(MONDAY, datetime(2026, 3, 3))  # noqa: DTZ001


def test_the_same_moment_in_another_zone_is_the_same_period() -> None:
    tokyo = timezone(timedelta(hours=9))

    assert Period(MONDAY.astimezone(tokyo)) == Period(MONDAY)


def test_the_night_the_clocks_go_back_is_as_long_as_it_is() -> None:
    oslo = ZoneInfo("Europe/Oslo")
    night = Period(datetime(2026, 10, 24, 22, tzinfo=oslo), datetime(2026, 10, 25, 6, tzinfo=oslo))
    repeated = Period(
        datetime(2026, 10, 25, 2, 50, tzinfo=oslo), datetime(2026, 10, 25, 2, 10, tzinfo=oslo, fold=1)
    )

    assert night.length == timedelta(hours=9)
    assert repeated.length == timedelta(minutes=20)


def test_the_span_reaches_from_the_first_moment_to_the_last() -> None:
    assert Periods([hours(9, 10), hours(14, 15)]).span == hours(9, 15)
    assert Periods().span is None


def test_periods_do_not_change() -> None:
    with pytest.raises(AttributeError):
        Periods()._parts = ()
