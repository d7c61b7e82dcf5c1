# SPDX-License-Identifier: AGPL-3.0-or-later
"""The calendar outside: times and a number, nothing else, and nothing after a pause (S7, S2)."""

from __future__ import annotations

import pytest
import time_machine
from django.test import Client
from icalendar import Calendar

from exitwork.accounts.actions import suspend
from exitwork.accounts.models import Account
from exitwork.accounts.rules import may_pause_oneself
from exitwork.agenda.actions import make_feed
from exitwork.agenda.models import Feed
from exitwork.agenda.words import Kind
from exitwork.journal.models import Entry
from tests.world import World

pytestmark = pytest.mark.django_db


def answer(world: World, token: str) -> tuple[int, bytes]:
    """What the address answers to anybody."""
    with time_machine.travel(world.at, tick=False):
        response = Client().get(f"/calendar/{token}.ics")
    return response.status_code, response.content


def test_a_calendar_tells_times_and_numbers_and_nothing_else(oslo: World) -> None:
    appointment = oslo.as_("Asa").plans(
        "Heron", in_hours=2, kind=Kind.VISIT, place="Library", with_whom="His sister"
    )
    token = make_feed(by=oslo.standing("Asa"), at=oslo.at)

    status, body = answer(oslo, token)

    assert status == 200
    event = Calendar.from_ical(body).walk("VEVENT")[0]
    assert event["summary"] == "Appointment 1"
    assert event.decoded("dtstart") == appointment.starts_at
    assert event.decoded("dtend") == appointment.ends_at
    text = body.decode().lower()
    case = oslo.case("Heron")
    told = ["heron", "library", "sister", "visit", "exit", "oslo", "asa", case.ref, appointment.ref]
    told += [str(case.pk), str(appointment.pk), "location", "attendee", "organizer", "description"]
    assert [word for word in told if word.lower() in text] == []


def test_two_calendars_cannot_be_joined(oslo: World) -> None:
    oslo.as_("Asa").plans("Heron", in_hours=2)
    identities = set()
    for _time in range(2):
        _status, body = answer(oslo, make_feed(by=oslo.standing("Asa"), at=oslo.at))
        identities.add(str(Calendar.from_ical(body).walk("VEVENT")[0]["uid"]))

    assert len(identities) == 2


def test_a_new_address_ends_the_old_one(oslo: World) -> None:
    first = make_feed(by=oslo.standing("Asa"), at=oslo.at)
    second = make_feed(by=oslo.standing("Asa"), at=oslo.later(hours=1).at)

    assert answer(oslo, first)[0] == 404
    assert answer(oslo, second)[0] == 200
    assert Feed.objects.in_force().count() == 1


def test_the_secret_is_kept_nowhere(oslo: World) -> None:
    token = make_feed(by=oslo.standing("Asa"), at=oslo.at)

    kept = Feed.objects.get()
    assert token not in str(vars(kept))
    assert token not in str(list(Entry.objects.values()))


def test_a_paused_accounts_address_answers_no_more(oslo: World) -> None:
    token = make_feed(by=oslo.standing("Asa"), at=oslo.at)
    account = Account.objects.get(pk=oslo.accounts["Asa"].pk)
    suspend(account=account, rule=may_pause_oneself, by=oslo.standing("Asa"), at=oslo.later(hours=1).at)

    assert answer(oslo, token)[0] == 404
    assert not Feed.objects.in_force().exists()


def test_an_unknown_address_answers_like_an_ended_one(oslo: World) -> None:
    token = make_feed(by=oslo.standing("Asa"), at=oslo.at)
    make_feed(by=oslo.standing("Asa"), at=oslo.later(hours=1).at)

    ended, unknown = answer(oslo, token), answer(oslo, "a" * 43)
    assert ended == unknown


def test_what_one_may_no_longer_see_leaves_the_calendar(oslo: World) -> None:
    oslo.as_("Asa").plans("Heron", in_hours=4)
    token = make_feed(by=oslo.standing("Asa"), at=oslo.at)
    assert b"VEVENT" in answer(oslo, token)[1]

    oslo.later(hours=1).as_("Asa").hands_over("Heron", to="Per")

    assert b"VEVENT" not in answer(oslo, token)[1]


def test_a_cancelled_appointment_leaves_the_calendar(oslo: World) -> None:
    appointment = oslo.as_("Asa").plans("Heron", in_hours=4)
    token = make_feed(by=oslo.standing("Asa"), at=oslo.at)
    oslo.as_("Asa").says_it_was("cancelled", appointment, whose="client")

    assert b"VEVENT" not in answer(oslo, token)[1]
