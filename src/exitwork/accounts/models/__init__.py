# SPDX-License-Identifier: AGPL-3.0-or-later
"""Accounts, where they are signed in, invitations and suspensions."""

from __future__ import annotations

from exitwork.accounts.models.account import Account
from exitwork.accounts.models.invitation import Invitation
from exitwork.accounts.models.signin import SignIn
from exitwork.accounts.models.suspension import KeptFactor, PauseCall, ReasonSeen, Resumption, Suspension

__all__ = [
    "Account",
    "Invitation",
    "KeptFactor",
    "PauseCall",
    "ReasonSeen",
    "Resumption",
    "SignIn",
    "Suspension",
]
