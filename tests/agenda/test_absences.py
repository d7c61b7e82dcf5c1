# SPDX-License-Identifier: AGPL-3.0-or-later
"""Going away and coming back: who acts, who may say so, and what stays closed (S17)."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from exitwork.accounts.actions import suspend
from exitwork.accounts.rules import may_pause_oneself
from exitwork.agenda.models import Task
from exitwork.cases.models import Absence, Assignment
from exitwork.cases.words import Function
from exitwork.contacts.actions import WORKING_NOTE_LIVES, expire_notes
from exitwork.contacts.models import Contact
from exitwork.contacts.words import Layer
from exitwork.journal.models import Entry
from exitwork.kernel.standing import machine
from tests.world import World

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases]


def acting_on(world: World, pseudonym: str) -> list[str]:
    """Who acts on a case now."""
    acting = Assignment.objects.in_force(world.at).filter(
        case=world.case(pseudonym), function=Function.ACTING
    )
    return [assignment.account.name for assignment in acting.select_related("account")]


def test_the_deputy_acts_from_the_moment_somebody_is_away(oslo: World) -> None:
    oslo.as_("Asa").is_away()

    assert acting_on(oslo, "Heron") == ["Per"]
    assert acting_on(oslo, "Wren") == []


def test_an_absence_is_an_entry_without_a_reason(oslo: World) -> None:
    absence = oslo.as_("Asa").is_away()

    assert Entry.objects.filter(event="agenda.absence.set", about_id=oslo.accounts["Asa"].pk).count() == 1
    assert "reason" not in {field.name for field in Absence._meta.get_fields()}
    assert absence.until_at is None


@pytest.mark.parametrize("name", ["Asa", "Per", "Liv"])
def test_oneself_the_deputy_or_the_lead_says_that_somebody_is_away(oslo: World, name: str) -> None:
    oslo.as_(name).says_is_away("Asa")

    assert acting_on(oslo, "Heron") == ["Per"]


def test_somebody_else_may_not(oslo: World) -> None:
    with oslo.refuses("may_set_absence.is_mine"):
        oslo.as_("Ola").says_is_away("Asa")

    assert not Absence.objects.exists()
    assert acting_on(oslo, "Heron") == []


def test_coming_back_ends_the_acting(oslo: World) -> None:
    absence = oslo.as_("Asa").is_away()
    oslo.later(days=2).as_("Asa").is_back(absence)

    assert acting_on(oslo, "Heron") == []
    assert not Absence.objects.in_force(oslo.at).exists()


def test_an_absence_with_a_last_day_ends_by_itself(oslo: World) -> None:
    oslo.as_("Asa").is_away(until_date=date(2026, 11, 20))

    oslo.at = oslo.at.replace(day=20, hour=22)
    assert acting_on(oslo, "Heron") == ["Per"]
    oslo.at += timedelta(hours=1)
    assert acting_on(oslo, "Heron") == []


def test_an_absence_that_begins_later_has_nobody_act_before(oslo: World) -> None:
    oslo.as_("Asa").is_away(from_date=date(2026, 11, 23), until_date=date(2026, 11, 27))

    assert acting_on(oslo, "Heron") == []
    oslo.later(days=4)
    assert acting_on(oslo, "Heron") == ["Per"]


def test_an_absence_called_off_before_it_begins_leaves_nothing(oslo: World) -> None:
    absence = oslo.as_("Asa").is_away(from_date=date(2026, 11, 23))
    oslo.later(days=1).as_("Asa").is_back(absence)

    assert not Absence.objects.exists()
    oslo.later(days=4)
    assert acting_on(oslo, "Heron") == []


def test_nobody_is_away_twice_at_once(oslo: World) -> None:
    oslo.as_("Asa").is_away()

    with oslo.refuses("agenda.absence.twice"):
        oslo.as_("Asa").is_away(until_date=date(2026, 12, 1))


def test_the_last_day_does_not_lie_before_the_first(oslo: World) -> None:
    with oslo.refuses("agenda.absence.backwards"):
        oslo.as_("Asa").is_away(until_date=date(2026, 11, 1))


def test_a_deputy_found_during_the_absence_acts_at_once(oslo: World) -> None:
    oslo.as_("Asa").is_away()
    oslo.later(hours=1).as_("Liv").assigns("Ola", to="Wren", as_=Function.DEPUTY)

    assert acting_on(oslo, "Wren") == ["Ola"]


def test_a_new_deputy_takes_the_acting_over(oslo: World) -> None:
    absence = oslo.as_("Asa").is_away()
    oslo.later(hours=1).as_("Liv").assigns("Ola", to="Heron", as_=Function.DEPUTY)

    assert acting_on(oslo, "Heron") == ["Ola"]
    oslo.later(hours=1).as_("Asa").is_back(absence)
    assert acting_on(oslo, "Heron") == []


def test_handing_the_case_over_ends_the_acting(oslo: World) -> None:
    oslo.as_("Asa").is_away()
    oslo.later(hours=1).as_("Liv").hands_over("Heron", to="Ola")

    assert acting_on(oslo, "Heron") == []


def test_somebody_paused_while_away_stays_covered(oslo: World) -> None:
    absence = oslo.as_("Asa").is_away(until_date=date(2026, 11, 20))
    oslo.later(hours=1)
    suspend(
        account=oslo.accounts["Asa"],
        rule=may_pause_oneself,
        by=oslo.standing("Asa"),
        at=oslo.at,
    )

    assert acting_on(oslo, "Heron") == ["Per"]
    oslo.later(days=5)
    assert acting_on(oslo, "Heron") == ["Per"]
    assert absence.until_at is not None


def test_whoever_acts_is_to_tell_the_client_in_the_safe_way(oslo: World) -> None:
    oslo.as_("Asa").is_away()

    task = Task.objects.get()
    assert task.account == oslo.accounts["Per"]
    assert task.case == oslo.case("Heron")
    assert "in the way that is safe" in task.words


def test_private_notes_stay_closed_and_do_not_expire_while_their_author_is_away(oslo: World) -> None:
    note = oslo.as_("Asa").writes("He is afraid.", on="Heron", layer=Layer.WORKING_NOTE)
    absence = oslo.as_("Asa").is_away()

    oslo.at = note.written_at + WORKING_NOTE_LIVES + timedelta(days=1)
    expire_notes(by=machine("expiry"), at=oslo.at)

    kept = Contact.objects.get(pk=note.pk)
    assert kept.expires_at is not None
    assert kept.expires_at >= oslo.at + timedelta(days=14)
    assert not Contact.objects.visible_to(oslo.standing("Per"), oslo.at).filter(pk=note.pk).exists()

    oslo.as_("Asa").is_back(absence)
    oslo.later(days=16)
    assert expire_notes(by=machine("expiry"), at=oslo.at) == 1
