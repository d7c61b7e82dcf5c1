# SPDX-License-Identifier: AGPL-3.0-or-later
"""Who acts, for which organisation, in which role: a frozen value, loaded once per request.

* Rules read a standing, never an account: no clock, no request, no query.
* It is never cached across requests, so a withdrawn role ends with the next click.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime
from enum import StrEnum
from uuid import UUID
from zoneinfo import ZoneInfo


class OrganisationKind(StrEnum):
    """Civil society or state: equals, except that a state organisation never works on a CSO's case."""

    CIVIL = "civil"
    STATE = "state"


class Role(StrEnum):
    """What someone does for an organisation (requirements.md E). Being on a case is not a role."""

    ADMINISTRATOR = "administrator"
    LEAD = "lead"
    CASE_WORKER = "case-worker"
    MENTOR = "mentor"
    SPECIALIST = "specialist"
    FAMILY_COUNSELLOR = "family-counsellor"
    HELPLINE_WORKER = "helpline-worker"
    HELPLINE_COORDINATOR = "helpline-coordinator"
    SUPERVISOR = "supervisor"
    INTERPRETER = "interpreter"
    VOLUNTEER = "volunteer"
    TRAINER = "trainer"
    WALL_KEEPER = "wall-keeper"
    DATA_PROTECTION_OFFICER = "data-protection-officer"
    PRACTITIONER = "practitioner"
    FUNDER = "funder"
    EVALUATOR = "evaluator"
    NETWORK_OFFICER = "network-officer"


_NO_ONE = UUID(int=0)

# Roles whose holders may be put on a case; the others administer, advise, count or interpret.
CASEWORK = frozenset(
    {Role.LEAD, Role.CASE_WORKER, Role.MENTOR, Role.SPECIALIST, Role.FAMILY_COUNSELLOR, Role.PRACTITIONER}
)


@dataclass(frozen=True, slots=True)
class Standing:
    """Someone acting for one organisation at one moment.

    ``leads`` are the programmes led; ``leads_all`` is leading the whole organisation.
    ``reach`` are the organisations whose rows may be looked at at all: one's own and those
    of consortium agreements in force (design.md 11).
    """

    account: UUID | None
    name: str = ""
    organisation: UUID | None = None
    organisation_name: str = ""
    organisation_kind: OrganisationKind = OrganisationKind.CIVIL
    roles: frozenset[Role] = frozenset()
    leads: frozenset[UUID] = frozenset()
    leads_all: bool = False
    reach: frozenset[UUID] = frozenset()
    is_active: bool = False
    has_second_factor: bool = False
    zone: str = "UTC"
    machine: str = ""  # set only for the program itself: "sequencer", "expiry", "command line"

    def has(self, *roles: Role) -> bool:
        """Whether any of these roles is held."""
        return not self.roles.isdisjoint(roles)

    @property
    def works_on_cases(self) -> bool:
        """Whether a role is held whose holders may be put on a case."""
        return self.has(*CASEWORK)

    @property
    def me(self) -> UUID:
        """The account acting; where nobody is, a key that no account has."""
        return self.account or _NO_ONE

    @property
    def ours(self) -> UUID:
        """The organisation acted for; where there is none, a key that no organisation has."""
        return self.organisation or _NO_ONE

    @property
    def is_machine(self) -> bool:
        """Whether the program itself acts, not a person."""
        return bool(self.machine)

    def day_of(self, at: datetime) -> date:
        """The day it is where the organisation works."""
        return at.astimezone(ZoneInfo(self.zone)).date()

    def but(self, **changes: object) -> Standing:
        """The same standing with something changed, for comparisons and tests."""
        return replace(self, **changes)  # type: ignore[arg-type]


def machine(name: str) -> Standing:
    """The standing of the program itself, named for what it does."""
    return Standing(account=None, name=name, machine=name)


NOBODY = Standing(account=None)
