# SPDX-License-Identifier: AGPL-3.0-or-later
"""Tasks: about a case or about none, for oneself or a colleague, done, put off, changed."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import connection

from exitwork.agenda.actions import change_task, do_task, put_task_off, take_task_back
from exitwork.agenda.models import PutOff, Task, TaskVersion
from exitwork.agenda.queries.slots import open_tasks
from exitwork.journal.models import Entry
from exitwork.kernel.versions import Stale
from tests.world import World

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases]


def test_a_task_about_a_case_is_read_by_its_team_and_sealed(oslo: World) -> None:
    task = oslo.as_("Asa").sets_a_task("Ring the school", on="Heron")

    assert task.words == "Ring the school"
    assert Task.objects.visible_to(oslo.standing("Per"), oslo.at).count() == 1
    assert Task.objects.visible_to(oslo.standing("Ola"), oslo.at).count() == 0
    with connection.cursor() as cursor:
        cursor.execute("SELECT title, own_title FROM agenda_task")
        assert all(b"school" not in bytes(column) for column in cursor.fetchone())
    assert Entry.objects.get(event="agenda.task.set").about_id == oslo.case("Heron").pk


def test_a_task_about_no_case_is_read_by_whose_it_is_and_who_set_it(oslo: World) -> None:
    task = oslo.as_("Liv").sets_a_task("Order keys", for_="Per")

    assert task.words == "Order keys"
    seen = {
        name: Task.objects.visible_to(oslo.standing(name), oslo.at).count()
        for name in ("Liv", "Per", "Asa", "Ola")
    }
    assert seen == {"Liv": 1, "Per": 1, "Asa": 0, "Ola": 0}


def test_nobody_outside_the_team_gets_a_task_about_the_case(oslo: World) -> None:
    with oslo.refuses("agenda.not_on_team"):
        oslo.as_("Asa").sets_a_task("Ring the school", on="Heron", for_="Ola")
    with oslo.refuses("may_change_task.writes_in_case"):
        oslo.as_("Ola").sets_a_task("Ring the school", on="Heron")

    assert not Task.objects.exists()


def test_nobody_of_another_organisation_gets_a_task(oslo: World) -> None:
    oslo.given_a_worker("Eva", of="Exit Bergen")

    with oslo.refuses("agenda.task.no_colleague"):
        oslo.as_("Asa").sets_a_task("Order keys", for_="Eva")


def test_a_task_says_something(oslo: World) -> None:
    with oslo.refuses("agenda.task.empty"):
        oslo.as_("Asa").sets_a_task("   ")

    assert not Entry.objects.filter(event="agenda.task.set").exists()


def test_a_task_is_done_once_and_can_be_opened_again(oslo: World) -> None:
    task = oslo.as_("Asa").sets_a_task("Ring the school", on="Heron")
    do_task(task=task, by=oslo.standing("Per"), at=oslo.at)

    done = Task.objects.get()
    assert done.done_by_id == oslo.accounts["Per"].pk
    with oslo.refuses("agenda.task.done"):
        do_task(task=task, by=oslo.standing("Asa"), at=oslo.at)
    take_task_back(task=task, by=oslo.standing("Asa"), at=oslo.at)
    assert Task.objects.get().is_open
    with oslo.refuses("agenda.task.open"):
        take_task_back(task=task, by=oslo.standing("Asa"), at=oslo.at)


def test_putting_off_has_a_reason_and_a_day_ahead(oslo: World) -> None:
    by, today = oslo.standing("Asa"), oslo.at.date()
    task = oslo.as_("Asa").sets_a_task("Ring the school", due=today)
    with oslo.refuses("agenda.task.not_ahead"):
        put_task_off(task=task, until=today, why="client", by=by, at=oslo.at)

    put_task_off(task=task, until=today + timedelta(days=3), why="client", by=by, at=oslo.at)

    waiting = Task.objects.get()
    assert waiting.due == today
    assert waiting.day == today + timedelta(days=3)
    assert PutOff.objects.get().why == "client"
    assert not open_tasks(today, by=by, at=oslo.at).exists()
    assert open_tasks(today + timedelta(days=3), by=by, at=oslo.at).exists()


def test_a_change_keeps_what_it_said_before_and_never_overwrites(oslo: World) -> None:
    task = oslo.as_("Asa").sets_a_task("Ring the school", on="Heron")
    change_task(task=task, version=1, title="Write to the school", by=oslo.standing("Per"), at=oslo.at)

    assert Task.objects.get().words == "Write to the school"
    assert TaskVersion.objects.get().title.open() == "Ring the school"
    with pytest.raises(Stale):
        change_task(task=task, version=1, title="Visit the school", by=oslo.standing("Asa"), at=oslo.at)
    assert Task.objects.get().words == "Write to the school"


def test_a_change_of_another_field_is_taken_beside_it(oslo: World) -> None:
    task = oslo.as_("Asa").sets_a_task("Ring the school", on="Heron")
    due = oslo.at.date() + timedelta(days=2)
    change_task(task=task, version=1, title="Write to the school", by=oslo.standing("Per"), at=oslo.at)
    change_task(task=task, version=1, title="Ring the school", due=due, by=oslo.standing("Asa"), at=oslo.at)

    assert Task.objects.get().words == "Write to the school"
    assert Task.objects.get().due == due


def test_what_is_done_is_not_changed(oslo: World) -> None:
    task = oslo.as_("Asa").sets_a_task("Ring the school")
    do_task(task=task, by=oslo.standing("Asa"), at=oslo.at)

    with oslo.refuses("agenda.task.done"):
        change_task(task=task, version=1, title="Write", by=oslo.standing("Asa"), at=oslo.at)


def test_whoever_acts_sees_the_tasks_of_who_is_away_on_that_case_only(oslo: World) -> None:
    oslo.as_("Asa").sets_a_task("About Heron", on="Heron")
    oslo.as_("Asa").sets_a_task("About Wren", on="Wren")
    oslo.as_("Asa").sets_a_task("About nothing")
    absence = oslo.as_("Asa").is_away()

    def seen() -> set[str]:
        return {task.words for task in open_tasks(by=oslo.standing("Per"), at=oslo.at)}

    assert "About Heron" in seen()
    assert not {"About Wren", "About nothing"} & seen()
    oslo.later(hours=1).as_("Asa").is_back(absence)
    assert "About Heron" not in seen()
