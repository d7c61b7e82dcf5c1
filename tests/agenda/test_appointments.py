# SPDX-License-Identifier: AGPL-3.0-or-later
"""Planning, moving and settling appointments: state, steps, journal, and what is refused."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.db import IntegrityError, connection

from exitwork.agenda.actions import change_appointment, plan_appointment, take_outcome_back
from exitwork.agenda.actions.appointments import values_of
from exitwork.agenda.models import Appointment, Step, Task
from exitwork.agenda.rules import may_read_task
from exitwork.agenda.words import APPOINTMENT_CHANGED, Happened, Kind, PrisonFooting, State, Whose
from exitwork.cases.rules import may_read_case_part
from exitwork.cases.words import Function
from exitwork.journal.models import Entry
from exitwork.journal.recording import recorded
from exitwork.kernel.versions import Stale
from exitwork.people.actions import add_interpreter, note_wish, phone_no_longer_safe
from exitwork.people.words.choices import Wish
from tests.world import World

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases]


def changes(world: World, name: str, appointment: Appointment, **different: Any) -> Appointment:
    """Change some of an appointment, from the version one has in hand."""
    values = {**values_of(appointment), "version": appointment.version, **different}
    return change_appointment(appointment=appointment, by=world.standing(name), at=world.at, **values)


def happened_to(appointment: Appointment) -> list[str]:
    """The steps of an appointment, in order."""
    return list(
        Step.objects.filter(appointment=appointment).order_by("version").values_list("happened", flat=True)
    )


def test_a_planned_appointment_is_a_row_a_step_and_an_entry_about_the_case(oslo: World) -> None:
    appointment = oslo.as_("Asa").plans("Heron", in_hours=2, place="Library", with_whom="His sister")

    assert appointment.state == State.PLANNED
    assert appointment.minutes == 60
    assert happened_to(appointment) == [Happened.PLANNED]
    entry = Entry.objects.get(event="agenda.appointment.planned")
    assert entry.about_id == oslo.case("Heron").pk


def test_where_and_with_whom_are_sealed_on_the_disk(oslo: World) -> None:
    oslo.as_("Asa").plans("Heron", in_hours=2, place="Library", with_whom="His sister")

    with connection.cursor() as cursor:
        cursor.execute("SELECT place, with_whom FROM agenda_appointment")
        place, with_whom = (bytes(column) for column in cursor.fetchone())
    assert b"Library" not in place
    assert b"sister" not in with_whom


def test_somebody_outside_the_team_plans_nothing(oslo: World) -> None:
    with oslo.refuses("may_plan_appointment.writes_in_case"):
        oslo.as_("Ola").plans("Heron", in_hours=2)

    assert not Appointment.objects.exists()
    assert not Step.objects.exists()
    assert not Entry.objects.filter(event="agenda.appointment.planned").exists()


def test_what_is_past_is_a_note_and_no_appointment(oslo: World) -> None:
    with oslo.refuses("agenda.appointment.past"):
        oslo.as_("Asa").plans("Heron", in_hours=-2)


def test_a_colleague_of_the_team_can_be_sent_but_nobody_else(oslo: World) -> None:
    appointment = oslo.as_("Asa").plans("Heron", in_hours=2, account=str(oslo.accounts["Per"].pk))
    assert appointment.account_id == oslo.accounts["Per"].pk

    with oslo.refuses("agenda.not_on_team"):
        oslo.as_("Asa").plans("Heron", in_hours=2, account=str(oslo.accounts["Ola"].pk))


def test_each_worker_counts_his_own_appointments(oslo: World) -> None:
    first = oslo.as_("Asa").plans("Heron", in_hours=2)
    second = oslo.as_("Asa").plans("Wren", in_hours=4)
    other = oslo.as_("Per").plans("Heron", in_hours=6)

    assert [first.number, second.number, other.number] == [1, 2, 1]


def test_moving_says_whose_doing_it_is_and_keeps_what_it_was(oslo: World) -> None:
    appointment = oslo.as_("Asa").plans("Heron", in_hours=2)
    was = appointment.starts_at

    with oslo.refuses("agenda.appointment.whose"):
        changes(oslo, "Asa", appointment, starts_at=was + timedelta(days=1))
    moved = changes(oslo, "Asa", appointment, starts_at=was + timedelta(days=1), whose=Whose.CLIENT)

    assert moved.starts_at == was + timedelta(days=1)
    assert moved.state == State.PLANNED
    step = Step.objects.get(happened=Happened.MOVED)
    assert step.moved_from == was
    assert step.whose == Whose.CLIENT


def test_two_people_changing_different_things_lose_nothing(oslo: World) -> None:
    appointment = oslo.as_("Asa").plans("Heron", in_hours=2, place="Library")
    changes(oslo, "Per", appointment, place="Park")

    merged = changes(oslo, "Asa", appointment, with_whom="His sister")

    assert merged.place.open() == "Park"
    assert merged.with_whom.open() == "His sister"


def test_two_people_changing_the_same_meet(oslo: World) -> None:
    appointment = oslo.as_("Asa").plans("Heron", in_hours=2, place="Library")
    changes(oslo, "Per", appointment, place="Park")

    with pytest.raises(Stale) as stale:
        changes(oslo, "Asa", appointment, place="Station")

    clash = stale.value.merge({"place": "Station"}).clashes[0]
    assert (clash.base, clash.theirs, clash.mine) == ("Library", "Park", "Station")


def test_an_outcome_is_said_once_and_can_be_taken_back(oslo: World) -> None:
    appointment = oslo.as_("Asa").plans("Heron", in_hours=2)
    with oslo.refuses("may_say_outcome.has_begun"):
        oslo.as_("Asa").says_it_was(State.KEPT, appointment)

    oslo.later(hours=3).as_("Asa").says_it_was(State.KEPT, appointment)
    with oslo.refuses("may_say_outcome.is_planned"):
        oslo.as_("Asa").says_it_was(State.MISSED, appointment)
    take_outcome_back(appointment=appointment, by=oslo.standing("Asa"), at=oslo.at)
    oslo.as_("Asa").says_it_was(State.MISSED, appointment, whose=Whose.CLIENT)

    assert happened_to(appointment) == ["planned", "kept", "taken-back", "missed"]


def test_cancelling_says_by_whom(oslo: World) -> None:
    appointment = oslo.as_("Asa").plans("Heron", in_hours=2)
    with oslo.refuses("agenda.appointment.whose"):
        oslo.as_("Asa").says_it_was(State.CANCELLED, appointment)

    cancelled = oslo.as_("Asa").says_it_was(State.CANCELLED, appointment, whose=Whose.INSTITUTION)

    assert cancelled.state == State.CANCELLED


@pytest.mark.parametrize(
    ("more", "code"),
    [
        ({"kind": Kind.PRISON_VISIT}, "agenda.appointment.no_ground"),
        (
            {"kind": Kind.PRISON_VISIT, "prison_footing": PrisonFooting.PERMITTED},
            "agenda.appointment.no_permit",
        ),
        ({"kind": Kind.VISIT, "prison_footing": PrisonFooting.ASKED_FOR}, "agenda.appointment.no_prison"),
    ],
)
def test_a_visit_in_prison_is_agreed_only_with_a_permit(oslo: World, more: dict[str, Any], code: str) -> None:
    with oslo.refuses(code):
        oslo.as_("Asa").plans("Heron", in_hours=2, **more)


@pytest.mark.parametrize("footing", ["asked-for", "family-time", "first-talk"])
def test_a_visit_that_is_asked_for_can_be_set_and_is_marked(oslo: World, footing: str) -> None:
    appointment = oslo.as_("Asa").plans("Heron", in_hours=2, kind=Kind.PRISON_VISIT, prison_footing=footing)

    assert appointment.get_prison_footing_display()
    assert not appointment.permit


def test_nobody_calls_a_phone_that_is_no_longer_safe(oslo: World) -> None:
    person = oslo.case("Heron").person
    assert person is not None
    phone_no_longer_safe(person=person, by=oslo.standing("Asa"), at=oslo.at)

    with oslo.refuses("agenda.appointment.phone_unsafe"):
        oslo.as_("Asa").plans("Heron", in_hours=2, kind=Kind.PHONE)
    assert oslo.as_("Asa").plans("Heron", in_hours=2, kind=Kind.VISIT)


def test_an_interpreter_the_client_does_not_want_is_not_planned(oslo: World) -> None:
    case, by = oslo.case("Heron"), oslo.standing("Liv")
    assert case.person is not None
    interpreter = add_interpreter(
        name="Samira",
        languages=["ar"],
        confidential_from=by.day_of(oslo.at),
        by=by,
        at=oslo.at,
    )
    note_wish(
        person=case.person,
        interpreter=interpreter,
        wish=Wish.REFUSED,
        by=oslo.standing("Asa"),
        at=oslo.at,
    )

    with oslo.refuses("people.interpreter.refused"):
        oslo.as_("Asa").plans("Heron", in_hours=2, interpreter=interpreter.ref)

    assert not Appointment.objects.exists()


def test_only_who_reads_the_case_reads_its_appointments(oslo: World) -> None:
    oslo.as_("Asa").plans("Heron", in_hours=2)
    oslo.as_("Asa").plans("Wren", in_hours=2)

    def read_by(name: str) -> int:
        return int(Appointment.objects.visible_to(oslo.standing(name), oslo.at).count())

    assert [read_by(name) for name in ("Asa", "Per", "Liv", "Ola")] == [2, 1, 2, 0]
    oslo.later(hours=1).as_("Asa").assigns("Ola", to="Wren", as_=Function.SPECIALIST)
    assert read_by("Ola") == 1


def test_lists_and_rules_agree_about_appointments(oslo: World) -> None:
    oslo.as_("Asa").plans("Heron", in_hours=2)
    oslo.as_("Asa").plans("Wren", in_hours=2)
    oslo.as_("Asa").sets_a_task("Ring", on="Heron")
    oslo.as_("Asa").sets_a_task("Ring")
    oslo.as_("Liv").sets_a_task("Ring", for_="Per")
    for model, rule in ((Appointment, may_read_case_part), (Task, may_read_task)):
        for name in ("Asa", "Per", "Liv", "Ola"):
            by = oslo.standing(name)
            listed = set(model.objects.visible_to(by, oslo.at).values_list("pk", flat=True))
            decided = {row.pk for row in model.objects.all() if rule.decide(by, row, oslo.at)}
            assert listed == decided, (model, name)


def test_a_prison_visit_without_a_ground_is_refused_by_the_database_too(oslo: World) -> None:
    appointment = oslo.as_("Asa").plans("Heron", in_hours=2)

    with (
        pytest.raises(IntegrityError, match="prison_visit"),
        recorded(APPOINTMENT_CHANGED, by=oslo.standing("Asa"), at=oslo.at),
    ):
        Appointment.objects.filter(pk=appointment.pk).update(kind=Kind.PRISON_VISIT)


def test_a_plan_for_a_foreign_case_is_refused(oslo: World) -> None:
    oslo.given_a_worker("Eva", of="Exit Bergen")
    with oslo.refuses("may_plan_appointment.writes_in_case"):
        plan_appointment(
            case=oslo.case("Heron"),
            kind=Kind.CONVERSATION,
            starts_at=oslo.at + timedelta(hours=1),
            by=oslo.standing("Eva"),
            at=oslo.at,
        )
