# SPDX-License-Identifier: AGPL-3.0-or-later
"""Standing in for a case manager: at a suspension, during an absence, and back again (S2, S17).

* The deputy acts on every case of somebody who is away: from that moment, without condition.
* Acting is a dated assignment: an absence with an end writes its end, nothing has to wake up for it.
* A new deputy or a new case manager during an absence changes who acts, in the same record.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from exitwork.cases.models import Absence, Assignment, Case, Management
from exitwork.cases.words import ACTING_STOOD_BACK, ACTING_TOOK_OVER, Function
from exitwork.journal.recording import recorded
from exitwork.kernel.standing import Standing


def stand_in(
    *,
    account: Any,
    organisation: UUID | None = None,
    from_at: datetime | None = None,
    until_at: datetime | None = None,
    by: Standing,
    at: datetime,
) -> None:
    """Let the deputy act on every open case this account manages.

    Asks no rule: who may pause somebody, or set an absence, is asked by the action that calls this.

    :param organisation: only its cases; all when not given.
    :param from_at: when acting begins; at once when not given.
    :param until_at: when it ends by itself; when not given, somebody must end it.
    """
    links = Management.objects.in_force(at).filter(account_id=account.pk, case__closed_at__isnull=True)
    if organisation is not None:
        links = links.filter(organisation_id=organisation)
    for link in links.select_related("case"):
        _act(link, from_at or at, until_at, by=by, at=at)


def stand_back(*, account: Any, organisation: UUID, by: Standing, at: datetime) -> None:
    """End the acting on the cases this account manages: he is back. A suspended account stays covered."""
    if not account.is_active:
        return
    links = Management.objects.in_force(at).filter(account_id=account.pk, organisation_id=organisation)
    for link in links.select_related("case"):
        _stop(link.case, by=by, at=at)


def cover_again(*, case: Case, by: Standing, at: datetime) -> None:
    """Settle anew who acts on a case, after its deputy or case manager changed."""
    _stop(case, by=by, at=at)
    link = Management.objects.in_force(at).select_related("account", "case").get(case=case)
    if not link.account.is_active:
        _act(link, at, None, by=by, at=at)
        return
    away = Absence.objects.not_over(at).filter(organisation=case.organisation_id, account=link.account_id)
    for absence in away.order_by("from_at"):
        _act(link, max(at, absence.from_at), absence.until_at, by=by, at=at)


def _act(
    link: Management, from_at: datetime, until_at: datetime | None, *, by: Standing, at: datetime
) -> None:
    """Let the deputy of one case act for a while; nothing where there is none."""
    deputies = Assignment.objects.in_force(at).filter(case=link.case_id, function=Function.DEPUTY)
    deputy = deputies.first()
    if deputy is None:
        return
    with recorded(ACTING_TOOK_OVER, by=by, about=link.case, at=at) as entry:
        acting = Assignment.objects.filter(
            case=link.case_id, account=deputy.account_id, function=Function.ACTING, from_at__lte=from_at
        )
        held = acting.in_force(from_at).first()
        if held is None:
            Assignment.objects.create(
                organisation_id=link.organisation_id,
                case=link.case,
                account_id=deputy.account_id,
                acting_for_id=deputy.acting_for_id,
                function=Function.ACTING,
                from_at=from_at,
                until_at=until_at,
            )
        elif held.until_at is not None and (until_at is None or until_at > held.until_at):
            held.until_at = until_at
            held.save(update_fields=["until_at"])
        entry.note(deputy=str(deputy.account_id), from_at=from_at.isoformat())


def _stop(case: Case, *, by: Standing, at: datetime) -> None:
    """End the acting on a case, and what was to begin later."""
    acting = Assignment.objects.filter(case=case, function=Function.ACTING)
    held = list(acting.in_force(at).filter(from_at__lt=at))
    not_begun = list(acting.filter(from_at__gte=at))
    if not held and not not_begun:
        return
    with recorded(ACTING_STOOD_BACK, by=by, about=case, at=at) as entry:
        for assignment in held:
            assignment.until_at = at
            assignment.save(update_fields=["until_at"])
        for assignment in not_begun:
            assignment.delete()
        entry.note(accounts=[str(assignment.account_id) for assignment in (*held, *not_begun)])
