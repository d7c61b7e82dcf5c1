# SPDX-License-Identifier: AGPL-3.0-or-later
"""Two persons found to be one.

* Nothing is moved: every row keeps pointing where it did, and is resolved through this one.
  So undoing it within thirty days loses nothing.
* A person is merged away at most once at a time, and never into himself; the action keeps
  chains and circles out.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any, ClassVar, Self

from django.db import models
from django.db.models import F, Q

from exitwork.access.models import Governed, GovernedQuerySet
from exitwork.kernel.secrecy import Keep, Secrecy
from exitwork.people.models.person import Person

UNDONE_WITHIN = timedelta(days=30)


class MergeQuerySet(GovernedQuerySet["Merge"]):
    """Merges."""

    def in_force(self) -> Self:
        """Those that were not undone."""
        return self.filter(undone_at__isnull=True)


class Merge(Governed):
    """``merged`` is the same human being as ``kept``."""

    organisation = models.ForeignKey("organisations.Organisation", on_delete=models.PROTECT, related_name="+")
    kept = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="merged_in")
    merged = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="merged_away")
    merged_at = models.DateTimeField()
    merged_by = models.UUIDField()
    merged_by_name = models.CharField(max_length=200)
    undo_until = models.DateTimeField()
    undone_at = models.DateTimeField(null=True)
    undone_by = models.UUIDField(null=True)

    objects: ClassVar[Any] = MergeQuerySet.as_manager()

    secrecy = Secrecy(
        Keep.CASE,
        operational="organisation kept merged merged_at merged_by merged_by_name undo_until "
        "undone_at undone_by",
    )

    class Meta:
        indexes = [models.Index(fields=["organisation", "undone_at"])]
        constraints = [
            models.UniqueConstraint(
                name="a_person_is_merged_away_once", fields=["merged"], condition=Q(undone_at__isnull=True)
            ),
            models.CheckConstraint(name="nobody_is_merged_into_himself", condition=~Q(kept=F("merged"))),
            models.CheckConstraint(
                name="a_merge_is_undone_within_thirty_days",
                condition=Q(undone_at__isnull=True, undone_by__isnull=True)
                | Q(
                    undone_at__gte=F("merged_at"),
                    undone_at__lte=F("undo_until"),
                    undone_by__isnull=False,
                ),
            ),
        ]

    def __str__(self) -> str:
        return f"merge of {self.merged_at:%Y-%m-%d}"

    def can_be_undone(self, at: datetime) -> bool:
        """Whether it is in force and not older than thirty days."""
        return self.undone_at is None and at <= self.undo_until
