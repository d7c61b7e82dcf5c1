# SPDX-License-Identifier: AGPL-3.0-or-later
"""Reads worth a name: members with their roles, sites that work for a place, who can administer.

* Values, not graphs of models; the number of queries does not grow with the number of rows.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.contrib.auth.hashers import UNUSABLE_PASSWORD_PREFIX
from django.db.models import Q
from django.utils.translation import gettext as _

from exitwork.kernel.standing import CASEWORK, Role, Standing
from exitwork.organisations.models import Catchment, Membership, Organisation, RoleGrant, Site, level_of
from exitwork.organisations.words.kinds import Level, Reach
from exitwork.organisations.words.roles import LABELS


@dataclass(frozen=True, slots=True)
class Held:
    """One role somebody holds."""

    role: Role
    programme_id: UUID | None

    @property
    def label(self) -> Any:
        """What the role is called."""
        return LABELS[self.role]


@dataclass(frozen=True, slots=True)
class Member:
    """Somebody who belongs to an organisation, as a list shows him."""

    ref: str
    account: UUID
    name: str
    function: str
    is_active: bool
    awaits_acceptance: bool
    roles: tuple[Held, ...]

    @property
    def administers_and_works_on_cases(self) -> bool:
        """Whether both are in one hand: allowed, and shown (rules.py)."""
        held = {one.role for one in self.roles}
        return Role.ADMINISTRATOR in held and bool(held & CASEWORK)


def members(rows: Iterable[Membership], at: datetime) -> list[Member]:
    """Memberships (with their account) as members, their roles read in one query."""
    shown = list(rows)
    held: dict[UUID, list[Held]] = defaultdict(list)
    grants = RoleGrant.objects.in_force(at).filter(membership__in=[row.pk for row in shown])
    for membership, role, programme in grants.values_list("membership_id", "role", "programme_id"):
        held[membership].append(Held(Role(role), programme))
    order = list(Role)
    return [
        Member(
            ref=row.ref,
            account=row.account_id,
            # Who has not agreed yet may belong to another organisation: his name is not ours to show.
            name=row.account.name if row.agreed_at is not None else "",
            function=row.function,
            is_active=row.account.is_active,
            awaits_acceptance=row.agreed_at is None or row.account.awaits_acceptance,
            roles=tuple(sorted(held[row.pk], key=lambda one: order.index(one.role))),
        )
        for row in shown
    ]


def accounts_with(organisation: UUID, roles: Iterable[Role], at: datetime) -> list[UUID]:
    """The active accounts that hold any of these roles in an organisation, in a stable order."""
    return list(
        RoleGrant.objects.in_force(at)
        .filter(organisation=organisation, role__in=[role.value for role in roles], account__is_active=True)
        .exclude(membership__until_at__lte=at)
        .filter(membership__agreed_at__lte=at)
        .order_by("account_id")
        .values_list("account_id", flat=True)
        .distinct()
    )


def organisations_of(by: Standing, at: datetime) -> list[tuple[UUID, str]]:
    """The organisations an account can act for: key and name, the longest membership first."""
    mine = Membership.objects.in_force(at).filter(account=by.account)
    return list(mine.order_by("from_at", "pk").values_list("organisation_id", "organisation__name"))


def administrators(organisation: UUID, at: datetime) -> int:
    """How many people can administer the organisation now: active, and the invitation accepted."""
    return (
        RoleGrant.objects.in_force(at)
        .filter(organisation=organisation, role=Role.ADMINISTRATOR.value, account__is_active=True)
        .exclude(account__password__startswith=UNUSABLE_PASSWORD_PREFIX)
        .exclude(membership__until_at__lte=at)
        .filter(membership__agreed_at__lte=at)
        .values("account")
        .distinct()
        .count()
    )


def sites_for(
    at: datetime, *, postal_code: str = "", municipality: str = "", region: str = "", country: str = ""
) -> list[Site]:
    """The open sites whose catchment covers a place, nearest reach first (R10)."""
    code = postal_code.upper().replace(" ", "")
    beginnings = [code[:length] for length in range(1, len(code) + 1)]
    asked = Q(reach=Reach.COUNTRY, code=country)
    if beginnings:
        asked |= Q(reach=Reach.POSTAL, code__in=beginnings)
    if municipality:
        asked |= Q(reach=Reach.MUNICIPALITY, code=municipality)
    if region:
        asked |= Q(reach=Reach.REGION, code=region)
    order = [Reach.POSTAL, Reach.MUNICIPALITY, Reach.REGION, Reach.COUNTRY]
    covering = Catchment.objects.filter(asked).filter(
        Q(site__closed_at__isnull=True) | Q(site__closed_at__gt=at)
    )
    nearest: dict[UUID, tuple[int, int, Site]] = {}
    for row in covering.select_related("site"):
        near = (order.index(Reach(row.reach)), -len(row.code), row.site)
        if row.site_id not in nearest or near[:2] < nearest[row.site_id][:2]:
            nearest[row.site_id] = near
    return [site for *_near, site in sorted(nearest.values(), key=lambda one: (one[0], one[1], one[2].name))]


@dataclass(frozen=True, slots=True)
class Areas:
    """The areas a site works for, as pairs of reach and code, and the level they make."""

    pairs: tuple[tuple[str, str], ...]

    @property
    def level(self) -> Level:
        """Local, regional or national."""
        return level_of({reach for reach, _code in self.pairs})

    @property
    def codes(self) -> list[str]:
        """The codes alone, as a list shows them."""
        return [code for _reach, code in self.pairs]


def areas_of(sites: Iterable[Site]) -> dict[UUID, Areas]:
    """The areas of each of these sites, in one query."""
    keys = [site.pk for site in sites]
    found: dict[UUID, list[tuple[str, str]]] = {key: [] for key in keys}
    rows = Catchment.objects.filter(site__in=keys).order_by("reach", "code")
    for site, reach, code in rows.values_list("site_id", "reach", "code"):
        found[site].append((reach, code))
    return {key: Areas(tuple(pairs)) for key, pairs in found.items()}


def complaints(at: datetime) -> list[str]:
    """What ``check`` has to say about the organisations of this installation (S17).

    One sentence each for an organisation that fewer than two people can administer.
    """
    found = []
    for organisation in Organisation.objects.order_by("name"):
        able = administrators(organisation.pk, at)
        if able == 0:
            found.append(_("%(name)s: nobody can administer it.") % {"name": organisation.name})
        elif able == 1:
            found.append(
                _("%(name)s: only one person can administer it; make it two.") % {"name": organisation.name}
            )
    return found
