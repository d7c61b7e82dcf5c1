# SPDX-License-Identifier: AGPL-3.0-or-later
"""The pages of the agenda: what stands on them, who gets which answer, and what they cost."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from exitwork.agenda.models import Appointment, Feed, Task
from exitwork.agenda.words import State
from exitwork.cases.models import Absence
from exitwork.contacts.models import Contact
from exitwork.journal.models import Entry
from tests.world import World

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def clock(oslo: World) -> Iterator[time_machine.Traveller]:
    """The clock stands where the world is."""
    with time_machine.travel(oslo.at, tick=False) as traveller:
        yield traveller


def read(world: World, name: str, url: str) -> str:
    """What somebody reads under an address."""
    response = world.as_(name).browser().get(url)
    assert response.status_code == 200, f"{url}: {response.status_code}"
    return response.content.decode()


def test_every_page_opens_empty(oslo: World) -> None:
    case = oslo.case("Heron").ref
    for url in (
        reverse("agenda:week"),
        reverse("agenda:set_task"),
        reverse("agenda:away"),
        reverse("agenda:calendar"),
        reverse("agenda:case", args=[case]),
        reverse("agenda:plan", args=[case]),
        reverse("agenda:set_case_task", args=[case]),
        "/",
    ):
        read(oslo, "Asa", url)


def test_an_appointment_is_planned_on_its_page_and_stands_in_the_week(oslo: World) -> None:
    case = oslo.case("Heron")
    asked = {
        "starts_at": "2026-11-20T10:00",
        "minutes": "45",
        "kind": "conversation",
        "place": "The blue café by the river",
        "account": str(oslo.accounts["Asa"].pk),
    }
    response = oslo.as_("Asa").browser().post(reverse("agenda:plan", args=[case.ref]), asked)

    assert response.status_code == 302
    week = read(oslo, "Asa", reverse("agenda:week"))
    assert "The blue café by the river" in week
    assert "Heron" in week
    assert "10:00" in week
    assert "The blue café" not in read(oslo, "Per", reverse("agenda:week"))
    assert "The blue café" in read(oslo, "Per", reverse("agenda:case", args=[case.ref]))


def test_overlaps_are_said_in_words(oslo: World) -> None:
    oslo.as_("Asa").plans("Heron", in_hours=2)
    oslo.as_("Asa").plans("Wren", in_hours=2.5)

    week = read(oslo, "Asa", reverse("agenda:week"))

    assert "Overlaps with" in week
    assert "Wren." in week
    assert "Heron." in week


def test_whoever_is_away_at_an_appointment_is_named(oslo: World) -> None:
    oslo.as_("Asa").plans("Wren", in_hours=2)
    oslo.as_("Asa").is_away()

    assert "Asa is away then." in read(oslo, "Liv", reverse("agenda:case", args=[oslo.case("Wren").ref]))


def test_one_click_leads_from_a_past_appointment_to_its_note(
    oslo: World, clock: time_machine.Traveller
) -> None:
    appointment = oslo.as_("Asa").plans("Heron", in_hours=2, kind="visit", minutes=90)
    clock.move_to(oslo.later(hours=5).at)
    browser = oslo.as_("Asa").browser()

    assert "How did it go with Heron?" in browser.get("/").content.decode()
    page = reverse("agenda:appointment", args=[oslo.case("Heron").ref, appointment.ref])
    assert "Kept, write the note" in browser.get(page).content.decode()
    response = browser.post(page, {"state": "kept", "then": "note"})

    note = browser.get(response["Location"]).content.decode()
    assert 'value="2026-11-19T18:00"' in note
    assert 'value="90"' in note
    assert '<option value="visit" selected' in note
    appointment.refresh_from_db()
    assert appointment.state == State.KEPT
    assert not Contact.objects.exists()
    assert "How did it go with Heron?" not in browser.get("/").content.decode()


def test_an_outcome_can_be_taken_back(oslo: World, clock: time_machine.Traveller) -> None:
    appointment = oslo.as_("Asa").plans("Heron", in_hours=1)
    clock.move_to(oslo.later(hours=3).at)
    oslo.as_("Asa").says_it_was("missed", appointment)
    browser = oslo.as_("Asa").browser()

    browser.post(reverse("agenda:reopen", args=[oslo.case("Heron").ref, appointment.ref]))

    appointment.refresh_from_db()
    assert appointment.state == State.PLANNED


def test_a_change_made_in_between_meets_this_one(oslo: World) -> None:
    appointment = oslo.as_("Asa").plans("Heron", in_hours=3, place="Library")
    url = reverse("agenda:change", args=[oslo.case("Heron").ref, appointment.ref])
    asked = {
        "version": "1",
        "starts_at": "2026-11-19T19:00",
        "minutes": "60",
        "kind": "conversation",
        "account": str(oslo.accounts["Asa"].pk),
    }
    first = oslo.as_("Per").browser().post(url, {**asked, "place": "Park"})
    second = oslo.as_("Asa").browser().post(url, {**asked, "place": "Station"})

    assert first.status_code == 302
    assert second.status_code == 409
    assert "Park" in second.content.decode()
    assert "Station" in second.content.decode()
    assert Appointment.objects.get().place.open() == "Park"


def test_what_is_kept_or_missed_stands_on_the_timeline(oslo: World, clock: time_machine.Traveller) -> None:
    appointment = oslo.as_("Asa").plans("Heron", in_hours=1)
    clock.move_to(oslo.later(hours=3).at)
    oslo.as_("Asa").says_it_was("missed", appointment, whose="client")

    timeline = read(oslo, "Per", reverse("workplace:timeline", args=[oslo.case("Heron").ref]))

    assert "Appointment: Missed" in timeline
    assert "The client" in timeline


def test_a_task_is_set_put_off_done_and_opened_again(oslo: World) -> None:
    browser = oslo.as_("Asa").browser()
    browser.post(reverse("agenda:set_task"), {"title": "Order the key for the flat", "due": "2026-11-19"})
    task = Task.objects.get()
    page = reverse("agenda:task", args=[task.ref])

    assert "Order the key" in browser.get("/").content.decode()
    browser.post(page, {"until": "2026-11-25", "why": "partner"})
    assert "Waits until" in browser.get(page).content.decode()
    assert "Order the key" not in browser.get("/").content.decode()
    browser.post(reverse("agenda:done", args=[task.ref]))
    assert not Task.objects.get().is_open
    browser.post(reverse("agenda:reopen_task", args=[task.ref]))
    assert Task.objects.get().is_open


def test_a_task_about_no_case_is_nobody_elses(oslo: World) -> None:
    task = oslo.as_("Asa").sets_a_task("Ring the doctor about my back")

    for name in ("Per", "Liv", "Ola"):
        url = reverse("agenda:task", args=[task.ref])
        assert oslo.as_(name).browser().get(url).status_code == 404


def test_two_clicks_put_the_deputy_in_charge(oslo: World) -> None:
    oslo.as_("Asa").plans("Heron", in_hours=4, place="Library")
    browser = oslo.as_("Asa").browser()
    shown = browser.get(reverse("agenda:away"))
    assert shown.status_code == 200

    response = browser.post(
        reverse("agenda:away"), {"account": str(oslo.accounts["Asa"].pk), "from_date": "2026-11-19"}
    )

    assert response.status_code == 302
    assert Absence.objects.count() == 1
    today = read(oslo, "Per", "/")
    assert "Library" in today
    assert "Tell the client, in the way that is safe" in today


def test_the_lead_finds_cases_that_nobody_covers(oslo: World) -> None:
    oslo.as_("Asa").is_away()

    today = read(oslo, "Liv", "/")

    assert "Wren: Asa is away and there is no deputy" in today
    assert "Heron: Asa is away" not in today
    assert reverse("cases:team", args=[oslo.case("Wren").ref]) in today
    assert "there is no deputy" not in read(oslo, "Ola", "/")


def test_who_returns_reads_what_happened(oslo: World, clock: time_machine.Traveller) -> None:
    absence = oslo.as_("Asa").is_away()
    oslo.later(hours=1).as_("Per").writes("We talked about work.", on="Heron")
    clock.move_to(oslo.later(hours=1).at)
    browser = oslo.as_("Asa").browser()

    response = browser.post(reverse("agenda:back", args=[absence.ref]), follow=True)

    page = response.content.decode()
    assert "What happened while you were away" in page
    assert "Note written" in page
    assert "Per" in page
    assert "What happened" in read(oslo, "Asa", "/")
    assert oslo.as_("Liv").browser().get(reverse("agenda:meanwhile", args=[absence.ref])).status_code == 403


def test_a_calendar_address_is_shown_once_and_can_be_ended(oslo: World) -> None:
    browser = oslo.as_("Asa").browser()
    first = browser.post(reverse("agenda:calendar"), {"once": "a"}).content.decode()

    assert "/calendar/" in first
    assert ".ics" in first
    assert ".ics" not in browser.get(reverse("agenda:calendar")).content.decode()
    browser.post(reverse("agenda:end_calendar"))
    assert not Feed.objects.in_force().exists()


def test_the_workload_is_for_leads_and_stands_by_name(oslo: World) -> None:
    oslo.as_("Per").sets_a_task("Write the letter", on="Heron")

    page = read(oslo, "Liv", reverse("agenda:workload"))

    assert page.index("Asa") < page.index("Per</bdi>")
    assert "Write the letter" not in page
    for name in ("Asa", "Per"):
        assert oslo.as_(name).browser().get(reverse("agenda:workload")).status_code == 403


def test_a_stranger_finds_nothing(oslo: World) -> None:
    appointment = oslo.as_("Asa").plans("Heron", in_hours=2)
    case = oslo.case("Heron").ref
    browser = oslo.as_("Ola").browser()

    for url in (
        reverse("agenda:case", args=[case]),
        reverse("agenda:plan", args=[case]),
        reverse("agenda:appointment", args=[case, appointment.ref]),
        reverse("agenda:change", args=[case, appointment.ref]),
    ):
        assert browser.get(url).status_code == 404


def test_a_form_sent_twice_plans_once(oslo: World) -> None:
    browser = oslo.as_("Asa").browser()
    asked = {"starts_at": "2026-11-20T10:00", "minutes": "45", "kind": "conversation", "once": "token"}
    for _twice in range(2):
        browser.post(reverse("agenda:plan", args=[oslo.case("Heron").ref]), asked)

    assert Appointment.objects.count() == 1


def test_a_look_at_the_week_is_recorded(oslo: World) -> None:
    oslo.as_("Asa").plans("Heron", in_hours=2)
    read(oslo, "Asa", reverse("agenda:week"))

    assert Entry.objects.filter(event="pages.list.seen", by_account=oslo.accounts["Asa"].pk).exists()


def test_the_number_of_queries_does_not_grow(oslo: World) -> None:
    def asked(name: str, url: str) -> int:
        browser = oslo.as_(name).browser()
        browser.get(url)
        with CaptureQueriesContext(connection) as queries:
            assert browser.get(url).status_code == 200
        return len(queries)

    pages = ["/", reverse("agenda:week"), reverse("agenda:case", args=[oslo.case("Heron").ref])]

    def fill() -> None:
        for hours in (2, 3, 4, 5):
            for pseudonym in ("Heron", "Wren"):
                oslo.as_("Asa").plans(pseudonym, in_hours=hours, place="Library")
                oslo.as_("Asa").sets_a_task("Ring", on=pseudonym, due=oslo.at.date() - timedelta(days=1))

    fill()
    before = [asked("Asa", url) for url in pages]
    fill()
    assert [asked("Asa", url) for url in pages] == before
    assert max(before) <= 34, before
