# SPDX-License-Identifier: AGPL-3.0-or-later
"""The secret address under which somebody's own calendar program reads times, and nothing but times.

* The address is shown once; only its hash is kept, so that nobody can read it here again.
* One address holds at a time for one organisation; it ends when asked, and when the account is paused.
"""

from __future__ import annotations

from typing import Any, ClassVar, Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from exitwork.access.models import Governed, GovernedQuerySet
from exitwork.kernel.secrecy import Keep, Secrecy
from exitwork.organisations.models import Organisation


class FeedQuerySet(GovernedQuerySet["Feed"]):
    """Calendar addresses."""

    def in_force(self) -> Self:
        """Those that answer."""
        return self.filter(ended_at__isnull=True)


class Feed(Governed):
    """One calendar address of one account."""

    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    account = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    digest = models.CharField(max_length=64, unique=True)
    made_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    objects: ClassVar[Any] = FeedQuerySet.as_manager()

    secrecy = Secrecy(Keep.STAFF, operational="organisation account digest made_at ended_at")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="one_calendar_address_at_a_time",
                fields=["organisation", "account"],
                condition=Q(ended_at__isnull=True),
            ),
            models.CheckConstraint(
                name="a_calendar_address_ends_after_it_was_made",
                condition=Q(ended_at__isnull=True) | Q(ended_at__gte=F("made_at")),
            ),
        ]

    def __str__(self) -> str:
        return "calendar address"
