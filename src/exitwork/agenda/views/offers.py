# SPDX-License-Identifier: AGPL-3.0-or-later
"""What forms of the agenda offer: the people of the case team, the interpreters of the organisation."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _

from exitwork.cases.models import Case
from exitwork.cases.queries import colleagues, team
from exitwork.pages.requests import Request
from exitwork.people.queries import interpreters, suited
from exitwork.ui.formats import comma


def of_team(request: Request, case: Case) -> list[tuple[str, Any]]:
    """Oneself first, then the others on the case team."""
    manager, assignments = team(case, by=request.standing, at=request.at)
    people = {request.standing.me: request.standing.name}
    if manager is not None:
        people.setdefault(manager.account_id, manager.account.name)
    for assignment in assignments:
        people.setdefault(assignment.account_id, assignment.account.name)
    return [(str(key), name) for key, name in people.items()]


def of_colleagues(request: Request) -> list[tuple[str, Any]]:
    """Oneself first, then everybody who works on cases here."""
    people = {request.standing.me: request.standing.name}
    for colleague in colleagues(by=request.standing, at=request.at):
        people.setdefault(colleague.pk, colleague.name)
    return [(str(key), name) for key, name in people.items()]


def of_interpreters(request: Request, case: Case) -> list[tuple[str, Any]]:
    """Nobody, then the interpreters, each with why he can't be asked where he can't."""
    if case.person is not None:
        found = suited(case.person, request.standing, request.at)
    else:
        found = interpreters(request.standing, request.at)
    rows: list[tuple[str, Any]] = [("", _("Nobody yet"))]
    for one in found:
        languages = comma().join(str(language) for language in one.languages)
        label = f"{one.name} ({languages})" if languages else one.name
        rows.append((one.ref, label if one.decision else f"{label}: {one.decision.shown}"))
    return rows
