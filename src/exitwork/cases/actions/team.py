# SPDX-License-Identifier: AGPL-3.0-or-later
"""Who works on a case: assigning, relieving, handing over, keeping out.

* Only a colleague who may work on cases is put on one; a state organisation's people never on
  a CSO's case (design.md 4, I3).
* Handing over adds a link to the chain: the old case manager ends where the new one begins.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from exitwork.access.words import WORD_WITH_LEAD
from exitwork.accounts.models import Account
from exitwork.cases import rules
from exitwork.cases.actions.cover import cover_again
from exitwork.cases.models import Assignment, Case, KeptOut, Management
from exitwork.cases.words import (
    ASSIGNED,
    KEPT_OUT,
    MANAGER_CHANGED,
    RELIEVED,
    Function,
)
from exitwork.journal.recording import recorded
from exitwork.kernel.decisions import refuse
from exitwork.kernel.standing import CASEWORK, OrganisationKind, Standing
from exitwork.organisations.standing import standing_of
from exitwork.people.models import Exclusion


def assign(
    *,
    case: Case,
    account: Account,
    function: str,
    acting_for: UUID | None = None,
    by: Standing,
    at: datetime,
) -> Assignment:
    """Put somebody on the case. A new deputy relieves the old one.

    :raises Refusal: if a rule says no, or this person can't be put on a case.
    """
    with recorded(ASSIGNED, by=by, about=case, at=at) as entry:
        rules.may_steer_case.decide(by, case, at).or_raise()
        organisation = acting_for or case.organisation_id
        _refuse_unfit(case, account, organisation, at)
        if function == Function.DEPUTY:
            _end(Assignment.objects.in_force(at).filter(case=case, function=function), at)
        elif Assignment.objects.in_force(at).filter(case=case, account=account, function=function).exists():
            raise refuse(_("This person has that function on the case already."), "cases.assign.twice")
        assignment = Assignment.objects.create(
            organisation_id=case.organisation_id,
            case=case,
            account=account,
            acting_for_id=organisation,
            function=function,
            from_at=at,
        )
        if function == Function.DEPUTY:
            cover_again(case=case, by=by, at=at)
        entry.note(account=str(account.pk), function=function)
    return assignment


def relieve(*, assignment: Assignment, by: Standing, at: datetime) -> Assignment:
    """Take somebody off the case.

    :raises Refusal: if a rule says no.
    """
    case = assignment.case
    with recorded(RELIEVED, by=by, about=case, at=at) as entry:
        rules.may_steer_case.decide(by, case, at).or_raise()
        _end(Assignment.objects.filter(pk=assignment.pk), at)
        entry.note(account=str(assignment.account_id), function=assignment.function)
    assignment.refresh_from_db()
    return assignment


def hand_over(
    *, case: Case, account: Account, client_view: str = "", by: Standing, at: datetime
) -> Management:
    """Make somebody else the case manager from now on; the client's view of it is kept (R79).

    :raises Refusal: if a rule says no, or this person can't be put on a case.
    """
    with recorded(MANAGER_CHANGED, by=by, about=case, at=at) as entry:
        rules.may_steer_case.decide(by, case, at).or_raise()
        _refuse_unfit(case, account, case.organisation_id, at)
        before = Management.objects.in_force(at).get(case=case)
        if before.account_id == account.pk:
            raise refuse(_("This person is the case manager already."), "cases.hand_over.same")
        _end(Assignment.objects.in_force(at).filter(case=case, account=account), at)
        link = Management.objects.create(
            organisation_id=case.organisation_id,
            case=case,
            account=account,
            from_at=at,
            client_view=client_view.strip(),
        )
        cover_again(case=case, by=by, at=at)
        entry.note(before=str(before.account_id), after=str(account.pk))
    return link


def keep_out(*, case: Case, account: Account, by: Standing, at: datetime) -> KeptOut:
    """Keep somebody from seeing anything of a case, whatever else he is (S4).

    :raises Refusal: if a rule says no, or it would leave the case without its case manager.
    """
    with recorded(KEPT_OUT, by=by, about=case, at=at) as entry:
        rules.may_keep_out.decide(by, case, at).or_raise()
        if Management.objects.in_force(at).filter(case=case, account=account).exists():
            raise refuse(
                _("This person is the case manager. Hand the case over first."), "cases.keep_out.manager"
            )
        _end(Assignment.objects.in_force(at).filter(case=case, account=account), at)
        kept = KeptOut.objects.create(
            organisation_id=case.organisation_id, case=case, account=account, from_at=at
        )
        entry.note(account=str(account.pk))
    return kept


def _end(assignments: Any, at: datetime) -> None:
    for assignment in assignments:
        assignment.until_at = at
        assignment.save(update_fields=["until_at"])


def _refuse_unfit(case: Case, account: Account, organisation: UUID, at: datetime) -> None:
    """Refuse somebody who may not be put on this case.

    :raises Refusal: with what is missing.
    """
    theirs = standing_of(account, organisation, at)
    if not theirs.is_active or not theirs.has(*CASEWORK):
        raise refuse(
            _("This person does not work on cases here. An administrator can give the role."),
            "cases.team.no_casework",
        )
    if theirs.organisation_kind is OrganisationKind.STATE and organisation != case.organisation_id:
        raise refuse(
            _("People of a state organisation are never put on another organisation's case."),
            "cases.team.state",
        )
    if organisation != case.organisation_id and organisation not in theirs.reach:
        raise refuse(
            _("The two organisations have no agreement in force to run this programme together."),
            "cases.team.no_agreement",
        )
    kept_out = KeptOut.objects.in_force(at).filter(case=case, account=account).exists()
    if kept_out or _stays_apart(case, account, at):
        # One sentence for every cause: neither kinship nor a worker's own exclusion is anybody's business.
        raise refuse(WORD_WITH_LEAD, "cases.team.word_first")


def _stays_apart(case: Case, account: Account, at: datetime) -> bool:
    """Whether this worker and this person were never to be brought together (S4)."""
    return case.person_id is not None and bool(
        Exclusion.objects.keeps_apart(account=account.pk, person=case.person_id, at=at)
    )
