# SPDX-License-Identifier: AGPL-3.0-or-later
"""Walls between records that touch, and people a worker is never put together with (S4).

* A wall holds two opaque references and in which way they touch, nothing else; only wall
  keepers see that it exists.
* Decisions are rows that follow each other; each has the day on which it is looked at again.
* An exclusion has no reason: there is no column for one.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any, ClassVar, Self
from uuid import UUID

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from exitwork.access.models import Governed, GovernedQuerySet
from exitwork.kernel.references import new_reference
from exitwork.kernel.secrecy import Keep, Secrecy
from exitwork.people.models.person import Person
from exitwork.people.words.choices import WallAnswer, WallKind


class Wall(Governed):
    """Two records of one organisation touch."""

    organisation = models.ForeignKey("organisations.Organisation", on_delete=models.PROTECT, related_name="+")
    ref = models.CharField(max_length=12, unique=True, default=new_reference, editable=False)
    kind = models.CharField(max_length=20, choices=WallKind.choices)
    one = models.CharField(max_length=12)
    other = models.CharField(max_length=12)
    raised_at = models.DateTimeField()

    secrecy = Secrecy(Keep.CASE, operational="organisation ref kind one other raised_at")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="two_records_touch_once_in_one_way", fields=["organisation", "kind", "one", "other"]
            ),
            # In order, so that A and B are not also B and A.
            models.CheckConstraint(name="a_wall_stands_between_two", condition=Q(one__lt=F("other"))),
            models.CheckConstraint(name="a_wall_is_of_a_known_kind", condition=Q(kind__in=WallKind.values)),
        ]

    def __str__(self) -> str:
        return f"wall {self.ref}"


class WallDecision(Governed):
    """What a wall keeper decided, until when."""

    organisation = models.ForeignKey("organisations.Organisation", on_delete=models.PROTECT, related_name="+")
    wall = models.ForeignKey(Wall, on_delete=models.PROTECT, related_name="decisions")
    answer = models.CharField(max_length=20, choices=WallAnswer.choices)
    decided_at = models.DateTimeField()
    decided_by = models.UUIDField()
    decided_by_name = models.CharField(max_length=200)
    look_again_on = models.DateField()

    secrecy = Secrecy(
        Keep.CASE,
        operational="organisation wall answer decided_at decided_by decided_by_name look_again_on",
    )

    class Meta:
        indexes = [models.Index(fields=["organisation", "look_again_on"])]
        constraints = [
            models.CheckConstraint(
                name="a_wall_is_decided_in_known_words", condition=Q(answer__in=WallAnswer.values)
            ),
        ]

    def __str__(self) -> str:
        return f"decision of {self.decided_at:%Y-%m-%d}"


class ExclusionQuerySet(GovernedQuerySet["Exclusion"]):
    """Exclusions."""

    def in_force(self, at: datetime) -> Self:
        """Those that hold at this moment."""
        return self.filter(Q(until_at__isnull=True) | Q(until_at__gt=at), from_at__lte=at)

    def keeps_apart(self, *, account: UUID, person: UUID, at: datetime) -> bool:
        """Whether this account may never be put on this person's case."""
        return self.in_force(at).filter(account_id=account, person_id=person).exists()


class Exclusion(Governed):
    """A worker is never to be put together with this person. No reason is asked."""

    organisation = models.ForeignKey("organisations.Organisation", on_delete=models.PROTECT, related_name="+")
    account = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    from_at = models.DateTimeField()
    until_at = models.DateTimeField(null=True)

    objects: ClassVar[Any] = ExclusionQuerySet.as_manager()

    secrecy = Secrecy(Keep.STAFF, operational="organisation account person from_at until_at")

    class Meta:
        indexes = [models.Index(fields=["organisation", "account"])]
        constraints = [
            models.UniqueConstraint(
                name="somebody_is_excluded_once",
                fields=["account", "person"],
                condition=Q(until_at__isnull=True),
            ),
            models.CheckConstraint(
                name="an_exclusion_ends_after_it_began",
                condition=Q(until_at__isnull=True) | Q(until_at__gte=F("from_at")),
            ),
        ]

    def __str__(self) -> str:
        return "exclusion"
