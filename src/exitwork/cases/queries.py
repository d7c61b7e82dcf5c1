# SPDX-License-Identifier: AGPL-3.0-or-later
"""Reads worth a name: the list of cases and its filters, the team of a case, who can join it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db.models import F, Q, QuerySet

from exitwork.accounts.models import Account
from exitwork.cases.models import Assignment, Case, Management, PhaseStep
from exitwork.kernel.phases import Reached
from exitwork.kernel.standing import CASEWORK, Standing
from exitwork.organisations.models import RoleGrant
from exitwork.programmes.models import Programme

STATES = ("open", "closed", "all")


def case_rows(*, by: Standing, at: datetime, wanted: Mapping[str, str]) -> QuerySet[Case, Any]:
    """The cases one may see, newest first, as values; ``wanted`` are coded filters from the URL."""
    rows = Case.objects.visible_to(by, at)
    if wanted.get("mine"):
        rows = rows.filter(_mine(by, at))
    return narrowed(rows, wanted)


def narrowed(rows: QuerySet[Case, Case], wanted: Mapping[str, str]) -> QuerySet[Case, Any]:
    """These cases, narrowed by the filters that name nobody, newest first, as the list shows them."""
    if wanted.get("state", "open") != "all":
        rows = rows.filter(closed_at__isnull=wanted.get("state", "open") == "open")
    for name, column in (("kind", "kind"), ("phase", "phase"), ("programme", "programme__ref")):
        if wanted.get(name):
            rows = rows.filter(**{column: wanted[name]})
    return rows.order_by("-opened_at").values(
        "ref",
        "kind",
        "phase",
        "opened_at",
        "closed_at",
        pseudonym=F("person__pseudonym"),
        programme_name=F("programme__name"),
    )


def team(case: Case, *, by: Standing, at: datetime) -> tuple[Management | None, list[Assignment]]:
    """The case manager and everybody assigned now."""
    managers = Management.objects.visible_in(case, by, at, column="case").in_force(at)
    assignments = Assignment.objects.visible_in(case, by, at, column="case").in_force(at)
    return (
        managers.select_related("account").first(),
        list(assignments.select_related("account", "acting_for").order_by("function", "from_at")),
    )


def colleagues(*, by: Standing, at: datetime) -> QuerySet[Account, Account]:
    """The people of one's own organisation who may be put on cases, by name."""
    grants = RoleGrant.objects.in_force(at).filter(
        membership__organisation=by.ours, role__in=[role.value for role in CASEWORK]
    )
    members = Q(pk__in=grants.values("membership__account"))
    found: QuerySet[Account, Account] = Account.objects.filter(members, is_active=True)
    return found.order_by("name")


def programmes_in_reach(*, by: Standing, at: datetime) -> list[Programme]:
    """Every programme one may know of, by name."""
    return list(Programme.objects.visible_to(by, at).order_by("name"))


def phase_labels(programmes: list[Programme]) -> dict[str, Any]:
    """How the phases of these programmes are called."""
    return {phase.key: phase.label for programme in programmes for phase in programme.phases}


def course(case: Case, *, by: Standing, at: datetime) -> list[tuple[Any, str]]:
    """The phases of the programme in order, each done, current or ahead."""
    steps = PhaseStep.objects.visible_in(case, by, at, column="case")
    passed = steps.values_list("phase", flat=True)
    states = {Reached.PASSED: "done", Reached.HERE: "current"}
    rows = case.programme.phases.tracker(case.phase, passed)
    return [(row.phase.label, states.get(row.reached, "ahead")) for row in rows]


def running_programmes(*, by: Standing, at: datetime) -> list[Programme]:
    """The programmes of one's own organisation that run now."""
    mine = Programme.objects.visible_to(by, at).filter(organisation=by.ours)
    return list(mine.running(by.day_of(at)).order_by("name"))


def _mine(by: Standing, at: datetime) -> Q:
    managed = Management.objects.in_force(at).filter(account=by.me).values("case")
    assigned = Assignment.objects.in_force(at).filter(account=by.me).values("case")
    return Q(pk__in=managed.union(assigned))
