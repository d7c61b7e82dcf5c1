# SPDX-License-Identifier: AGPL-3.0-or-later
"""Suspension: an account paused at once, without condition (S2), and what it needs to come back.

* Rows are added, never changed: paused is a Suspension without a Resumption.
* The reason is sealed and is read by two people at most, each by name in the journal.
* Second factors are set aside, not destroyed: a resumed account has its passkeys again.
"""

from __future__ import annotations

import uuid
from datetime import datetime, timedelta
from typing import Self

from django.db import models
from django.db.models import Q

from exitwork.accounts.models.account import Account
from exitwork.kernel.secrecy import Keep, Secrecy
from exitwork.vault.fields import SealedText
from exitwork.vault.keys import KeyKind

CALL_COUNTS_FOR = timedelta(hours=24)


class SuspensionQuerySet(models.QuerySet["Suspension", "Suspension"]):
    """Suspensions."""

    def in_force(self) -> Self:
        """Those not ended by a resumption."""
        return self.filter(resumption__isnull=True)


class Suspension(models.Model):
    """An account was paused."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    account = models.ForeignKey(Account, on_delete=models.CASCADE, related_name="+")
    by_account = models.UUIDField(null=True)
    seconded_by = models.UUIDField(null=True)
    at = models.DateTimeField()
    reason = SealedText("accounts.suspension.reason", kind=KeyKind.PERSON, subject="id", null=True)

    objects = SuspensionQuerySet.as_manager()

    secrecy = Secrecy(Keep.STAFF, operational="id account by_account seconded_by at", security="reason")

    class Meta:
        indexes = [models.Index(fields=["account", "at"])]

    def __str__(self) -> str:
        return "suspension"


class Resumption(models.Model):
    """A paused account was let in again."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    suspension = models.OneToOneField(Suspension, on_delete=models.CASCADE, related_name="resumption")
    by_account = models.UUIDField(null=True)
    at = models.DateTimeField()

    secrecy = Secrecy(Keep.STAFF, operational="id suspension by_account at")

    def __str__(self) -> str:
        return "resumption"


class ReasonSeen(models.Model):
    """Someone read why an account was paused: the first or the second to do so, never a third."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    suspension = models.ForeignKey(Suspension, on_delete=models.CASCADE, related_name="readers")
    by_account = models.UUIDField()
    place = models.PositiveSmallIntegerField()
    at = models.DateTimeField()

    secrecy = Secrecy(Keep.STAFF, operational="id suspension by_account place at")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["suspension", "by_account"], name="a_reader_is_counted_once"),
            models.UniqueConstraint(fields=["suspension", "place"], name="a_place_has_one_reader"),
            models.CheckConstraint(name="two_people_read_a_reason", condition=Q(place__in=(1, 2))),
        ]

    def __str__(self) -> str:
        return "reader"


class PauseCallQuerySet(models.QuerySet["PauseCall", "PauseCall"]):
    """Calls for a pause."""

    def counting(self, account: Account, at: datetime) -> Self:
        """Those that still count for this account."""
        return self.filter(account=account, at__gt=at - CALL_COUNTS_FOR, at__lte=at)


class PauseCall(models.Model):
    """A colleague asks for an account to be paused; a second one within a day makes it so."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    account = models.ForeignKey(Account, on_delete=models.CASCADE, related_name="+")
    by_account = models.UUIDField()
    at = models.DateTimeField()

    objects = PauseCallQuerySet.as_manager()

    secrecy = Secrecy(Keep.STAFF, operational="id account by_account at")

    class Meta:
        indexes = [models.Index(fields=["account", "at"])]
        constraints = [
            models.CheckConstraint(
                name="nobody_calls_for_his_own_pause", condition=~Q(by_account=models.F("account"))
            ),
        ]

    def __str__(self) -> str:
        return "call for a pause"


class KeptFactor(models.Model):
    """A second factor set aside while its account is paused; it opens nothing."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    account = models.ForeignKey(Account, on_delete=models.CASCADE, related_name="+")
    kind = models.CharField(max_length=20)
    data = models.JSONField()
    created_at = models.DateTimeField()
    last_used_at = models.DateTimeField(null=True)

    secrecy = Secrecy(Keep.STAFF, operational="id account kind data created_at last_used_at")

    def __str__(self) -> str:
        return "kept factor"
