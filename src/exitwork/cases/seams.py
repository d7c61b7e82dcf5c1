# SPDX-License-Identifier: AGPL-3.0-or-later
"""What this room hands upward: the way to the cases, and what binds a case manager."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from exitwork.access.seams import Panel, Place, Tie
from exitwork.cases.actions import stand_in
from exitwork.cases.models import Management
from exitwork.kernel.standing import CASEWORK, Standing


def _navigation(by: Standing, _request: Any, _at: datetime) -> dict[str, Any] | None:
    if not (by.has(*CASEWORK) or by.leads or by.leads_all):
        return None
    return {"label": _("Cases"), "url": reverse("cases:list"), "count": None}


def _managed(account: Any, at: datetime) -> list[Any]:
    count = Management.objects.in_force(at).filter(account=account, case__closed_at__isnull=True).count()
    if not count:
        return []
    return [
        ngettext(
            "One case must be handed over to another case manager.",
            "%(count)s cases must be handed over to another case manager.",
            count,
        )
        % {"count": count}
    ]


Panel(Place.NAVIGATION, 20, _navigation).register()
Tie("case-manager", _managed, stand_in).register()
