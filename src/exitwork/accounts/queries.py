# SPDX-License-Identifier: AGPL-3.0-or-later
"""Reads worth a name."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from allauth.mfa.models import Authenticator

from exitwork.accounts.models import Account, SignIn, Suspension
from exitwork.accounts.words import Device
from exitwork.kernel.standing import Standing

SECOND_FACTORS = (Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN)


@dataclass(frozen=True, slots=True)
class Whereabouts:
    """One line of "Where I am signed in". ``name`` tells sessions apart and opens nothing."""

    name: str
    device: Device
    started_at: datetime
    seen_at: datetime
    is_this_one: bool


def has_second_factor(account: UUID) -> bool:
    """Whether the account has an authenticator app or a passkey; recovery codes alone do not count."""
    return bool(Authenticator.objects.filter(user_id=account, type__in=SECOND_FACTORS).exists())


def has_app(account: UUID) -> bool:
    """Whether the account has an authenticator app."""
    return bool(Authenticator.objects.filter(user_id=account, type=Authenticator.Type.TOTP).exists())


def passkeys(account: UUID) -> int:
    """How many passkeys and security keys the account has."""
    return int(Authenticator.objects.filter(user_id=account, type=Authenticator.Type.WEBAUTHN).count())


def standing_without_organisation(account: Account) -> Standing:
    """The standing of someone who acts on his own account only."""
    return Standing(account=account.id, name=account.name, is_active=account.is_active)


def whereabouts(account: Account, *, this: str, at: datetime) -> list[Whereabouts]:
    """Where an account is signed in, the latest first. ``this`` is the digest of the own session."""
    rows = SignIn.objects.of(account).open(at).order_by("-started_at")
    return [
        Whereabouts(
            name=row.key[:16],
            device=Device(row.device),
            started_at=row.started_at,
            seen_at=row.seen_at.replace(minute=0, second=0, microsecond=0),
            is_this_one=row.key == this,
        )
        for row in rows.defer("data")
    ]


def suspension_in_force(account: Account) -> Suspension | None:
    """The pause an account is under, if it is."""
    return Suspension.objects.in_force().filter(account=account).order_by("-at").first()
