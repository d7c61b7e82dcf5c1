# SPDX-License-Identifier: AGPL-3.0-or-later
"""Legal profiles: what is shipped invents no law, and a broken file is told by its line."""

from __future__ import annotations

import os
from datetime import date
from pathlib import Path

import pytest
from pytest_django import Settings

from exitwork.kernel.public_holidays import public_holidays
from exitwork.organisations.legal import (
    NOT_REVIEWED,
    Answer,
    BrokenProfile,
    check,
    line_of,
    profile,
    profile_names,
)
from exitwork.organisations.legal.reading import SHIPPED

GOOD = (SHIPPED / "unset.toml").read_text("utf-8")


def test_the_shipped_profiles_are_these_and_all_are_whole() -> None:
    assert profile_names() == ["at", "be", "de", "fr", "nl", "no", "se", "unset"]
    for name in profile_names():
        assert check(SHIPPED / f"{name}.toml") == []


@pytest.mark.parametrize("name", ["at", "be", "de", "fr", "nl", "no", "se", "unset"])
def test_no_shipped_profile_claims_a_review_or_an_age(name: str) -> None:
    law = profile(name)

    assert not law.reviewed
    assert law.warning
    assert law.duties_warning == NOT_REVIEWED
    assert law.age_of_consent is None
    assert law.age_of_consent_says == NOT_REVIEWED
    tags = {one.evidence for one in law.duties} | {one.evidence for one in law.grounds}
    assert tags | {one.evidence for one in law.stated} <= {"S", "OK"}


def test_only_what_practice_states_is_answered() -> None:
    # practice.md 5.1: no right to refuse testimony for exit workers in Germany; nothing else is sourced.
    answered = {
        (name, profession)
        for name in profile_names()
        for profession, answer in profile(name).privilege.items()
        if answer is not Answer.NOT_REVIEWED
    }

    assert answered == {("de", "exit-worker")}
    assert {name for name in profile_names() if profile(name).duties} == {"de"}
    assert profile("de").may_refuse_testimony("exit-worker") is Answer.NO
    assert profile("de").may_refuse_testimony("gardener") is Answer.NOT_REVIEWED


def test_every_profile_names_a_region_whose_holidays_are_known() -> None:
    for name in profile_names():
        if region := profile(name).holidays:
            assert public_holidays(region, (2026,))


@pytest.mark.parametrize(
    ("was", "becomes", "says"),
    [
        ('version = "2026.1"', "version = 7", "“version” must be text"),
        ('version = "2026.1"', "", "“version” is missing"),
        ('version = "2026.1"', 'verson = "2026.1"', "“verson” is not known here"),
        ("reviewed = false", "reviewed = true", "names who reviewed it"),
        ('holidays = ""', 'holidays = "XX"', "No public holidays are known for “XX”"),
        ('age = "not reviewed"', 'age = "sixteen"', "a number of years or “not reviewed”"),
        ('age = "not reviewed"', "age = true", "a number of years or “not reviewed”"),
        ('age = "not reviewed"', "age = -1", "a number of years or “not reviewed”"),
        ('clergy = "not reviewed"', 'clergy = "maybe"', "The answer must be “yes”, “no” or “not reviewed”"),
        ('clergy = "not reviewed"', "clergy = true", "The answer must be “yes”, “no” or “not reviewed”"),
        ('clergy = "not reviewed"', 'priest = "yes"', "“priest” is not known here"),
        ("closed_case_years = 3", "closed_case_years = 0", "more than nought"),
        ("closed_case_years = 3", 'closed_case_years = "three"', "must be a whole number"),
        ('code = "mandate"', 'code = "because"', "A ground must be one of"),
        ('code = "mandate"', "", "“code” is missing"),
        ('dpv = ["dpv:LegalBasis"]', "dpv = [7]", "“dpv” must be a list of texts"),
        ('dpv = ["dpv:LegalObligation"]', 'dpv = "dpv:LegalObligation"', "“dpv” must be a list"),
    ],
)
def test_a_mistake_is_told_with_its_line(tmp_path: Path, was: str, becomes: str, says: str) -> None:
    assert was in GOOD
    path = tmp_path / "broken.toml"
    path.write_text(GOOD.replace(was, becomes, 1), "utf-8")

    (message,) = (one for one in check(path) if says in one)
    place = message.partition(": ")[0]
    line = int(place.rpartition(":")[2])
    expected = becomes or ("[[ground]]" if was.startswith("code") else GOOD.splitlines()[0])
    assert expected in path.read_text("utf-8").splitlines()[line - 1]


def test_all_mistakes_are_told_at_once_in_the_order_of_lines(tmp_path: Path) -> None:
    path = tmp_path / "broken.toml"
    broken = GOOD.replace('clergy = "not reviewed"', 'clergy = "maybe"').replace(
        'holidays = ""', "holidays = 3"
    )
    path.write_text(broken, "utf-8")

    lines = [int(message.partition(": ")[0].rpartition(":")[2]) for message in check(path)]

    assert len(lines) == 2
    assert lines == sorted(lines)


@pytest.mark.parametrize(
    "content", [b'name = "x', b"[duty", b"\xff\xfe\x00", b"duty = 3\n", b"[[duty]]\n", b"", b"duty = [1]\n"]
)
def test_what_is_no_profile_at_all_is_told_and_never_read(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "broken.toml"
    path.write_bytes(content)

    assert check(path)


def test_a_missing_file_and_an_unknown_name_are_told(tmp_path: Path) -> None:
    assert check(tmp_path / "none.toml")
    for name in ("xx", "../de", "de.toml", ""):
        with pytest.raises(BrokenProfile):
            profile(name)


def test_an_installations_own_reviewed_file_takes_the_place_of_the_shipped_one(
    tmp_path: Path, settings: Settings
) -> None:
    settings.HOME = tmp_path
    (tmp_path / "legal").mkdir()
    own = tmp_path / "legal" / "no.toml"
    reviewed = GOOD.replace("reviewed = false", "reviewed = true\nreviewed_on = 2026-11-02").replace(
        'reviewed_by = ""', 'reviewed_by = "Advokat Berg"'
    )
    own.write_text(reviewed.replace('age = "not reviewed"', "age = 16"), "utf-8")

    law = profile("no")

    assert law.reviewed_on == date(2026, 11, 2)
    assert law.warning == ""
    assert law.age_of_consent_says == 16

    own.write_text("broken", "utf-8")
    os.utime(own, ns=(1, 1))
    with pytest.raises(BrokenProfile):
        profile("no")


def test_lines_are_found_below_tables_lists_and_long_texts() -> None:
    above = 'a = """\nb = 1\n"""\nb = 2\n[c]\nd = 3\n'
    text = above + '[[e]]\nf = 4\n[[e]]\nf = 5\n[e.g]\nh = 6\n"i j" = 7\nk.l = 8\n'

    assert line_of(text, ("b",)) == 4
    assert line_of(text, ("c", "d")) == 6
    assert line_of(text, ("e", 0, "f")) == 8
    assert line_of(text, ("e", 1, "f")) == 10
    assert line_of(text, ("e", 1, "g", "h")) == 12
    assert line_of(text, ("e", 1, "g", "i j")) == 13
    assert line_of(text, ("e", 1, "g", "k", "l")) == 14
    assert line_of(text, ("e", 1, "missing")) == 9
    assert line_of(text, ("nothing",)) == 1
