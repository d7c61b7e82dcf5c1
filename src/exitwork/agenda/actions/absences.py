# SPDX-License-Identifier: AGPL-3.0-or-later
"""Going away and coming back (S17).

* From the moment an absence begins, the deputy acts on every case the person manages, and has a
  task for each client: to tell him, in the way that is safe, who is there meanwhile.
* Coming back ends the acting. No reason is asked or stored.
"""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.utils.translation import gettext as _

from exitwork.accounts.models import Account
from exitwork.agenda import rules
from exitwork.agenda.models import Task
from exitwork.agenda.words import ABSENCE_BEGUN, ABSENCE_ENDED
from exitwork.cases.actions import stand_back, stand_in
from exitwork.cases.models import Absence, Assignment, Management
from exitwork.cases.words import Function
from exitwork.journal.recording import recorded
from exitwork.kernel.decisions import refuse
from exitwork.kernel.references import new_reference
from exitwork.kernel.standing import Standing
from exitwork.organisations.standing import standing_of


def set_absence(
    *,
    account: Account,
    from_date: date | None = None,
    until_date: date | None = None,
    by: Standing,
    at: datetime,
) -> Absence:
    """Note that somebody is away, from a day (now, when not given) to the end of a day, or until he is back.

    :raises Refusal: if a rule says no, the person does not work here, the days are the wrong way
        round, or he is away in that time already.
    """
    from_at = max(at, _begins(from_date, by)) if from_date else at
    until_at = _begins(until_date + timedelta(days=1), by) if until_date else None
    absence = Absence(
        organisation_id=by.ours,
        account=account,
        ref=new_reference(),
        from_at=from_at,
        until_at=until_at,
        set_at=at,
        set_by_id=by.me,
    )
    with recorded(ABSENCE_BEGUN, by=by, about=account, at=at, organisation=by.organisation) as entry:
        rules.may_set_absence.decide(by, absence, at).or_raise()
        _refuse_faulty(absence, account, by=by, at=at)
        absence.save(force_insert=True)
        stand_in(account=account, organisation=by.ours, from_at=from_at, until_at=until_at, by=by, at=at)
        told = _ask_to_tell_clients(absence, by=by, at=at)
        entry.note(
            absence=absence.ref,
            from_at=from_at.isoformat(),
            until_at=until_at.isoformat() if until_at else "",
            clients_to_tell=told,
        )
    return absence


def end_absence(*, absence: Absence, by: Standing, at: datetime) -> Absence:
    """Note that somebody is back, or does not go after all.

    :raises Refusal: if a rule says no, or he is back already.
    """
    account = absence.account
    with recorded(ABSENCE_ENDED, by=by, about=account, at=at, organisation=absence.organisation_id) as entry:
        rules.may_set_absence.decide(by, absence, at).or_raise()
        standing = Absence.objects.not_over(at).filter(pk=absence.pk).first()
        if standing is None:
            raise refuse(_("This absence is over already."), "agenda.absence.over")
        entry.note(absence=absence.ref)
        if standing.from_at >= at:
            standing.delete()
        else:
            standing.until_at = at
            standing.save(update_fields=["until_at"])
        stand_back(account=account, organisation=absence.organisation_id, by=by, at=at)
        left = Absence.objects.not_over(at).filter(organisation=absence.organisation_id, account=account)
        for other in left.order_by("from_at"):
            stand_in(
                account=account,
                organisation=absence.organisation_id,
                from_at=max(at, other.from_at),
                until_at=other.until_at,
                by=by,
                at=at,
            )
    return standing


def _begins(day: date, by: Standing) -> datetime:
    """The moment a day begins where the organisation works."""
    return datetime.combine(day, time.min, tzinfo=ZoneInfo(by.zone))


def _refuse_faulty(absence: Absence, account: Account, *, by: Standing, at: datetime) -> None:
    if standing_of(account, by.ours, at).organisation is None:
        raise refuse(_("This person does not work here."), "agenda.absence.no_colleague")
    if absence.until_at is not None and absence.until_at <= absence.from_at:
        raise refuse(_("The last day must not lie before the first."), "agenda.absence.backwards")
    others = Absence.objects.filter(organisation=by.ours, account=account)
    until = absence.until_at or datetime.max.replace(tzinfo=absence.from_at.tzinfo)
    if others.touching(absence.from_at, until).exists():
        raise refuse(
            _("This person is away in that time already. End that absence first."), "agenda.absence.twice"
        )


def _ask_to_tell_clients(absence: Absence, *, by: Standing, at: datetime) -> int:
    """Give whoever acts a task for each client. Returns how many."""
    managed = Management.objects.in_force(at).filter(
        account=absence.account_id, organisation=absence.organisation_id, case__closed_at__isnull=True
    )
    acting = Assignment.objects.in_force(absence.from_at).filter(
        case__in=managed.values("case"), function=Function.ACTING, case__person__isnull=False
    )
    made = 0
    for assignment in acting.select_related("case"):
        Task.objects.create(
            organisation_id=assignment.case.organisation_id,
            case=assignment.case,
            ref=new_reference(),
            account_id=assignment.account_id,
            title=_("Tell the client, in the way that is safe, that you are there meanwhile"),
            due=by.day_of(absence.from_at),
            set_at=at,
            set_by_id=by.me,
        )
        made += 1
    return made
