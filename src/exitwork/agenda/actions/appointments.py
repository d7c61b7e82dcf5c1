# SPDX-License-Identifier: AGPL-3.0-or-later
"""Planning, moving and changing appointments, and saying how they went.

* Every change adds a step; what it replaced stays readable in it.
* Moving and cancelling say whose doing it was; nothing is ever deleted.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db.models import Max
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _

from exitwork.accounts.models import Account
from exitwork.agenda import rules
from exitwork.agenda.actions.fitting import keeper_of, refuse_kind, suited_interpreter
from exitwork.agenda.models import Appointment, Step
from exitwork.agenda.words import (
    APPOINTMENT_CHANGED,
    APPOINTMENT_PLANNED,
    APPOINTMENT_SETTLED,
    APPOINTMENT_TAKEN_BACK,
    Happened,
    State,
    Whose,
)
from exitwork.cases.models import Case
from exitwork.journal.recording import recorded
from exitwork.kernel.decisions import refuse
from exitwork.kernel.references import new_reference
from exitwork.kernel.standing import Standing
from exitwork.kernel.versions import Stale

USUAL_MINUTES = 60


def plan_appointment(  # noqa: PLR0913 -- what the form holds
    *,
    case: Case,
    kind: str,
    starts_at: datetime,
    minutes: int = USUAL_MINUTES,
    account: str = "",
    place: str = "",
    with_whom: str = "",
    needs_interpreter: bool = False,
    interpreter: str = "",
    prison_footing: str = "",
    permit: str = "",
    by: Standing,
    at: datetime,
) -> Appointment:
    """Plan an appointment on a case.

    :param account: who of the team keeps it; who plans it, when not given.
    :param interpreter: the reference of an interpreter of the organisation.
    :raises Refusal: if a rule says no, its time is past, the phone is no longer safe, a visit in
        prison is not agreed, or the interpreter does not suit the client.
    """
    with recorded(APPOINTMENT_PLANNED, by=by, about=case, at=at) as entry:
        rules.may_plan_appointment.decide(by, Appointment(case=case), at).or_raise()
        refuse_kind(case, kind, prison_footing, permit)
        if starts_at + timedelta(minutes=minutes) <= at:
            raise refuse(
                _("This time is past. What has happened is written as a note."), "agenda.appointment.past"
            )
        keeper = keeper_of(case, account, by=by, at=at)
        appointment = Appointment.objects.create(
            organisation_id=case.organisation_id,
            case=case,
            ref=new_reference(),
            account_id=keeper,
            number=_next_number(keeper),
            kind=kind,
            starts_at=starts_at,
            ends_at=starts_at + timedelta(minutes=minutes),
            place=place.strip(),
            with_whom=with_whom.strip(),
            needs_interpreter=needs_interpreter or bool(interpreter),
            interpreter=suited_interpreter(case, interpreter, by=by, at=at),
            prison_footing=prison_footing,
            permit=permit.strip(),
            planned_at=at,
        )
        _add_step(appointment, Happened.PLANNED, version=0, by=by, at=at)
        entry.note(appointment=appointment.ref, kind=kind, starts_at=starts_at.isoformat())
    return appointment


def change_appointment(  # noqa: PLR0913 -- what the form holds
    *,
    appointment: Appointment,
    version: int,
    kind: str,
    starts_at: datetime,
    minutes: int,
    account: str = "",
    place: str = "",
    with_whom: str = "",
    needs_interpreter: bool = False,
    interpreter: str = "",
    prison_footing: str = "",
    permit: str = "",
    whose: str = "",
    by: Standing,
    at: datetime,
) -> Appointment:
    """Move an appointment or change its details; what it said before is kept.

    :param version: the version the change started from.
    :param whose: whose doing it is that the time changes.
    :raises Refusal: as for planning, and if it moves and nobody says whose doing it is.
    :raises Stale: if somebody changed the same in between; nothing is overwritten.
    """
    mine: dict[str, Any] = {
        "kind": kind,
        "starts_at": starts_at,
        "minutes": minutes,
        "account": account or str(appointment.account_id),
        "place": place.strip(),
        "with_whom": with_whom.strip(),
        "needs_interpreter": needs_interpreter or bool(interpreter),
        "interpreter": interpreter,
        "prison_footing": prison_footing,
        "permit": permit.strip(),
    }
    with recorded(APPOINTMENT_CHANGED, by=by, about=appointment.case, at=at) as entry:
        appointment = current(appointment)
        rules.may_change_appointment.decide(by, appointment, at).or_raise()
        theirs = values_of(appointment)
        if version != appointment.version:
            mine = _merged(appointment, version, theirs, mine)
        if mine == theirs:
            return appointment
        moved = any(mine[name] != theirs[name] for name in ("starts_at", "minutes"))
        if moved and whose not in Whose.values:
            raise refuse(_("Say whose doing it is that the time changes."), "agenda.appointment.whose")
        refuse_kind(appointment.case, mine["kind"], mine["prison_footing"], mine["permit"])
        _take(appointment, mine, theirs, by=by, at=at)
        happened, whose = (Happened.MOVED, whose) if moved else (Happened.CHANGED, "")
        _add_step(
            appointment, happened, version=appointment.version, whose=whose, before=theirs, by=by, at=at
        )
        appointment.version += 1
        appointment.save()
        entry.note(appointment=appointment.ref, happened=happened, whose=whose)
    return appointment


def say_outcome(
    *, appointment: Appointment, state: str, whose: str = "", by: Standing, at: datetime
) -> Appointment:
    """Say how an appointment went: kept, missed, or cancelled and by whom.

    Cancelling may be said before its time, the others not.

    :raises Refusal: if a rule says no, or it was cancelled and nobody says by whom.
    """
    with recorded(APPOINTMENT_SETTLED, by=by, about=appointment.case, at=at) as entry:
        appointment = current(appointment)
        cancelled = state == State.CANCELLED
        rule = rules.may_change_appointment if cancelled else rules.may_say_outcome
        rule.decide(by, appointment, at).or_raise()
        if cancelled and whose not in Whose.values:
            raise refuse(_("Say who cancelled."), "agenda.appointment.whose")
        told = whose if state != State.KEPT else ""
        _add_step(appointment, Happened(state), version=appointment.version, whose=told, by=by, at=at)
        _save_state(appointment, State(state))
        entry.note(appointment=appointment.ref, state=state, whose=told)
    return appointment


def take_outcome_back(*, appointment: Appointment, by: Standing, at: datetime) -> Appointment:
    """Take back what was said about how an appointment went. The step stays.

    :raises Refusal: if a rule says no.
    """
    with recorded(APPOINTMENT_TAKEN_BACK, by=by, about=appointment.case, at=at) as entry:
        appointment = current(appointment)
        rules.may_take_outcome_back.decide(by, appointment, at).or_raise()
        entry.note(appointment=appointment.ref, was=appointment.state)
        _add_step(appointment, Happened.TAKEN_BACK, version=appointment.version, by=by, at=at)
        _save_state(appointment, State.PLANNED)
    return appointment


def current(appointment: Appointment) -> Appointment:
    """The appointment as it is now that its case is locked."""
    found: Appointment = Appointment.objects.select_related("case", "case__person", "interpreter").get(
        pk=appointment.pk
    )
    return found


def values_of(appointment: Appointment) -> dict[str, Any]:
    """What people edit of an appointment, as it is now."""
    return {
        "kind": appointment.kind,
        "starts_at": appointment.starts_at,
        "minutes": appointment.minutes,
        "account": str(appointment.account_id),
        "place": appointment.place.open(),
        "with_whom": appointment.with_whom.open(),
        "needs_interpreter": appointment.needs_interpreter,
        "interpreter": appointment.interpreter.ref if appointment.interpreter else "",
        "prison_footing": appointment.prison_footing,
        "permit": appointment.permit.open(),
    }


def _take(
    appointment: Appointment, mine: dict[str, Any], theirs: dict[str, Any], *, by: Standing, at: datetime
) -> None:
    """Write what changed into the appointment; it is not saved yet."""
    for name in ("kind", "starts_at", "place", "with_whom", "needs_interpreter", "prison_footing", "permit"):
        if mine[name] != theirs[name]:
            setattr(appointment, name, mine[name])
    appointment.ends_at = mine["starts_at"] + timedelta(minutes=mine["minutes"])
    if mine["interpreter"] != theirs["interpreter"]:
        appointment.interpreter = suited_interpreter(appointment.case, mine["interpreter"], by=by, at=at)
    if mine["account"] != theirs["account"]:
        keeper = keeper_of(appointment.case, mine["account"], by=by, at=at)
        appointment.account_id = keeper
        appointment.number = _next_number(keeper)


def _merged(
    appointment: Appointment, version: int, theirs: dict[str, Any], mine: dict[str, Any]
) -> dict[str, Any]:
    """What to save over a change made in between.

    :raises Stale: if both changed the same field.
    """
    changes = Step.objects.filter(
        appointment=appointment, version__gte=version, happened__in=(Happened.CHANGED, Happened.MOVED)
    )
    earlier = changes.order_by("version").first()
    base = dict(theirs)
    if earlier is not None:
        base = earlier.before.open()
        base["starts_at"] = parse_datetime(base["starts_at"])
    stale = Stale(version=appointment.version, base=base, theirs=theirs)
    merge = stale.merge(mine)
    if merge.clashes:
        raise stale
    return dict(merge.taken)


def _add_step(
    appointment: Appointment,
    happened: Happened,
    *,
    version: int,
    whose: str = "",
    before: dict[str, Any] | None = None,
    by: Standing,
    at: datetime,
) -> None:
    Step.objects.create(
        organisation_id=appointment.organisation_id,
        case_id=appointment.case_id,
        appointment=appointment,
        happened=happened,
        whose=whose,
        at=at,
        by_account_id=by.me,
        version=version,
        before=before,
    )


def _save_state(appointment: Appointment, state: State) -> None:
    appointment.state = state
    appointment.version += 1
    appointment.save(update_fields=["state", "version"])


def _next_number(account: UUID) -> int:
    """The next number of this account's appointments; two at once wait for each other."""
    Account.objects.select_for_update().filter(pk=account).values_list("pk").first()
    last: int | None = Appointment.objects.filter(account=account).aggregate(last=Max("number"))["last"]
    return (last or 0) + 1
