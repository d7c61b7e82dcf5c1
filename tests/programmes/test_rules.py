# SPDX-License-Identifier: AGPL-3.0-or-later
"""Who may see, start and change a programme: truth tables, no database."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

import pytest

from exitwork.kernel.decisions import Refused
from exitwork.kernel.standing import Role, Standing, machine
from exitwork.programmes.models import Programme
from exitwork.programmes.rules import may_change_programme, may_read_programme, may_start_programme

OSLO, ILA = UUID(int=1), UUID(int=2)
THIS, OTHER = UUID(int=3), UUID(int=4)
PROGRAMME = Programme(id=THIS, organisation_id=OSLO)


def somebody(*roles: Role, organisation: UUID | None = OSLO, **more: object) -> Standing:
    standing = Standing(
        account=UUID(int=9), organisation=organisation, roles=frozenset(roles), is_active=True
    )
    return standing.but(**more)


@pytest.mark.parametrize(
    ("who", "reads", "starts", "changes"),
    [
        (somebody(Role.ADMINISTRATOR), True, True, True),
        (somebody(Role.LEAD, leads_all=True), True, True, True),
        (somebody(Role.LEAD, leads=frozenset({THIS})), True, False, True),
        (somebody(Role.LEAD, leads=frozenset({OTHER})), True, False, False),
        (somebody(Role.CASE_WORKER), True, False, False),
        (somebody(), True, False, False),
        (somebody(Role.ADMINISTRATOR, is_active=False), False, False, False),
        (somebody(Role.ADMINISTRATOR, organisation=ILA), False, False, False),
        (somebody(Role.LEAD, organisation=ILA, leads_all=True, leads=frozenset({THIS})), False, False, False),
        (somebody(Role.ADMINISTRATOR, organisation=None), False, False, False),
        (machine("command line"), False, True, True),
    ],
    ids=[
        "administrator",
        "lead of all",
        "lead of this",
        "lead of another",
        "case worker",
        "member without role",
        "paused administrator",
        "administrator elsewhere",
        "lead elsewhere",
        "acting for none",
        "the program",
    ],
)
def test_who_reads_starts_and_changes(
    who: Standing, reads: bool, starts: bool, changes: bool, at: datetime
) -> None:
    assert bool(may_read_programme.decide(who, PROGRAMME, at)) is reads
    assert bool(may_start_programme.decide(who, PROGRAMME, at)) is starts
    assert bool(may_change_programme.decide(who, PROGRAMME, at)) is changes


def test_every_refusal_is_a_sentence(at: datetime) -> None:
    for rule in (may_read_programme, may_start_programme, may_change_programme):
        for who in (somebody(organisation=ILA), somebody(is_active=False), somebody(Role.CASE_WORKER)):
            decision = rule.decide(who, PROGRAMME, at)
            if isinstance(decision, Refused):
                assert str(decision.shown).endswith(".")
