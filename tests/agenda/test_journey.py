# SPDX-License-Identifier: AGPL-3.0-or-later
"""Ill tonight: Asa falls ill, Per is there, the client is told, and Asa returns to a page (S17)."""

from __future__ import annotations

import pytest
import time_machine
from django.urls import reverse

from exitwork.agenda.actions import do_task
from exitwork.agenda.models import Task
from exitwork.agenda.words import State, Whose
from exitwork.cases.words import Function
from exitwork.contacts.words import Layer
from tests.world import World

pytestmark = pytest.mark.django_db


def today(world: World, name: str) -> str:
    """What stands on somebody's day."""
    with time_machine.travel(world.at, tick=False):
        return world.as_(name).browser().get("/").content.decode()


def test_ill_tonight(oslo: World) -> None:
    # Given Asa is to meet Heron tomorrow, has a task, and keeps a note of her own
    meeting = oslo.as_("Asa").plans("Heron", in_hours=20, place="The library")
    oslo.as_("Asa").sets_a_task("Ring the landlord", on="Heron", due=oslo.at.date())
    oslo.as_("Asa").writes("I worry about him.", on="Heron", layer=Layer.WORKING_NOTE)
    assert "Ring the landlord" not in today(oslo, "Per")

    # When the lead says that Asa is away
    absence = oslo.later(hours=3).as_("Liv").says_is_away("Asa")

    # Then Per finds her task and the client to be told, and the lead finds the case nobody covers
    per = today(oslo, "Per")
    assert "Ring the landlord" in per
    assert "in the way that is safe" in per
    assert "Wren: Asa is away and there is no deputy" in today(oslo, "Liv")
    oslo.as_("Liv").assigns("Ola", to="Wren", as_=Function.DEPUTY)
    assert "there is no deputy" not in today(oslo, "Liv")

    # And the meeting stands on Per's day when it comes; he keeps it and writes a note
    oslo.later(hours=17, minutes=30)
    assert "The library" in today(oslo, "Per")
    oslo.later(hours=1)
    assert "How did it go with Heron?" in today(oslo, "Per")
    oslo.as_("Per").says_it_was(State.KEPT, meeting)
    oslo.as_("Per").writes("He came, and was glad.", on="Heron")
    for task in Task.objects.open().filter(case=oslo.case("Heron")):
        do_task(task=task, by=oslo.standing("Per"), at=oslo.at)

    # And her own note stays hers
    with time_machine.travel(oslo.at, tick=False):
        timeline = reverse("workplace:timeline", args=[oslo.case("Heron").ref])
        assert "I worry about him." not in oslo.as_("Per").browser().get(timeline).content.decode()

    # When she is back, nobody acts any more, and one page tells her what happened
    oslo.later(days=3).as_("Asa").is_back(absence)
    assert "The library" not in today(oslo, "Per")
    assert "What happened" in today(oslo, "Asa")
    with time_machine.travel(oslo.at, tick=False):
        page = oslo.as_("Asa").browser().get(reverse("agenda:meanwhile", args=[absence.ref]))
    told = page.content.decode()
    for said in ("Note written", "Outcome of an appointment noted", "Task done"):
        assert said in told
    assert "I worry about him." not in told


def test_a_client_who_does_not_come_is_seen_on_the_timeline(oslo: World) -> None:
    meeting = oslo.as_("Asa").plans("Heron", in_hours=2)
    oslo.later(hours=4).as_("Asa").says_it_was(State.MISSED, meeting, whose=Whose.CLIENT)

    with time_machine.travel(oslo.at, tick=False):
        timeline = reverse("workplace:timeline", args=[oslo.case("Heron").ref])
        page = oslo.as_("Asa").browser().get(timeline).content.decode()

    assert "Appointment: Missed" in page
