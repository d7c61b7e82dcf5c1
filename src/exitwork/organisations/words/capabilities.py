# SPDX-License-Identifier: AGPL-3.0-or-later
"""What organisations of each kind can and cannot do, as data with sentences (R310).

* "CSOs have different limitations than state agencies": they are said where people plan, so
  that nobody waits for what the other side cannot give.
* A flag describes; no rule of access reads it. Nothing here makes one kind more than the other.
* Nothing here is law: what a law allows or asks stands in the legal profile.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from django.utils.translation import gettext_lazy as _

from exitwork.kernel.standing import OrganisationKind


class Capability(StrEnum):
    """Something an organisation can do by its kind."""

    ORDER_PARTICIPATION = "order-participation"
    ENTER_CUSTODY = "enter-custody"
    WORK_ANONYMOUSLY = "work-anonymously"
    WORK_APART_FROM_AUTHORITIES = "work-apart-from-authorities"
    PLAN_BEYOND_GRANTS = "plan-beyond-grants"
    DECIDE_ALONE_AND_FAST = "decide-alone-and-fast"
    LOOK_INTO_PARTNERS = "look-into-partners"


@dataclass(frozen=True, slots=True)
class Stated:
    """One capability of one kind: whether it is there, and the sentence people read."""

    capability: Capability
    can: bool
    says: Any


BY_KIND: dict[OrganisationKind, tuple[Stated, ...]] = {
    OrganisationKind.CIVIL: (
        Stated(
            Capability.ORDER_PARTICIPATION,
            False,
            _("A civil society organisation cannot order anyone to take part; a court or an authority can."),
        ),
        Stated(
            Capability.ENTER_CUSTODY,
            False,
            # R176, S1 L1154: access to the client and a mandate have to be granted.
            _("A civil society organisation cannot enter a prison without a mandate and a permit."),
        ),
        Stated(
            Capability.WORK_ANONYMOUSLY,
            True,
            _("A civil society organisation can begin work with someone who gives no name."),
        ),
        Stated(
            Capability.WORK_APART_FROM_AUTHORITIES,
            True,
            # S1 L891: "free, confidential and independent of state authorities".
            _("A civil society organisation can offer help that is independent of state authorities."),
        ),
        Stated(
            Capability.PLAN_BEYOND_GRANTS,
            False,
            _("A civil society organisation that lives on grants cannot promise work beyond their end."),
        ),
        Stated(
            Capability.DECIDE_ALONE_AND_FAST,
            True,
            # S1 L1167: frustration where the collaboration is bureaucratic or moves slowly.
            _("A civil society organisation can usually decide without going through a hierarchy."),
        ),
        Stated(
            Capability.LOOK_INTO_PARTNERS,
            False,
            _("A civil society organisation cannot look into the cases of another organisation."),
        ),
    ),
    OrganisationKind.STATE: (
        Stated(
            Capability.ORDER_PARTICIPATION,
            True,
            _("A state organisation can be part of a decision that makes taking part a condition."),
        ),
        Stated(
            Capability.ENTER_CUSTODY,
            True,
            _("A state organisation of the justice system can meet people in prison or custody."),
        ),
        Stated(
            Capability.WORK_ANONYMOUSLY,
            False,
            _("A state organisation often cannot work with someone who gives no name."),
        ),
        Stated(
            Capability.WORK_APART_FROM_AUTHORITIES,
            False,
            _("A state organisation cannot offer help that is independent of state authorities."),
        ),
        Stated(
            Capability.PLAN_BEYOND_GRANTS,
            True,
            _("A state organisation can plan beyond the end of a single grant."),
        ),
        Stated(
            Capability.DECIDE_ALONE_AND_FAST,
            False,
            _("A state organisation often cannot decide before a hierarchy has been asked."),
        ),
        Stated(
            Capability.LOOK_INTO_PARTNERS,
            False,
            _("A state organisation cannot look into, count or search the cases of another organisation."),
        ),
    ),
}


def stated_of(kind: str) -> tuple[Stated, ...]:
    """Everything said about a kind of organisation."""
    return BY_KIND[OrganisationKind(kind)]


def can(kind: str, capability: Capability) -> bool:
    """Whether organisations of this kind can do that."""
    return next(stated.can for stated in stated_of(kind) if stated.capability is capability)
