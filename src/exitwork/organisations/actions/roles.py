# SPDX-License-Identifier: AGPL-3.0-or-later
"""Granting and ending roles.

* Both lock the membership's organisation, so that two people who each take the other's
  administrator role at the same moment cannot leave it without any.
"""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.utils.translation import gettext as _

from exitwork.journal.recording import recorded
from exitwork.kernel.decisions import refuse
from exitwork.kernel.standing import Role, Standing
from exitwork.organisations import rules
from exitwork.organisations.models import Membership, Organisation, RoleGrant
from exitwork.organisations.words.events import ROLE_ENDED, ROLE_GRANTED


def grant_role(
    *, membership: Membership, role: Role, by: Standing, at: datetime, programme_id: UUID | None = None
) -> RoleGrant:
    """Let a member hold a role, for the whole organisation or for one programme.

    :raises Refusal: if a rule says no, or the role is held already.
    """
    organisation = _organisation_of(membership)
    with recorded(ROLE_GRANTED, by=by, about=organisation, at=at) as entry:
        membership = Membership.objects.get(pk=membership.pk)
        rules.may_grant_role.decide(by, membership, at).or_raise()
        if Role(role) is Role.ADMINISTRATOR and programme_id is not None:
            raise refuse(
                _("An administrator administers the whole organisation, not a programme."),
                "organisations.role.administrator_of_programme",
            )
        held = RoleGrant.objects.not_over(at).filter(membership=membership, role=Role(role).value)
        if held.filter(programme_id=programme_id).exists():
            raise refuse(_("This role is held already."), "organisations.role.held")
        grant = RoleGrant.objects.create(
            organisation=organisation,
            membership=membership,
            account_id=membership.account_id,
            role=Role(role).value,
            programme_id=programme_id,
            from_at=at,
        )
        entry.note(member=membership.ref, role=grant.role, programme=str(programme_id or ""))
    return grant


def end_role(*, grant: RoleGrant, by: Standing, at: datetime) -> RoleGrant:
    """End a role at once: it is gone with the next click of whoever held it.

    :raises Refusal: if a rule says no, or it is the last administrator's.
    """
    with recorded(ROLE_ENDED, by=by, about=_organisation_of(grant), at=at) as entry:
        grant = RoleGrant.objects.select_related("membership").get(pk=grant.pk)
        rules.may_end_role.decide(by, grant, at).or_raise()
        grant.until_at = at
        grant.save(update_fields=["until_at"])
        entry.note(member=grant.membership.ref, role=grant.role, programme=str(grant.programme_id or ""))
    return grant


def _organisation_of(thing: Membership | RoleGrant) -> Organisation:
    return Organisation.objects.get(pk=thing.organisation_id)
