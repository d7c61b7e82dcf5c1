# SPDX-License-Identifier: AGPL-3.0-or-later
"""How much each worker carries: counts only, no note is opened (R77, S33).

* A case counts as much as the programme's pack says for its phase, else one.
* Workers stand by name and nothing else: there is no order of more and less, and no average.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Count, Q

from exitwork.accounts.models import Account
from exitwork.agenda.models import Task
from exitwork.cases.models import Absence, Management
from exitwork.cases.queries import colleagues
from exitwork.kernel.standing import Standing
from exitwork.programmes.models import Programme


@dataclass(frozen=True, slots=True)
class Load:
    """What one worker carries."""

    name: str
    cases: int
    weighted: int
    tasks: int
    is_away: bool


@dataclass(frozen=True, slots=True)
class Weight:
    """What a pack says a case counts in one phase, where it is not one."""

    programme: str
    phase: Any
    weight: int


def workload(*, by: Standing, at: datetime) -> tuple[list[Load], list[Weight]]:
    """The workers of what one leads, by name, and the weights they were counted with."""
    led = Q(organisation=by.ours) if by.leads_all else Q(case__programme__in=by.leads)
    managed = Management.objects.visible_to(by, at).in_force(at).filter(led, case__closed_at__isnull=True)
    rows = list(managed.values_list("account_id", "case__programme_id", "case__phase"))
    programmes = Programme.objects.filter(pk__in={programme for _account, programme, _phase in rows})
    phases = {programme.pk: programme.phases for programme in programmes}
    cases: dict[Any, int] = defaultdict(int)
    weighted: dict[Any, int] = defaultdict(int)
    for account, programme, phase in rows:
        way = phases[programme]
        cases[account] += 1
        weighted[account] += way[phase].weight if phase in way else 1
    tasks = _open_tasks(led)
    away = set(Absence.objects.visible_to(by, at).in_force(at).values_list("account_id", flat=True))
    workers = _workers(by, at, {*cases, *tasks})
    loads = [
        Load(worker.name, cases[worker.pk], weighted[worker.pk], tasks.get(worker.pk, 0), worker.pk in away)
        for worker in workers
    ]
    weights = [
        Weight(programme.name, phase.label, phase.weight)
        for programme in sorted(programmes, key=lambda one: one.name)
        for phase in phases[programme.pk].phases
        if phase.weight != 1
    ]
    return loads, weights


def _open_tasks(led: Q) -> dict[Any, int]:
    """How many open tasks each worker has: a number, nothing of what they say."""
    counted = Task.objects.open().filter(led).order_by().values("account").annotate(tasks=Count("pk"))
    return {row["account"]: row["tasks"] for row in counted}


def _workers(by: Standing, at: datetime, carrying: set[Any]) -> list[Account]:
    """Everybody who works on cases here or carries something, by name."""
    known = {worker.pk: worker for worker in colleagues(by=by, at=at)} if by.leads_all else {}
    for worker in Account.objects.filter(pk__in=carrying - set(known)):
        known[worker.pk] = worker
    return sorted(known.values(), key=lambda worker: worker.name.casefold())
