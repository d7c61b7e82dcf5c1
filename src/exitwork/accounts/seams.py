# SPDX-License-Identifier: AGPL-3.0-or-later
"""What this room hands upward: two lines of the account menu."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from exitwork.access.seams import Panel, Place
from exitwork.kernel.standing import Standing


def _account_page(by: Standing, _about: Any, _at: datetime) -> Mapping[str, Any] | None:
    return {"label": _("My account"), "url": reverse("accounts:page")} if by.account else None


def _lock_everything(by: Standing, _about: Any, _at: datetime) -> Mapping[str, Any] | None:
    return {"label": _("Lock everything"), "url": reverse("accounts:lock_everything")} if by.account else None


Panel(place=Place.ACCOUNT_MENU, order=10, query=_account_page).register()
Panel(place=Place.ACCOUNT_MENU, order=90, query=_lock_everything).register()
