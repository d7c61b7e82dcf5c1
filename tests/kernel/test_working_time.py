# SPDX-License-Identifier: AGPL-3.0-or-later
"""Who can be reached when: opening hours, holidays, rota and the hours nobody covers."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest

from exitwork.kernel.periods import Period, Periods, Unending
from exitwork.kernel.public_holidays import UnknownRegion, public_holidays
from exitwork.kernel.working_time import (
    BadHours,
    Hours,
    WorkingTime,
    cover,
    minutes,
    moment,
    read_hours,
    split_by_day,
)

BERLIN = ZoneInfo("Europe/Berlin")
OFFICE = read_hours("Mon-Fri 09:00-17:00")
FIRST_72_HOURS = timedelta(hours=72)


def berlin(day: int, hour: int, minute: int = 0, month: int = 6) -> datetime:
    return datetime(2026, month, day, hour, minute, tzinfo=BERLIN)


def open_office(*holidays: date) -> WorkingTime:
    return WorkingTime("Europe/Berlin", OFFICE, frozenset(holidays))


def hours_of(periods: Periods) -> float:
    return minutes(periods) / 60


def test_a_friday_release_leaves_64_of_the_first_72_hours_uncovered() -> None:
    # requirements.md G4: Friday 15:00, all contacts Monday to Friday 9 to 17.
    release = berlin(12, 15)
    window = Period(release, release + FIRST_72_HOURS)

    contacts = [open_office().periods(window), open_office().periods(window)]
    found = cover(window, contacts)

    assert hours_of(found.covered) == 8
    assert hours_of(found.uncovered) == 64


def test_a_holiday_on_the_monday_leaves_70_hours_uncovered() -> None:
    release = berlin(22, 15, month=5)  # the Friday before Whit Monday 2026
    window = Period(release, release + FIRST_72_HOURS)
    office = WorkingTime("Europe/Berlin", OFFICE, public_holidays("DE-BE", (2026,)))

    found = cover(window, [office.periods(window)])

    assert hours_of(found.covered) == 2
    assert hours_of(found.uncovered) == 70


def test_a_tuesday_release_with_rostered_nights_leaves_no_hour_uncovered() -> None:
    release = berlin(9, 9)
    window = Period(release, release + FIRST_72_HOURS)
    nights = Periods(Period(berlin(day, 17), berlin(day + 1, 9)) for day in (9, 10, 11))

    found = cover(window, [open_office().periods(window), nights])

    assert found.is_whole
    assert hours_of(found.covered) == 72


def test_the_uncovered_hours_of_a_friday_release_can_be_read_day_by_day() -> None:
    release = berlin(12, 15)
    window = Period(release, release + FIRST_72_HOURS)

    rows = cover(window, [open_office().periods(window)]).by_day("Europe/Berlin")

    assert [(day.day, hours_of(part.uncovered)) for day, part in rows] == [
        (12, 7),
        (13, 24),
        (14, 24),
        (15, 9),
    ]


def test_a_talk_into_the_evening_counts_its_minutes_out_of_hours() -> None:
    assert open_office().out_of_hours(Period(berlin(10, 16, 30), berlin(10, 18, 15))) == 75
    assert open_office().out_of_hours(Period(berlin(10, 9), berlin(10, 17))) == 0
    assert open_office().out_of_hours(Period(berlin(13, 10), berlin(13, 11))) == 60


def test_a_holiday_is_out_of_hours_all_day() -> None:
    talk = Period(berlin(10, 10), berlin(10, 11))

    assert open_office(date(2026, 6, 10)).out_of_hours(talk) == 60


def test_the_door_is_open_at_nine_and_shut_at_five() -> None:
    assert open_office().is_open(berlin(10, 9))
    assert open_office().is_open(berlin(10, 16, 59))
    assert not open_office().is_open(berlin(10, 17))
    assert not open_office().is_open(berlin(10, 8, 59))


@pytest.mark.parametrize(
    ("evening", "length"),
    [
        (date(2026, 3, 28), 11),  # the clocks go forward in this night
        (date(2026, 10, 24), 13),  # and back in this one
        (date(2026, 6, 10), 12),
    ],
)
def test_a_night_shift_is_as_long_as_the_night(evening: date, length: int) -> None:
    nights = WorkingTime("Europe/Berlin", {evening.weekday(): (Hours(time(20), time(8)),)})
    around = Period(
        datetime.combine(evening, time(12), BERLIN),
        datetime.combine(evening + timedelta(days=1), time(12), BERLIN),
    )

    assert hours_of(nights.periods(around)) == length


def test_a_shift_of_the_evening_before_reaches_into_the_window() -> None:
    nights = WorkingTime("Europe/Berlin", read_hours("Mon-Sun 20:00-08:00"))

    found = nights.periods(Period(berlin(10, 0), berlin(10, 12)))

    assert found == Periods([Period(berlin(10, 0), berlin(10, 8))])


def test_a_clock_time_that_is_left_out_is_the_moment_of_the_leap() -> None:
    leap = datetime(2026, 3, 29, 1, tzinfo=UTC)

    assert moment(date(2026, 3, 29), time(2, 30), BERLIN) == leap
    assert moment(date(2026, 3, 29), time(2, 30), BERLIN, second=True) == leap


def test_a_clock_time_that_comes_twice_opens_at_the_first_and_closes_at_the_second() -> None:
    sunday = WorkingTime("Europe/Berlin", read_hours("Sun 02:15-02:45"))
    night = Period(berlin(25, 0, month=10), berlin(25, 12, month=10))

    assert hours_of(sunday.periods(night)) == 1.5


def test_opening_hours_are_those_of_their_own_zone() -> None:
    lisbon = WorkingTime("Europe/Lisbon", OFFICE)

    assert not lisbon.is_open(berlin(10, 9, 30))
    assert lisbon.is_open(berlin(10, 17, 30))


def test_a_day_is_cut_at_the_local_midnight() -> None:
    window = Period(berlin(28, 12, month=3), berlin(30, 12, month=3))

    assert [(day.day, part.length) for day, part in split_by_day(window, "Europe/Berlin")] == [
        (28, timedelta(hours=12)),
        (29, timedelta(hours=23)),
        (30, timedelta(hours=12)),
    ]


def test_hours_are_read_as_people_write_them() -> None:
    read = read_hours("Mon–Tue 9:00-12:00, 13:00 - 17:00; sat 10:00-24:00\nSun-Mon 00:00-24:00")

    assert read[0] == (Hours(time(9), time(12)), Hours(time(13), time(17)), Hours(time(0), time(0)))
    assert read[1] == (Hours(time(9), time(12)), Hours(time(13), time(17)))
    assert read[5] == (Hours(time(10), time(0)),)
    assert read[6] == (Hours(time(0), time(0)),)
    assert 3 not in read


def test_a_whole_day_is_24_hours() -> None:
    always = WorkingTime("Europe/Berlin", read_hours("Mon-Sun 00:00-24:00"))
    week = Period(berlin(8, 0), berlin(15, 0))

    assert always.periods(week) == Periods([week])


@pytest.mark.parametrize(
    ("text", "piece"),
    [
        ("Mon-Fri 09:00-17:00; Xyz 10:00-11:00", "Xyz 10:00-11:00"),
        ("Mon-Foo 09:00-10:00", "Mon-Foo 09:00-10:00"),
        ("Mon 09:00-25:00", "09:00-25:00"),
        ("Mon nine to five", "nine to five"),
        ("weekdays", "weekdays"),
    ],
)
def test_hours_that_cannot_be_read_are_named(text: str, piece: str) -> None:
    with pytest.raises(BadHours) as fault:
        read_hours(text)

    assert fault.value.piece == piece


def test_no_end_no_cover() -> None:
    unending = Period(berlin(12, 15))

    for asked in (
        lambda: open_office().periods(unending),
        lambda: cover(unending, []),
        lambda: split_by_day(unending, "Europe/Berlin"),
    ):
        with pytest.raises(Unending):
            asked()


def test_holidays_are_those_of_the_region() -> None:
    womens_day = date(2026, 3, 8)

    assert womens_day in public_holidays("DE-BE", (2026,))
    assert womens_day not in public_holidays("DE-BY", (2026,))
    assert date(2026, 5, 17) in public_holidays("NO", (2026,))


@pytest.mark.parametrize("region", ["XX", "DE-XX", ""])
def test_an_unknown_region_is_refused_not_read_as_always_open(region: str) -> None:
    with pytest.raises(UnknownRegion):
        public_holidays(region, (2026,))
