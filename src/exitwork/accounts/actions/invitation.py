# SPDX-License-Identifier: AGPL-3.0-or-later
"""Invite someone, by mail or on paper; accept once."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.contrib.auth.hashers import make_password
from django.urls import reverse
from django.utils.translation import gettext as _

from exitwork import journal
from exitwork.accounts.letters import INVITATION
from exitwork.accounts.models import Account, Invitation
from exitwork.accounts.models.invitation import OPEN_FOR, digest
from exitwork.accounts.words import ACCEPTED, INVITATION_ENDED, INVITED, Carried
from exitwork.journal.words import Kind
from exitwork.kernel.decisions import refuse
from exitwork.kernel.standing import Standing

SYMBOLS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"  # no I, L, O, U: nothing to mix up on paper
GROUPS, GROUP = 5, 4
MISREAD = str.maketrans({"I": "1", "L": "1", "O": "0"})


@dataclass(frozen=True, slots=True)
class Invited:
    """An invitation just made, with the code that is told this once and stored nowhere."""

    invitation: Invitation
    code: str
    path: str


def invite(*, account: Account, carried: str, by: Standing, at: datetime) -> Invited:
    """Make an invitation to an account; earlier ones to it end. The mail says nothing but "follow this link".

    :raises Refusal: if the account is paused or closed.
    """
    code = new_code()
    path = reverse("accounts:invitation", args=[code])
    with journal.recorded(INVITED, by=by, about=account, at=at) as entry:
        account.refresh_from_db()
        if not account.is_active:
            raise refuse(
                _("This account is paused or closed; nobody can be invited to it."), "accounts.inactive"
            )
        Invitation.objects.open_to(account).update(ended_at=at)
        invitation = Invitation.objects.create(
            account=account,
            carried=carried,
            code_hash=digest(normal(code)),
            invited_by=by.account,
            made_at=at,
            expires_at=at + OPEN_FOR,
        )
        if carried == Carried.MAIL:
            journal.outbox.put(
                Kind.EMAIL,
                account.email,
                INVITATION,
                f"invitation:{invitation.id}",
                at=at,
                data={"link": settings.SITE_ADDRESS + path},
                language=account.language,
            )
        entry.note(carried=carried, until=invitation.expires_at.isoformat())
    return Invited(invitation, code, path)


def accept(*, invitation: Invitation, password: str, at: datetime) -> Account:
    """Set the password of the invited account, once. The second factor is asked for next.

    The password has passed the validators (the form asked them).

    :raises Refusal: if the invitation was used or ended meanwhile, or has run out.
    """
    encoded = make_password(password)
    account = invitation.account
    by = Standing(account=account.id, name=account.name, is_active=True)
    with journal.recorded(ACCEPTED, by=by, about=account, at=at):
        if not Invitation.objects.open(at).filter(pk=invitation.pk).update(used_at=at):
            raise refuse(_("This invitation no longer opens. Ask for a new one."), "accounts.invitation_over")
        account.refresh_from_db()
        account.password = encoded
        account.save(update_fields=["password"])
    return account


def end_invitations(*, account: Account, by: Standing, at: datetime) -> int:
    """End what invitations are open to an account; how many is returned."""
    with journal.recorded(INVITATION_ENDED, by=by, about=account, at=at) as entry:
        ended = Invitation.objects.open_to(account).update(ended_at=at)
        entry.note(ended=ended)
    return int(ended)


def new_code() -> str:
    """A code of 100 random bits, in groups that can be read from paper: ``7F3K-2M9Q-...``."""
    groups = ("".join(secrets.choice(SYMBOLS) for _symbol in range(GROUP)) for _group in range(GROUPS))
    return "-".join(groups)


def normal(typed: str) -> str:
    """A code as it was meant: hyphens, blanks and case aside, O for 0 and I or L for 1."""
    return "".join(symbol for symbol in typed.upper().translate(MISREAD) if symbol in SYMBOLS)
