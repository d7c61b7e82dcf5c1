# SPDX-License-Identifier: AGPL-3.0-or-later
"""Starting, changing and ending a programme: what is kept, what is recorded, what leaves nothing behind."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction

from exitwork.journal.guard import opened as journal_opened
from exitwork.journal.models import Entry
from exitwork.kernel.decisions import Refusal
from exitwork.kernel.standing import Role
from exitwork.kernel.versions import Stale
from exitwork.programmes import actions
from exitwork.programmes.models import Adoption, Edition, Programme
from exitwork.programmes.packs.pack import Pack
from exitwork.programmes.packs.reading import read
from exitwork.programmes.packs.shelf import shipped
from exitwork.programmes.queries import ending_soon, months_after
from exitwork.programmes.rules import may_read_programme
from exitwork.programmes.seams import my_day, organisation_index
from exitwork.programmes.words import (
    PACK_ADOPTED,
    PROGRAMME_CHANGED,
    PROGRAMME_ENDED,
    PROGRAMME_STARTED,
    Form,
)
from tests.organisations.conftest import House
from tests.programmes.packs import A_PACK, changed

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases]


def events_of(programme: Programme) -> list[str]:
    return list(
        Entry.objects.filter(about_id=programme.pk).order_by("at", "id").values_list("event", flat=True)
    )


def pairs(house: House, by: str = "Asa", **changes: object) -> Programme:
    given: dict[str, object] = {
        "organisation": house.oslo,
        "pack": shipped()["pairs"],
        "starts": date(2026, 1, 1),
        "ends": date(2028, 12, 31),
        "by": house.by(by),
        "at": house.at,
    }
    return actions.start_programme(**{**given, **changes})  # type: ignore[arg-type]


def newer(old: str = "version = 1\nname", new: str = "version = 2\nname") -> Pack:
    return read(changed(old, new))


def exit_nord(house: House) -> Programme:
    return pairs(house, pack=read(A_PACK), ends=None)


@pytest.mark.parametrize("name", ["Asa", "Liv"])
def test_an_administrator_and_a_lead_start_a_programme(house: House, name: str) -> None:
    programme = pairs(house, by=name)

    assert programme.name == "PAIRS"
    assert programme.form == Form.PROJECT
    assert programme.pack == shipped()["pairs"]
    assert events_of(programme) == [PROGRAMME_STARTED.name]
    assert [adoption.pack for adoption in Adoption.objects.filter(programme=programme)] == [
        shipped()["pairs"]
    ]


@pytest.mark.parametrize("name", ["Jonas", "Noor", "Kari", "Odd"])
def test_nobody_else_starts_one_and_nothing_remains(house: House, name: str) -> None:
    with pytest.raises(Refusal):
        pairs(house, by=name)

    assert not Programme.objects.exists()
    assert not Entry.objects.filter(event=PROGRAMME_STARTED.name).exists()


def test_a_project_without_an_end_is_refused(house: House) -> None:
    with pytest.raises(Refusal, match="A project has an end") as refusal:
        pairs(house, ends=None)

    assert refusal.value.code == "programmes.project_without_end"
    assert not Programme.objects.exists()


def test_an_end_before_the_start_is_refused(house: House) -> None:
    with pytest.raises(Refusal, match="lies before the first"):
        pairs(house, ends=date(2025, 12, 31))


def test_a_pack_that_leaves_the_form_open_asks_for_it(house: House) -> None:
    with pytest.raises(Refusal, match="programme or a project"):
        pairs(house, pack=shipped()["hayat"], ends=None)

    assert pairs(house, pack=shipped()["hayat"], ends=None, form=Form.PROGRAMME).ends is None


def test_a_pack_without_its_public_fields_starts_nothing(house: House) -> None:
    text = changed('aims = "To help people leave."\n', "").replace('"taper",\n]', '"taper", "aims",\n]')
    text = text.replace('  "aims", "audience"', '  "audience"')

    with pytest.raises(Refusal, match="This pack does not say: Aims"):
        pairs(house, pack=read(text), ends=None)


def test_two_programmes_of_an_organisation_bear_two_names(house: House) -> None:
    pairs(house)

    with pytest.raises(Refusal, match="of this name already"):
        pairs(house)
    assert Programme.objects.count() == 1


def test_the_database_keeps_ends_and_names_too(programme: Programme) -> None:
    broken: list[dict[str, Any]] = [
        {"form": "project"},
        {"ends": date(2025, 1, 1)},
        {"name": ""},
    ]
    for values in broken:
        with pytest.raises(IntegrityError), journal_opened(connection), transaction.atomic():
            Programme.objects.filter(pk=programme.pk).update(**values)


def test_a_change_is_kept_with_what_stood_before(house: House, programme: Programme) -> None:
    changed_one = actions.change_programme(
        programme=programme,
        name="Through the gate",
        starts=programme.starts,
        ends=date(2027, 6, 30),
        version=1,
        by=house.by("Liv"),
        at=house.at,
    )

    assert (changed_one.name, changed_one.ends, changed_one.version) == (
        "Through the gate",
        date(2027, 6, 30),
        2,
    )
    assert Edition.objects.get(programme=programme).read()["name"] == "From prison to release"
    assert events_of(programme) == [PROGRAMME_STARTED.name, PROGRAMME_CHANGED.name]


def test_a_stale_change_meets_what_was_saved_in_between(house: House, programme: Programme) -> None:
    common = {"programme": programme, "starts": programme.starts, "version": 1, "at": house.at}
    actions.change_programme(**common, name="Through the gate", ends=None, by=house.by("Liv"))  # type: ignore[arg-type]

    with pytest.raises(Stale) as stale:
        actions.change_programme(
            **common,  # type: ignore[arg-type]
            name=programme.name,
            ends=date(2027, 6, 30),
            by=house.by("Asa"),
        )

    merge = stale.value.merge({"name": programme.name, "starts": programme.starts, "ends": date(2027, 6, 30)})
    assert merge.clashes == ()
    assert merge.taken["name"] == "Through the gate"
    assert merge.taken["ends"] == date(2027, 6, 30)


def test_the_lead_of_one_programme_changes_that_one(house: House, programme: Programme) -> None:
    other = pairs(house)
    jonas = house.by("Jonas").but(roles=frozenset({Role.LEAD}), leads=frozenset({programme.pk}))

    assert actions.end_programme(programme=programme, ends=date(2027, 1, 31), by=jonas, at=house.at).ends
    with pytest.raises(Refusal, match="administrator"):
        actions.end_programme(programme=other, ends=date(2027, 1, 31), by=jonas, at=house.at)


def test_the_end_is_set_and_recorded(house: House, programme: Programme) -> None:
    actions.end_programme(programme=programme, ends=date(2026, 12, 31), by=house.by("Asa"), at=house.at)

    programme.refresh_from_db()
    assert programme.ends == date(2026, 12, 31)
    assert programme.runs_on(date(2026, 12, 31))
    assert not programme.runs_on(date(2027, 1, 1))
    assert events_of(programme)[-1] == PROGRAMME_ENDED.name
    assert list(Programme.objects.running(date(2026, 12, 31))) == [programme]
    assert not Programme.objects.running(date(2027, 1, 1)).exists()


def test_a_newer_pack_is_adopted_and_the_earlier_one_stays_readable(house: House) -> None:
    programme = exit_nord(house)
    later = house.at + timedelta(days=30)

    actions.adopt_new_pack_version(programme=programme, pack=newer(), by=house.by("Liv"), at=later)

    programme.refresh_from_db()
    assert programme.pack.version == 2
    in_force = Adoption.objects.filter(programme=programme)
    assert [adoption.pack.version for adoption in in_force.at(later)] == [2, 1]
    assert [adoption.pack.version for adoption in in_force.at(later - timedelta(seconds=1))] == [1]
    assert events_of(programme)[-1] == PACK_ADOPTED.name


@pytest.mark.parametrize(
    ("pack", "code"),
    [
        (read(A_PACK), "programmes.not_newer"),
        (read(changed('key = "exit-nord"', 'key = "exit-sud"')), "programmes.other_pack"),
        (
            read(
                changed("version = 1\nname", "version = 2\nname")
                .replace('then = ["work", "closed"]', 'then = ["closed"]')
                .replace('[[phases]]\nkey = "work"\nlabel = "Work"\nthen = ["closed"]\n', "")
            ),
            "programmes.phases_lost",
        ),
    ],
    ids=["no newer", "another", "a phase lost"],
)
def test_what_cannot_follow_a_pack_changes_nothing(house: House, pack: Pack, code: str) -> None:
    programme = exit_nord(house)

    with pytest.raises(Refusal) as refusal:
        actions.adopt_new_pack_version(programme=programme, pack=pack, by=house.by("Liv"), at=house.at)

    programme.refresh_from_db()
    assert refusal.value.code == code
    assert programme.pack == read(A_PACK)
    assert Adoption.objects.filter(programme=programme).count() == 1


def test_members_of_the_organisation_see_its_programmes_and_nobody_else(
    house: House, programme: Programme
) -> None:
    for name, sees in [("Jonas", True), ("Noor", True), ("Asa", True), ("Kari", False), ("Odd", False)]:
        by = house.by(name)
        assert bool(may_read_programme.decide(by, programme, house.at)) is sees
        assert list(Programme.objects.visible_to(by, house.at)) == ([programme] if sees else [])
        assert Adoption.objects.visible_to(by, house.at).count() == int(sees)


@pytest.mark.parametrize(
    ("today", "months"),
    [
        (date(2027, 12, 30), None),
        (date(2027, 12, 31), 12),
        (date(2028, 6, 29), 12),
        (date(2028, 6, 30), 6),
        (date(2028, 9, 29), 6),
        (date(2028, 9, 30), 3),
        (date(2028, 12, 31), 3),
        (date(2029, 1, 1), None),
    ],
)
def test_an_end_warns_12_6_and_3_months_before(house: House, today: date, months: int | None) -> None:
    pairs(house)
    noon = datetime(today.year, today.month, today.day, 11, tzinfo=house.at.tzinfo)

    found = ending_soon(house.by("Asa"), noon)

    assert [warning.months for warning in found] == ([] if months is None else [months])


def test_an_end_warns_on_the_day_it_is_where_the_organisation_is(house: House) -> None:
    pairs(house)
    just_before_midnight = datetime(2027, 12, 30, 23, 30, tzinfo=house.at.tzinfo)

    assert ending_soon(house.by("Asa"), just_before_midnight)


def test_ends_are_shown_to_those_who_can_act_on_them(house: House, programme: Programme) -> None:
    pairs(house, ends=date(2027, 1, 31))
    jonas = house.by("Jonas")

    assert my_day(jonas, None, house.at) is None
    assert my_day(jonas.but(leads=frozenset({programme.pk})), None, house.at) is None
    for name in ("Asa", "Liv"):
        shown = my_day(house.by(name), None, house.at)
        assert shown is not None
        assert [str(item["title"]) for item in shown["attention"]] == ["“PAIRS” ends within 3 months"]
    index = organisation_index(jonas, None, house.at)
    assert index is not None
    assert index["summary"] == "2 programmes."
    lead = organisation_index(house.by("Liv"), None, house.at)
    assert lead is not None
    assert lead["summary"] == "2 programmes. 1 ends within a year."


@pytest.mark.parametrize(
    ("day", "months", "later"),
    [
        (date(2026, 1, 31), 1, date(2026, 2, 28)),
        (date(2027, 11, 30), 3, date(2028, 2, 29)),
        (date(2026, 12, 1), 12, date(2027, 12, 1)),
        (date(2028, 12, 31), -6, date(2028, 6, 30)),
        (date(2028, 2, 29), -12, date(2027, 2, 28)),
        (date(2026, 1, 15), -1, date(2025, 12, 15)),
    ],
)
def test_months_end_where_the_month_ends(day: date, months: int, later: date) -> None:
    assert months_after(day, months) == later
