# SPDX-License-Identifier: AGPL-3.0-or-later
"""What this room hands upward: what binds an account, and its places in the navigation.

* An account closes for good only after its memberships have ended, and no organisation is
  left without anyone to administer it.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from exitwork.access.seams import Panel, Place, Tie
from exitwork.kernel.standing import Role, Standing
from exitwork.organisations.models import Membership, RoleGrant
from exitwork.organisations.rules import others_who_administer
from exitwork.organisations.words.roles import FROM_OUTSIDE


def holds(account: Any, at: datetime) -> list[Any]:
    """What of organisations an account must settle before it is closed."""
    mine = Membership.objects.in_force(at).filter(account=account).select_related("organisation")
    return [_says(membership, at) for membership in mine.order_by("from_at", "pk")]


def _says(membership: Membership, at: datetime) -> str:
    name = {"organisation": membership.organisation.name}
    administers = RoleGrant.objects.in_force(at).filter(membership=membership, role=Role.ADMINISTRATOR.value)
    if administers.exists() and not others_who_administer(
        membership.organisation_id, membership.account_id, at
    ):
        return _("Nobody else can administer %(organisation)s.") % name
    return _("The membership of %(organisation)s has not ended.") % name


def navigation(by: Standing, _request: Any, _at: datetime) -> Mapping[str, Any] | None:
    """The way to the organisation's pages, for whoever works inside it."""
    if by.organisation is None or not by.roles - FROM_OUTSIDE:
        return None
    return {"label": _("Organisation"), "url": reverse("organisations:overview"), "count": None}


def switch(_by: Standing, _request: Any, _at: datetime) -> Mapping[str, Any] | None:
    """The way to the page where one chooses whom to act for, for everybody."""
    return {
        "label": _("Act for another organisation"),
        "url": reverse("organisations:acting_for"),
        "count": None,
    }


tie = Tie("organisations", holds=holds)
navigation_panel = Panel(Place.NAVIGATION, 80, navigation)
menu_panel = Panel(Place.ACCOUNT_MENU, 20, switch)
