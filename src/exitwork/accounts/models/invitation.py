# SPDX-License-Identifier: AGPL-3.0-or-later
"""Invitation: lets one person set the password of one account, once, within seven days.

* The code itself is in the mail or on the paper; here is its SHA-256 (it carries 100 random bits).
* An invitation that was used, ended or has expired opens nothing, and the page does not say which.
"""

from __future__ import annotations

import hashlib
import uuid
from datetime import datetime, timedelta
from typing import Self

from django.db import models
from django.db.models import F, Q

from exitwork.accounts.models.account import Account
from exitwork.accounts.words import Carried
from exitwork.kernel.secrecy import Keep, Secrecy

OPEN_FOR = timedelta(days=7)


def digest(code: str) -> str:
    """What is stored of a code."""
    return hashlib.sha256(f"exitwork invitation {code}".encode()).hexdigest()


class InvitationQuerySet(models.QuerySet["Invitation", "Invitation"]):
    """Invitations."""

    def open(self, at: datetime) -> Self:
        """Those that can still be accepted."""
        return self.filter(
            used_at__isnull=True, ended_at__isnull=True, expires_at__gt=at, account__is_active=True
        )

    def open_to(self, account: Account) -> Self:
        """Those to one account that are neither used nor ended."""
        return self.filter(account=account, used_at__isnull=True, ended_at__isnull=True)

    def with_code(self, code: str) -> Self:
        """The one with this code."""
        return self.filter(code_hash=digest(code))


class Invitation(models.Model):
    """Lets one person set the password of one account, once."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    account = models.ForeignKey(Account, on_delete=models.CASCADE, related_name="+")
    carried = models.CharField(max_length=10, choices=Carried.choices)
    code_hash = models.CharField(max_length=64, unique=True)
    invited_by = models.UUIDField(null=True)
    made_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)

    objects = InvitationQuerySet.as_manager()

    secrecy = Secrecy(
        Keep.STAFF,
        operational="id account carried code_hash invited_by made_at expires_at used_at ended_at",
    )

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="an_invitation_ends_after_it_is_made",
                condition=Q(expires_at__gt=F("made_at")),
            ),
            models.CheckConstraint(
                name="an_invitation_is_used_or_ended",
                condition=Q(used_at__isnull=True) | Q(ended_at__isnull=True),
            ),
        ]

    def __str__(self) -> str:
        return "invitation"
