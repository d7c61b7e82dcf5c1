# SPDX-License-Identifier: AGPL-3.0-or-later
"""SignIn: one browser that is signed in, or on its way there.

* The row knows the SHA-256 of the session key; the key itself is in the browser's cookie alone.
* What the session carries is encrypted under a key made from the session key: the database
  alone opens no session and reads none.
* No address and no browser name is stored, only a coarse kind of device.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from exitwork.accounts.models.account import Account
from exitwork.accounts.words import Device
from exitwork.kernel.secrecy import Keep, Secrecy


def idle_limit() -> timedelta:
    """How long a session stays open without a click (option ``idle_minutes``)."""
    return timedelta(minutes=settings.ACCOUNTS_IDLE_MINUTES)


def longest() -> timedelta:
    """How long a session lives at most, however busy."""
    return timedelta(hours=settings.ACCOUNTS_LONGEST_HOURS)


class SignInQuerySet(models.QuerySet["SignIn", "SignIn"]):
    """Sign-ins."""

    def open(self, at: datetime) -> Self:
        """Those that still open something."""
        return self.filter(ends_at__gt=at, seen_at__gt=at - idle_limit())

    def over(self, at: datetime) -> Self:
        """Those whose time is up."""
        return self.filter(Q(ends_at__lte=at) | Q(seen_at__lte=at - idle_limit()))

    def of(self, account: Account) -> Self:
        """Those of one account."""
        return self.filter(account=account)


class SignIn(models.Model):
    """One browser that is signed in, or on its way there (``account`` is empty then)."""

    key = models.CharField(primary_key=True, max_length=64)
    account = models.ForeignKey(Account, on_delete=models.CASCADE, null=True, related_name="+")
    data = models.BinaryField()
    device = models.CharField(max_length=10, choices=Device.choices, default=Device.OTHER)
    started_at = models.DateTimeField()
    seen_at = models.DateTimeField()
    ends_at = models.DateTimeField()

    objects = SignInQuerySet.as_manager()

    secrecy = Secrecy(Keep.SESSION, operational="key account data device started_at seen_at ends_at")

    class Meta:
        indexes = [models.Index(fields=["ends_at"])]
        constraints = [
            models.CheckConstraint(
                name="a_session_ends_after_it_starts", condition=Q(ends_at__gt=F("started_at"))
            ),
        ]

    def __str__(self) -> str:
        return "sign-in"
