# SPDX-License-Identifier: AGPL-3.0-or-later
"""Who works on a case.

* The case manager is a chain: rows (case, from), unique, no end stored. A row ends where the
  next begins, the last at closing; the first is written with the case. No gap and no overlap
  can be expressed (R70).
* Deputy, tandem partner, specialist, mentor and acting case manager are dated assignments.
* Somebody kept out of a case sees nothing of it, whatever else he is.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any, ClassVar, Self

from django.conf import settings
from django.db import models
from django.db.models import Exists, F, OuterRef, Q

from exitwork.access.models import GovernedQuerySet
from exitwork.cases.models.part import CasePart
from exitwork.cases.words import Function
from exitwork.kernel.references import new_reference
from exitwork.kernel.secrecy import Keep, Secrecy
from exitwork.organisations.models import Organisation
from exitwork.vault.fields import SealedText
from exitwork.vault.keys import KeyKind


class ManagementQuerySet(GovernedQuerySet["Management"]):
    """Links of the chain."""

    def in_force(self, at: datetime) -> Self:
        """The link of each case that no later link has ended."""
        later = Management.objects.filter(
            case_id=OuterRef("case_id"), from_at__gt=OuterRef("from_at"), from_at__lte=at
        )
        return self.filter(from_at__lte=at).filter(~Exists(later))


class Management(CasePart):
    """From a moment on, this account is the case manager."""

    account = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    from_at = models.DateTimeField()
    client_view = SealedText("cases.management.client_view", kind=KeyKind.CASE, subject="case_id")

    objects: ClassVar[Any] = ManagementQuerySet.as_manager()

    secrecy = Secrecy(Keep.CASE, operational="account from_at", content="client_view")

    class Meta:
        indexes = [models.Index(fields=["account", "case", "from_at"])]
        constraints = [
            models.UniqueConstraint(name="one_case_manager_at_a_time", fields=["case", "from_at"]),
        ]

    def __str__(self) -> str:
        return "case manager"


class AssignmentQuerySet(GovernedQuerySet["Assignment"]):
    """Assignments."""

    def in_force(self, at: datetime) -> Self:
        """Those that hold at this moment."""
        return self.filter(from_at__lte=at).filter(Q(until_at__isnull=True) | Q(until_at__gt=at))


class Assignment(CasePart):
    """Somebody is on a case, in a function, from a moment until a moment."""

    ref = models.CharField(max_length=12, unique=True, default=new_reference, editable=False)
    account = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    acting_for = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    function = models.CharField(max_length=20, choices=Function.choices)
    from_at = models.DateTimeField()
    until_at = models.DateTimeField(null=True)

    objects: ClassVar[Any] = AssignmentQuerySet.as_manager()

    secrecy = Secrecy(Keep.CASE, operational="ref account acting_for function from_at until_at")

    class Meta:
        indexes = [models.Index(fields=["account", "acting_for", "case"])]
        constraints = [
            models.CheckConstraint(
                name="an_assignment_does_not_end_before_it_began",
                condition=Q(until_at__isnull=True) | Q(until_at__gte=F("from_at")),
            ),
            models.UniqueConstraint(
                name="one_deputy_at_a_time",
                fields=["case"],
                condition=Q(function=Function.DEPUTY.value, until_at__isnull=True),
            ),
            models.UniqueConstraint(
                name="nobody_holds_a_function_twice",
                fields=["case", "account", "function"],
                condition=Q(until_at__isnull=True),
            ),
        ]

    def __str__(self) -> str:
        return self.function


class KeptOutQuerySet(GovernedQuerySet["KeptOut"]):
    """People kept out of cases."""

    def in_force(self, at: datetime) -> Self:
        """Those that hold at this moment."""
        return self.filter(from_at__lte=at).filter(Q(until_at__isnull=True) | Q(until_at__gt=at))


class KeptOut(CasePart):
    """This account sees nothing of this case (S4: kinship, conflict of interest, own family)."""

    account = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    from_at = models.DateTimeField()
    until_at = models.DateTimeField(null=True)

    objects: ClassVar[Any] = KeptOutQuerySet.as_manager()

    secrecy = Secrecy(Keep.CASE, operational="account from_at until_at")

    class Meta:
        indexes = [models.Index(fields=["account", "case"])]
        constraints = [
            models.CheckConstraint(
                name="keeping_out_does_not_end_before_it_began",
                condition=Q(until_at__isnull=True) | Q(until_at__gte=F("from_at")),
            ),
        ]

    def __str__(self) -> str:
        return "kept out"
