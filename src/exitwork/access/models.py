# SPDX-License-Identifier: AGPL-3.0-or-later
"""Governed models, and the emergency opening.

* Every governed model is read through ``visible_to`` by one rule; the default is nothing.
* An opening is one account, one thing, at most four hours; it is never lengthened.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any, ClassVar, Self, TypeVar

from django.db import models
from django.db.models import F, Q

from exitwork.access.compile import where
from exitwork.access.register import rule_of
from exitwork.access.words import Emergency
from exitwork.journal.models import Recorded
from exitwork.kernel.secrecy import Keep, Secrecy
from exitwork.kernel.standing import Standing
from exitwork.vault.fields import SealedText
from exitwork.vault.keys import KeyKind

LONGEST_OPENING = timedelta(hours=4)
REVIEW_WITHIN = timedelta(days=7)


M = TypeVar("M", bound=models.Model)


class GovernedQuerySet(models.QuerySet[M, M]):
    """Rows that know who may read them."""

    def visible_to(self, by: Standing, at: datetime) -> Self:
        """The rows that the model's rule lets this standing read."""
        return self.filter(where(self.model, rule_of(self.model).among(by, at)))

    def visible_in(self, whole: models.Model, by: Standing, at: datetime, *, column: str) -> Self:
        """The parts of one whole that may be read; what holds for the whole is asked once."""
        parts = self.filter(**{column: whole})
        return parts.filter(where(self.model, rule_of(self.model).among(by, at, whole)))


class Governed(Recorded):
    """A row whose reading is governed by exactly one rule."""

    objects = GovernedQuerySet.as_manager()

    class Meta:
        abstract = True


class OpeningQuerySet(GovernedQuerySet["Opening"]):
    """Openings."""

    def in_force(self, at: datetime) -> Self:
        """Those that open something at this moment."""
        return self.filter(from_at__lte=at, until_at__gt=at)

    def unreviewed(self) -> Self:
        """Those nobody has looked at afterwards."""
        return self.filter(reviewed_at__isnull=True)


class Opening(Governed):
    """One account opened one thing in an emergency, for at most four hours."""

    ref = models.CharField(max_length=12, unique=True)
    account = models.UUIDField()
    account_name = models.CharField(max_length=200)
    organisation_id = models.UUIDField()
    thing_kind = models.CharField(max_length=60)
    thing = models.UUIDField()
    thing_ref = models.CharField(max_length=20)
    why = models.CharField(max_length=20, choices=Emergency.choices)
    reason = SealedText("access.opening.reason", kind=KeyKind.CASE, subject="thing")
    from_at = models.DateTimeField()
    until_at = models.DateTimeField()
    reviewed_at = models.DateTimeField(null=True)
    reviewed_by = models.UUIDField(null=True)
    review = SealedText("access.opening.review", kind=KeyKind.CASE, subject="thing")

    objects: ClassVar[Any] = OpeningQuerySet.as_manager()

    secrecy = Secrecy(
        Keep.CASE,
        operational="ref account account_name organisation_id thing_kind thing thing_ref why "
        "from_at until_at reviewed_at reviewed_by",
        content="reason review",
    )

    class Meta:
        indexes = [
            models.Index(fields=["account", "until_at"]),
            models.Index(fields=["organisation_id", "from_at"]),
            models.Index(fields=["thing"]),
        ]
        constraints = [
            models.CheckConstraint(
                # Four hours at most is the action's: an untrusted SQLite schema adds no durations.
                name="an_opening_ends_after_it_begins",
                condition=Q(until_at__gt=F("from_at")),
            ),
            models.CheckConstraint(
                name="a_review_has_its_reviewer",
                condition=Q(reviewed_at__isnull=True, reviewed_by__isnull=True)
                | Q(reviewed_at__isnull=False, reviewed_by__isnull=False),
            ),
            models.CheckConstraint(
                name="nobody_reviews_his_own_opening",
                condition=Q(reviewed_by__isnull=True) | ~Q(reviewed_by=F("account")),
            ),
        ]

    def __str__(self) -> str:
        return f"opening of {self.thing_ref}"

    @property
    def review_due_at(self) -> datetime:
        """When somebody else must have looked at it."""
        return self.from_at + REVIEW_WITHIN
