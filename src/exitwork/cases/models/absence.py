# SPDX-License-Identifier: AGPL-3.0-or-later
"""Absences: somebody is away, from a moment until a moment or until he is back (S17).

* No reason is stored: there is no field for one.
* Nobody is away twice at once for one organisation while no end is set.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any, ClassVar, Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from exitwork.access.models import Governed, GovernedQuerySet
from exitwork.kernel.secrecy import Keep, Secrecy
from exitwork.organisations.models import Organisation


class AbsenceQuerySet(GovernedQuerySet["Absence"]):
    """Absences."""

    def in_force(self, at: datetime) -> Self:
        """Those that hold at this moment."""
        return self.filter(from_at__lte=at).filter(Q(until_at__isnull=True) | Q(until_at__gt=at))

    def not_over(self, at: datetime) -> Self:
        """Those that hold or will."""
        return self.filter(Q(until_at__isnull=True) | Q(until_at__gt=at))

    def touching(self, from_at: datetime, until_at: datetime) -> Self:
        """Those that hold at some moment of a stretch of time."""
        return self.filter(from_at__lt=until_at).filter(Q(until_at__isnull=True) | Q(until_at__gt=from_at))


class Absence(Governed):
    """Somebody is away for the organisation he works for."""

    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    account = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    ref = models.CharField(max_length=12, unique=True)
    from_at = models.DateTimeField()
    until_at = models.DateTimeField(null=True)
    set_at = models.DateTimeField()
    set_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    objects: ClassVar[Any] = AbsenceQuerySet.as_manager()

    secrecy = Secrecy(Keep.STAFF, operational="organisation account ref from_at until_at set_at set_by")

    class Meta:
        indexes = [
            models.Index(fields=["organisation", "until_at"], name="absences_of_organisation"),
            models.Index(fields=["account", "from_at"], name="absences_of_account"),
        ]
        constraints = [
            models.CheckConstraint(
                name="an_absence_ends_after_it_began",
                condition=Q(until_at__isnull=True) | Q(until_at__gt=F("from_at")),
            ),
            models.UniqueConstraint(
                name="nobody_is_away_twice_without_end",
                fields=["organisation", "account"],
                condition=Q(until_at__isnull=True),
            ),
        ]

    def __str__(self) -> str:
        return f"absence {self.ref}"

    @property
    def last_moment(self) -> datetime | None:
        """The last second of it, which lies on the last day; None while no end is known."""
        return self.until_at - timedelta(seconds=1) if self.until_at else None
