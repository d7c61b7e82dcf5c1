# SPDX-License-Identifier: AGPL-3.0-or-later
"""Setting, changing, doing and putting off tasks."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from exitwork.accounts.models import Account
from exitwork.agenda import rules
from exitwork.agenda.actions.fitting import keeper_of
from exitwork.agenda.models import PutOff, Task, TaskVersion
from exitwork.agenda.words import (
    TASK_CHANGED,
    TASK_DONE,
    TASK_PUT_OFF,
    TASK_SET,
    TASK_TAKEN_BACK,
    Arose,
    WaitsFor,
)
from exitwork.cases.models import Case
from exitwork.journal.recording import recorded
from exitwork.kernel.decisions import refuse
from exitwork.kernel.references import new_reference
from exitwork.kernel.standing import Standing
from exitwork.kernel.versions import Stale
from exitwork.organisations.standing import standing_of


def set_task(
    *,
    title: str,
    case: Case | None = None,
    account: str = "",
    due: date | None = None,
    arose: str = Arose.BY_HAND,
    arose_ref: str = "",
    by: Standing,
    at: datetime,
) -> Task:
    """Set a task, for oneself or a colleague, about a case or about none.

    :param account: who is to do it; who sets it, when not given.
    :raises Refusal: if a rule says no, nothing is said, or the person is not on the case team (about
        a case) or does not belong to the organisation (about none).
    """
    task = Task(
        organisation_id=case.organisation_id if case else by.ours,
        case=case,
        ref=new_reference(),
        account_id=by.me,
        due=due,
        arose=arose,
        arose_ref=arose_ref,
        set_at=at,
        set_by_id=by.me,
    )
    with recorded(TASK_SET, by=by, about=case or task, at=at) as entry:
        rules.may_change_task.decide(by, task, at).or_raise()
        task.account_id = _doer(case, account, by=by, at=at)
        _word(task, title)
        task.save(force_insert=True)
        entry.note(task=task.ref, due=due.isoformat() if due else "")
    return task


def change_task(
    *,
    task: Task,
    version: int,
    title: str,
    account: str = "",
    due: date | None = None,
    by: Standing,
    at: datetime,
) -> Task:
    """Change what is to do, by whom, or by when; what it said before is kept.

    :raises Refusal: if a rule says no, or it is done.
    :raises Stale: if somebody changed the same in between.
    """
    mine: dict[str, Any] = {"title": title.strip(), "account": account or str(task.account_id), "due": due}
    with recorded(TASK_CHANGED, by=by, about=task.case or task, at=at) as entry:
        task = current(task)
        rules.may_change_task.decide(by, task, at).or_raise()
        _must_be_open(task)
        theirs = values_of(task)
        if version != task.version:
            mine = _merged(task, version, theirs, mine)
        if mine == theirs:
            return task
        _keep_version(task, theirs, at)
        if mine["account"] != theirs["account"]:
            task.account_id = _doer(task.case, mine["account"], by=by, at=at)
        if mine["due"] != theirs["due"]:
            task.due, task.put_off_until = mine["due"], None
        if mine["title"] != theirs["title"]:
            _word(task, mine["title"])
        task.version += 1
        task.save()
        entry.note(task=task.ref, version=task.version)
    return task


def do_task(*, task: Task, by: Standing, at: datetime) -> Task:
    """Say that a task is done.

    :raises Refusal: if a rule says no, or it is done already.
    """
    with recorded(TASK_DONE, by=by, about=task.case or task, at=at) as entry:
        task = current(task)
        rules.may_change_task.decide(by, task, at).or_raise()
        _must_be_open(task)
        task.done_at, task.done_by_id = at, by.me
        task.save(update_fields=["done_at", "done_by"])
        entry.note(task=task.ref)
    return task


def take_task_back(*, task: Task, by: Standing, at: datetime) -> Task:
    """Open a task again that was said to be done.

    :raises Refusal: if a rule says no, or it is open.
    """
    with recorded(TASK_TAKEN_BACK, by=by, about=task.case or task, at=at) as entry:
        task = current(task)
        rules.may_change_task.decide(by, task, at).or_raise()
        if task.is_open:
            raise refuse(_("This task is open."), "agenda.task.open")
        task.done_at = task.done_by = None
        task.save(update_fields=["done_at", "done_by"])
        entry.note(task=task.ref)
    return task


def put_task_off(*, task: Task, until: date, why: str, by: Standing, at: datetime) -> Task:
    """Put a task off to a later day, for one of five reasons. The day it was due stays known.

    :raises Refusal: if a rule says no, it is done, or the day is not ahead.
    """
    with recorded(TASK_PUT_OFF, by=by, about=task.case or task, at=at) as entry:
        task = current(task)
        rules.may_change_task.decide(by, task, at).or_raise()
        _must_be_open(task)
        if until <= by.day_of(at):
            raise refuse(_("Choose a day that is still to come."), "agenda.task.not_ahead")
        PutOff.objects.create(
            organisation_id=task.organisation_id,
            task=task,
            until=until,
            why=WaitsFor(why),
            at=at,
            by_account_id=by.me,
        )
        task.put_off_until = until
        task.save(update_fields=["put_off_until"])
        entry.note(task=task.ref, until=until.isoformat(), why=why)
    return task


def current(task: Task) -> Task:
    """The task as it is now."""
    found: Task = Task.objects.select_related("case").get(pk=task.pk)
    return found


def values_of(task: Task | TaskVersion) -> dict[str, Any]:
    """What people edit of a task."""
    words = task.title.open() if task.case_id else task.own_title.open()
    return {"title": words, "account": str(task.account_id), "due": task.due}


def _word(task: Task, title: str) -> None:
    """Write the words under the key they belong to.

    :raises Refusal: if there are none.
    """
    if not title.strip():
        raise refuse(_("Say what is to do."), "agenda.task.empty")
    if task.case_id:
        task.title = title.strip()
    else:
        task.own_title = title.strip()


def _doer(case: Case | None, account: str, *, by: Standing, at: datetime) -> UUID:
    if case is not None:
        return keeper_of(case, account, by=by, at=at)
    if not account or account == str(by.me):
        return by.me
    colleague = Account.objects.filter(pk=account).first()
    theirs = standing_of(colleague, by.ours, at) if colleague else None
    if colleague is None or theirs is None or theirs.organisation is None:
        raise refuse(_("This person does not belong to the organisation."), "agenda.task.no_colleague")
    return UUID(str(colleague.pk))


def _must_be_open(task: Task) -> None:
    if not task.is_open:
        raise refuse(_("This task is done already."), "agenda.task.done")


def _keep_version(task: Task, values: dict[str, Any], at: datetime) -> None:
    kept = TaskVersion(
        organisation_id=task.organisation_id,
        case_id=task.case_id,
        task=task,
        version=task.version,
        account_id=task.account_id,
        due=task.due,
        until_at=at,
    )
    if task.case_id:
        kept.title = values["title"]
    else:
        kept.own_title = values["title"]
    kept.save(force_insert=True)


def _merged(task: Task, version: int, theirs: dict[str, Any], mine: dict[str, Any]) -> dict[str, Any]:
    """What to save over a change made in between.

    :raises Stale: if both changed the same field.
    """
    earlier = TaskVersion.objects.filter(task=task, version__gte=version).order_by("version").first()
    stale = Stale(version=task.version, base=theirs if earlier is None else values_of(earlier), theirs=theirs)
    merge = stale.merge(mine)
    if merge.clashes:
        raise stale
    return dict(merge.taken)
