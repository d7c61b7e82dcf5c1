# SPDX-License-Identifier: AGPL-3.0-or-later
"""Open an account, change it, change its password, close it in order."""

from __future__ import annotations

from datetime import datetime

from allauth.mfa.models import Authenticator
from django.contrib.auth.hashers import make_password
from django.utils.translation import gettext as _

from exitwork import journal
from exitwork.access.seams import ties
from exitwork.accounts.models import Account, Invitation, KeptFactor, SignIn
from exitwork.accounts.words import CHANGED, DEACTIVATED, FACTORS_RESET, OPENED, PASSWORD_CHANGED
from exitwork.kernel.decisions import refuse
from exitwork.kernel.rules import Rule
from exitwork.kernel.standing import Standing


def open_account(
    *, email: str, name: str, language: str = "en", password: str = "", by: Standing, at: datetime
) -> Account:
    """Open an account. Without a password it waits for its invitation to be accepted.

    :raises Refusal: if the address is taken.
    """
    # The hash takes its time and its memory: never inside the transaction.
    encoded = make_password(password) if password else ""
    with journal.recorded(OPENED, by=by, at=at) as entry:
        if Account.objects.at_address(email).exists():
            raise refuse(_("There is an account with this address already."), "accounts.address_taken")
        account = Account.opened(email=email, name=name, language=language, at=at)
        account.password = encoded or account.password
        account.save(force_insert=True)
        entry.about(account)
    return account


def change_account(
    *,
    account: Account,
    name: str,
    language: str,
    theme: str,
    shortcuts: bool,
    version: int,
    by: Standing,
    at: datetime,
) -> Account:
    """Change what someone set on his own account page.

    :raises Refusal: if it was changed elsewhere since it was shown, or it is someone else's.
    """
    with journal.recorded(CHANGED, by=by, about=account, at=at) as entry:
        if by.account != account.id:
            raise refuse(_("Only the person himself changes his account page."), "accounts.not_ones_own")
        before = Account.objects.get(pk=account.pk)
        after = {"name": name.strip(), "language": language, "theme": theme, "shortcuts": shortcuts}
        changed = Account.objects.filter(pk=account.pk, version=version).update(version=version + 1, **after)
        if not changed:
            raise refuse(
                _("This page was changed in another window. Look at it again, then save."), "accounts.stale"
            )
        entry.note(changed=[field for field, value in after.items() if getattr(before, field) != value])
        account.refresh_from_db()
    return account


def change_password(
    *, account: Account, password: str, by: Standing, at: datetime, keep: str = ""
) -> Account:
    """Set a new password and end every session but the one whose digest is ``keep``."""
    encoded = make_password(password)
    with journal.recorded(PASSWORD_CHANGED, by=by, about=account, at=at):
        account.password = encoded
        account.save(update_fields=["password"])
        SignIn.objects.of(account).exclude(pk=keep).delete()
    return account


def reset_factors(*, account: Account, by: Standing, at: datetime) -> int:
    """Remove every second factor, for someone who has lost his; the next sign-in sets up a new one.

    Sessions end. How many factors were removed is returned. The caller's rule or the command
    line (which needs the machine itself) has decided.
    """
    with journal.recorded(FACTORS_RESET, by=by, about=account, at=at) as entry:
        removed, _rows = Authenticator.objects.filter(user_id=account.pk).delete()
        KeptFactor.objects.filter(account=account).delete()
        SignIn.objects.of(account).delete()
        entry.note(removed=removed)
    return int(removed)


def deactivate(*, account: Account, rule: Rule, by: Standing, at: datetime) -> Account:
    """Close an account in order, for good: everything it held has been handed over.

    :raises Refusal: if the rule says no, or with the sentences of what is still held.
    """
    with journal.recorded(DEACTIVATED, by=by, about=account, at=at) as entry:
        rule.decide(by, account, at).or_raise()
        account.refresh_from_db()
        if account.is_closed:
            raise refuse(_("This account is closed already."), "accounts.closed")
        held = [str(sentence) for tie in ties() for sentence in tie.holds(account, at)]
        if held:
            raise refuse(_("Hand over first: %(held)s") % {"held": " ".join(held)}, "accounts.still_holds")
        SignIn.objects.of(account).delete()
        Invitation.objects.open_to(account).update(ended_at=at)
        Authenticator.objects.filter(user_id=account.pk).delete()
        KeptFactor.objects.filter(account=account).delete()
        account.is_active = False
        account.deactivated_at = at
        account.set_unusable_password()
        account.save(update_fields=["is_active", "deactivated_at", "password"])
        entry.note(in_order=True)
    return account
