# SPDX-License-Identifier: AGPL-3.0-or-later
"""Who may pause, resume and close an account: what can be said without organisations.

* Anyone may pause his own account at once, for a lost device.
* Whether someone leads, administers or works beside the other is known above, in
  ``organisations``: its rules extend ``is_oneself`` and are handed to the actions here.
"""

from __future__ import annotations

from datetime import datetime

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from exitwork.access.selects import own
from exitwork.accounts.models import Account
from exitwork.kernel.facts import Fact
from exitwork.kernel.rules import Rule
from exitwork.kernel.standing import Standing


def _is_oneself(by: Standing, thing: Account, _at: datetime) -> bool:
    return by.account is not None and by.account == thing.id


def _own_row(by: Standing, _at: datetime) -> Q | bool:
    return Q(pk=by.account) if by.account is not None else False


is_oneself = Fact(
    "is_oneself",
    _("it is his own account"),
    truth=_is_oneself,
    reading=own(_own_row),
    lacking=_("It is not your own account."),
)

may_pause_oneself = Rule("may_pause_oneself", permits=[is_oneself])
