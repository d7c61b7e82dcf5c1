# SPDX-License-Identifier: AGPL-3.0-or-later
"""What must fit before something is planned: who keeps it, the kind of meeting, the interpreter.

* A phone that is no longer safe is not called (S7).
* A visit in prison is agreed only with a permit; otherwise it says what it is (S27).
* An interpreter the client does not want, or who has not signed, is not planned (S24).
"""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.utils.translation import gettext as _

from exitwork.agenda.words import Kind, PrisonFooting
from exitwork.cases.models import Assignment, Case, Management
from exitwork.kernel.decisions import refuse
from exitwork.kernel.standing import Standing
from exitwork.people.models import Interpreter
from exitwork.people.queries import open_stop, suited


def keeper_of(case: Case, account: str, *, by: Standing, at: datetime) -> UUID:
    """The account that is to keep an appointment or do a task on a case; who acts, when not given.

    :raises Refusal: if the account is not on the case team.
    """
    if not account or account == str(by.me):
        return by.me
    managers = Management.objects.in_force(at).filter(case=case).values_list("account_id", flat=True)
    assigned = Assignment.objects.in_force(at).filter(case=case).values_list("account_id", flat=True)
    for found in (*managers, *assigned):
        if str(found) == account:
            return UUID(str(found))
    raise refuse(
        _("This person is not on the case team. The case manager can add somebody."), "agenda.not_on_team"
    )


def refuse_kind(case: Case, kind: str, prison_footing: str, permit: str) -> None:
    """Refuse a meeting that would hurt, or that is not what it says.

    :raises Refusal: with what is missing.
    """
    if kind == Kind.PHONE and case.person is not None and open_stop(case.person) is not None:
        raise refuse(
            _("The client's phone is no longer safe. Do not call: meet in person."),
            "agenda.appointment.phone_unsafe",
        )
    if kind != Kind.PRISON_VISIT:
        if prison_footing:
            raise refuse(
                _("Only a visit in prison has a ground. Choose another kind, or leave the ground out."),
                "agenda.appointment.no_prison",
            )
        return
    if prison_footing not in PrisonFooting.values:
        raise refuse(_("Say on what ground you go into the prison."), "agenda.appointment.no_ground")
    if prison_footing == PrisonFooting.PERMITTED and not permit.strip():
        raise refuse(
            _("A visit can't be set as agreed without a permit. Until it is there, set it as asked for."),
            "agenda.appointment.no_permit",
        )


def suited_interpreter(case: Case, ref: str, *, by: Standing, at: datetime) -> Interpreter | None:
    """The interpreter of that reference, if he suits the client; None for no reference.

    :raises Refusal: if he is not known here, not wanted, or not bound to confidentiality.
    """
    if not ref:
        return None
    rows = Interpreter.objects.visible_to(by, at).in_use()
    found: Interpreter | None = rows.filter(ref=ref, organisation=case.organisation_id).first()
    if found is None:
        raise refuse(_("This interpreter is not known here."), "agenda.appointment.no_interpreter")
    if case.person is not None:
        for one in suited(case.person, by, at):
            if one.ref == ref:
                one.decision.or_raise()
    return found
