# SPDX-License-Identifier: AGPL-3.0-or-later
"""Reads worth a name: programmes whose end is near.

* Warnings come 12, 6 and 3 months before the last day (R3); the days are the reader's.
* They are shown to those who can act on them: administrators and leads.
"""

from __future__ import annotations

from calendar import monthrange
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from django.db.models import Case, QuerySet, When

from exitwork.kernel.standing import Role, Standing
from exitwork.programmes.models import Programme

WARN_MONTHS_BEFORE = (3, 6, 12)


@dataclass(frozen=True, slots=True)
class EndWarning:
    """A programme that ends within so many months; ``months`` is the nearest of 3, 6 and 12."""

    ref: str
    name: str
    ends: date
    months: int
    days_left: int


def ending_soon(by: Standing, at: datetime) -> list[EndWarning]:
    """The programmes the standing can change that end within a year, the nearest end first."""
    if not (by.leads or by.leads_all or by.has(Role.ADMINISTRATOR)):
        return []
    today = local_day(by, at)
    # Counted back from the end, a month may be up to three days shorter than counted on from today.
    last = months_after(today, WARN_MONTHS_BEFORE[-1]) + timedelta(days=3)
    rows = Programme.objects.visible_to(by, at).ending_by(last, since=today)
    if not (by.leads_all or by.has(Role.ADMINISTRATOR)):
        rows = rows.filter(pk__in=by.leads)
    found = rows.order_by("ends", "name").values_list("ref", "name", "ends")
    return [
        EndWarning(ref, name, ends, months=months, days_left=(ends - today).days)
        for ref, name, ends in found
        if ends is not None and (months := _months_left(today, ends)) is not None
    ]


def by_end(rows: QuerySet[Programme, Programme], today: date) -> QuerySet[Programme, Programme]:
    """Those that run or will first, by name; those that have ended after them."""
    return rows.order_by(Case(When(ends__lt=today, then=1), default=0), "name", "pk")


def local_day(by: Standing, at: datetime) -> date:
    """The day it is where the standing's organisation is."""
    return at.astimezone(ZoneInfo(by.zone)).date()


def months_after(day: date, months: int) -> date:
    """The same day so many months on (back when negative); the last day of a month that has no such day."""
    total = day.month - 1 + months
    year, month = day.year + total // 12, total % 12 + 1
    return date(year, month, min(day.day, monthrange(year, month)[1]))


def _months_left(today: date, ends: date) -> int | None:
    return next((months for months in WARN_MONTHS_BEFORE if today >= months_after(ends, -months)), None)
