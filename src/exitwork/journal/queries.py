# SPDX-License-Identifier: AGPL-3.0-or-later
"""Reading the journal: who has seen and changed this, and what has someone done.

* Whether someone may read the entries about a thing is asked of the thing's own rule by the caller.
* Entries come newest first; details stay sealed until ``details_of`` opens them.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import Model, QuerySet

from exitwork.journal import sealing
from exitwork.journal.models import Entry
from exitwork.kernel.events import Happening


def entries_about(thing: Model) -> QuerySet[Entry]:
    """Every entry about this thing, newest first. Looks at lists it stood in are not among them."""
    return Entry.objects.filter(about_id=thing.pk).order_by("-at", "-id")


def entries_by(account: UUID | Model) -> QuerySet[Entry]:
    """Every entry of what this account did, looked at or was refused, newest first."""
    key = account.pk if isinstance(account, Model) else account
    return Entry.objects.filter(by_account=key).order_by("-at", "-id")


def has_looked(account: UUID, thing: Model, *, since: datetime) -> bool:
    """Whether this account's look at this thing was recorded since a moment."""
    return Entry.objects.filter(
        about_id=thing.pk, by_account=account, happening=Happening.LOOK.value, at__gte=since
    ).exists()


def details_of(entry: Entry) -> dict[str, Any] | None:
    """What an entry tells beyond who, what and when; None once its subject's key is destroyed.

    :raises VaultLocked: while everything is locked.
    :raises SealBroken: if the details are not those the entry was committed to.
    """
    return sealing.opened(entry)
