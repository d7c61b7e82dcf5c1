# SPDX-License-Identifier: AGPL-3.0-or-later
"""Absences: whom one may set away, which cases nobody covers, what happened meanwhile."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Q, QuerySet

from exitwork.accounts.models import Account
from exitwork.agenda.queries.slots import title_of
from exitwork.agenda.rules import covered_accounts
from exitwork.cases.models import Absence, Assignment, Case, Management
from exitwork.cases.queries import colleagues
from exitwork.cases.words import Function
from exitwork.journal.models import Entry
from exitwork.kernel.events import Happening
from exitwork.kernel.standing import Standing

TOLD_AFTER_RETURN = timedelta(days=7)
MOST_ENTRIES = 200


@dataclass(frozen=True, slots=True)
class Uncovered:
    """An open case whose case manager is away and that has no deputy."""

    case: Case
    title: str
    manager: str


@dataclass(frozen=True, slots=True)
class Meanwhile:
    """What others wrote and changed in one case while its case manager was away, newest first."""

    case: Case
    title: str
    entries: list[Entry]


def may_be_set_away(*, by: Standing, at: datetime) -> list[Account]:
    """Oneself first, then those whose absence one may set, by name."""
    mine = list(Account.objects.filter(pk=by.me))
    if by.leads_all:
        others = colleagues(by=by, at=at)
    else:
        covered = covered_accounts(by, at).values("account")
        others = Account.objects.filter(pk__in=covered, is_active=True).order_by("name")
    return [*mine, *(other for other in others if other.pk != by.me)]


def not_over(*, by: Standing, at: datetime) -> QuerySet[Absence, Absence]:
    """Who is away, or will be, by name."""
    rows: QuerySet[Absence, Absence] = Absence.objects.visible_to(by, at).not_over(at)
    return rows.select_related("account").order_by("account__name", "from_at")


def just_returned(*, by: Standing, at: datetime) -> list[Absence]:
    """My absences that ended within the last week."""
    mine = Absence.objects.visible_to(by, at).filter(account=by.me)
    return list(mine.filter(until_at__lte=at, until_at__gt=at - TOLD_AFTER_RETURN).order_by("-until_at"))


def uncovered(*, by: Standing, at: datetime) -> list[Uncovered]:
    """The open cases I lead whose case manager is away and that have no deputy, by reference."""
    if not (by.leads_all or by.leads):
        return []
    away = set(Absence.objects.visible_to(by, at).in_force(at).values_list("account_id", flat=True))
    if not away:
        return []
    covered = Assignment.objects.in_force(at).filter(function__in=(Function.DEPUTY, Function.ACTING))
    rows = (
        Management.objects.visible_to(by, at)
        .in_force(at)
        .filter(_led(by), account__in=away, case__closed_at__isnull=True)
        .exclude(case__in=covered.values("case"))
    )
    found = rows.select_related("case", "case__person", "account").order_by("case__ref")
    return [Uncovered(row.case, title_of(row.case), row.account.name) for row in found]


def meanwhile(absence: Absence, *, by: Standing, at: datetime) -> list[Meanwhile]:
    """What others wrote and changed on the absent person's cases, case by case."""
    managed = (
        Management.objects.visible_to(by, at)
        .in_force(at)
        .filter(account=absence.account_id, organisation=absence.organisation_id)
    )
    cases = {row.case_id: row.case for row in managed.select_related("case", "case__person")}
    entries = Entry.objects.filter(
        about_id__in=list(cases),
        happening=Happening.CHANGE.value,
        at__gte=absence.from_at,
        at__lte=min(absence.until_at or at, at),
    ).exclude(by_account=absence.account_id)
    by_case: dict[Any, list[Entry]] = {}
    for entry in entries.order_by("-at", "-id")[:MOST_ENTRIES]:
        by_case.setdefault(entry.about_id, []).append(entry)
    return sorted(
        (Meanwhile(cases[key], title_of(cases[key]), found) for key, found in by_case.items()),
        key=lambda one: one.case.ref,
    )


def _led(by: Standing) -> Q:
    """The cases of what the standing leads."""
    return Q(organisation=by.ours) if by.leads_all else Q(case__programme__in=by.leads)
