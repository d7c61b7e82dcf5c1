# SPDX-License-Identifier: AGPL-3.0-or-later
"""Moments, days, durations and numbers as people read them."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from django.utils import timezone, translation

from exitwork.ui import formats

RELEASE = datetime(2026, 12, 4, 14, 0, tzinfo=UTC)


def test_a_moment_is_shown_in_the_zone_of_the_site() -> None:
    with timezone.override("Europe/Berlin"):
        assert formats.clock(RELEASE) == '<time datetime="2026-12-04T14:00:00+00:00">15:00</time>'
    with timezone.override("Europe/Helsinki"):
        assert ">16:00<" in formats.clock(RELEASE)


def test_a_day_near_midnight_is_the_day_of_the_site() -> None:
    late = datetime(2026, 12, 4, 23, 30, tzinfo=UTC)
    with timezone.override("Europe/Berlin"):
        assert 'datetime="2026-12-05"' in formats.day(late)


@pytest.mark.parametrize(
    ("language", "written"),
    [("en", "Fri, 4 Dec 2026"), ("de", "Fr., 4. Dez. 2026"), ("ar", "الجمعة، 4 ديسمبر 2026")],
)
def test_a_day_is_written_as_the_language_writes_it(language: str, written: str) -> None:
    with translation.override(language):
        assert f">{written}<" in formats.day(date(2026, 12, 4))


def test_english_puts_the_day_before_the_month() -> None:
    with translation.override("en"), timezone.override("Europe/London"):
        assert ">Fri, 4 Dec 2026, 14:00<" in formats.moment(RELEASE)


@pytest.mark.parametrize(
    ("given", "written"), [(0, "0 min"), (55, "55 min"), (60, "1 h"), (80, "1 h 20 min"), (None, "")]
)
def test_a_duration_is_written_in_hours_and_minutes(given: int | None, written: str) -> None:
    assert formats.minutes(given) == written


def test_nothing_is_written_for_nothing() -> None:
    assert [str(write(None)) for write in (formats.moment, formats.day, formats.clock)] == ["", "", ""]
    assert formats.number(None) == ""


def test_thousands_are_grouped() -> None:
    with translation.override("en"):
        assert formats.number(1000) == "1,000"
    with translation.override("de"):
        assert formats.number(1000) == "1.000"


def test_a_name_keeps_its_direction_and_is_escaped() -> None:
    assert formats.isolate("<Asa>") == "<bdi>&lt;Asa&gt;</bdi>"


def test_entries_stand_under_their_day_in_the_order_given() -> None:
    evening, morning, before = (
        {"at": datetime(2026, 11, day, hour, 30, tzinfo=UTC)} for day, hour in ((19, 23), (20, 8), (18, 9))
    )
    with timezone.override("Europe/Berlin"), translation.override("en"):
        days = formats.by_day([morning, evening, before])
    assert [len(entries) for _, entries in days] == [2, 1]
    assert "Friday" in days[0][0]


def test_an_anchor_is_the_same_for_the_same_words_and_another_for_others() -> None:
    assert formats.anchor("Disclose", "why") == formats.anchor("Disclose", "why")
    assert formats.anchor("Disclose", "why") != formats.anchor("Disclosewhy")


def test_an_unknown_language_is_written_as_english() -> None:
    with translation.override("tlh"):
        assert formats.locale().language == "en"


@pytest.mark.parametrize(("language", "side"), [("en", "ltr"), ("ar", "rtl")])
def test_arabic_runs_from_right_to_left(language: str, side: str) -> None:
    with translation.override(language):
        assert formats.direction() == side


def test_a_list_in_one_line_has_the_comma_of_the_language() -> None:
    with translation.override("de"):
        assert formats.commas(["<b>", formats.isolate("Asa")]) == "&lt;b&gt;, <bdi>Asa</bdi>"
    with translation.override("ar"):
        assert formats.commas(["العربية", "الألمانية"]) == "العربية، الألمانية"
        assert formats.commas([]) == ""
