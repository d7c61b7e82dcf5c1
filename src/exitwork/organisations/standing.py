# SPDX-License-Identifier: AGPL-3.0-or-later
"""Fills the standing: who acts, for which organisation, in which roles.

* Two queries (at most three with agreements), asked anew for every request: a role that was
  ended a second ago is gone with the next click.
* Somebody without a membership in force of the organisation asked for stands nowhere; another
  of his organisations is never taken in its place, so that nothing typed for one lands in another.
* Only grants of a membership in force count; a role of one organisation is worth nothing in another.
"""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from exitwork.accounts.models import Account
from exitwork.kernel.standing import NOBODY, OrganisationKind, Role, Standing
from exitwork.organisations.models import Membership, RoleGrant


def standing_of(
    account: Account, organisation: UUID | None, at: datetime, *, has_second_factor: bool = False
) -> Standing:
    """The standing of an account that acts for an organisation at a moment.

    :param organisation: the organisation acted for; None takes the longest membership in force.
    :param has_second_factor: whether this session was opened, or confirmed, with a second factor.
    """
    if not account.is_active:
        return NOBODY
    alone = Standing(
        account=account.pk, name=account.name, is_active=True, has_second_factor=has_second_factor
    )
    membership = _membership(account, organisation, at)
    if membership is None:
        return alone
    grants = RoleGrant.objects.in_force(at).filter(membership=membership).values_list("role", "programme_id")
    held = [(Role(role), programme) for role, programme in grants]
    of = membership.organisation
    return alone.but(
        organisation=of.pk,
        organisation_name=of.name,
        organisation_kind=OrganisationKind(of.kind),
        roles=frozenset(role for role, _programme in held),
        leads=frozenset(programme for role, programme in held if role is Role.LEAD and programme),
        leads_all=(Role.LEAD, None) in held,
        reach=frozenset({of.pk}),
        zone=of.zone,
    )


def _membership(account: Account, organisation: UUID | None, at: datetime) -> Membership | None:
    mine = Membership.objects.in_force(at).filter(account=account).select_related("organisation")
    if organisation is not None:
        mine = mine.filter(organisation=organisation)
    return mine.order_by("from_at", "pk").first()
