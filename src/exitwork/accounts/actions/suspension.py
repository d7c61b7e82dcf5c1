# SPDX-License-Identifier: AGPL-3.0-or-later
"""Pause an account at once (S2); let it in again.

* One act, one transaction: when the response leaves, sessions, passkeys, one-time links,
  invitations and drafts have ended and the deputy is acting.
* Nothing of it waits for a handover; that is ``deactivate``.
"""

from __future__ import annotations

from datetime import datetime

from allauth.mfa.models import Authenticator
from django.utils.translation import gettext as _

from exitwork import journal
from exitwork.access.seams import ties
from exitwork.accounts.models import (
    Account,
    Invitation,
    KeptFactor,
    PauseCall,
    ReasonSeen,
    Resumption,
    SignIn,
    Suspension,
)
from exitwork.accounts.queries import suspension_in_force
from exitwork.accounts.words import PAUSE_CALLED, REASON_SEEN, RESUMED, SUSPENDED
from exitwork.kernel.decisions import refuse
from exitwork.kernel.rules import Rule
from exitwork.kernel.standing import Standing
from exitwork.vault.keys import KeyKind, KeyRef, create_key

READERS = 2


def suspend(*, account: Account, rule: Rule, reason: str = "", by: Standing, at: datetime) -> Suspension:
    """Pause an account at once.

    :param rule: who may; ``organisations`` gives it, or ``rules.may_pause_oneself``.
    :param reason: sealed; two people may read it.
    :raises Refusal: if the rule says no, or the account is paused or closed already.
    """
    with journal.recorded(SUSPENDED, by=by, about=account, at=at) as entry:
        rule.decide(by, account, at).or_raise()
        _must_be_active(account)
        suspension = _pause(account, reason, by=by, at=at)
        entry.note(suspension=str(suspension.id))
    return suspension


def call_for_pause(
    *, account: Account, rule: Rule, reason: str = "", by: Standing, at: datetime
) -> PauseCall | Suspension:
    """Ask as a colleague for an account to be paused; the second within a day makes it so.

    :raises Refusal: if the rule says no, one asks twice, or the account is paused or closed already.
    """
    with journal.recorded(PAUSE_CALLED, by=by, about=account, at=at):
        rule.decide(by, account, at).or_raise()
        _must_be_active(account)
        first = PauseCall.objects.counting(account, at).order_by("at").first()
        if first is not None and first.by_account == by.account:
            raise refuse(
                _("You have asked already. One more colleague is needed."), "accounts.called_already"
            )
        assert by.account is not None
        call = PauseCall.objects.create(account=account, by_account=by.account, at=at)
        if first is None:
            return call
        with journal.recorded(SUSPENDED, by=by, about=account, at=at) as entry:
            suspension = _pause(account, reason, by=by, at=at, first=first)
            entry.note(suspension=str(suspension.id), two_colleagues=True)
        return suspension


def resume(*, account: Account, rule: Rule, by: Standing, at: datetime) -> Account:
    """Let a paused account in again, with the second factors it had.

    :raises Refusal: if the rule says no, the account is not paused, or it is one's own.
    """
    with journal.recorded(RESUMED, by=by, about=account, at=at):
        rule.decide(by, account, at).or_raise()
        account.refresh_from_db()
        suspension = suspension_in_force(account)
        if suspension is None or account.is_closed:
            raise refuse(_("This account is not paused."), "accounts.not_paused")
        if by.account == account.id:
            raise refuse(_("Nobody resumes his own account."), "accounts.ones_own")
        Resumption.objects.create(suspension=suspension, by_account=by.account, at=at)
        for kept in KeptFactor.objects.filter(account=account):
            Authenticator.objects.create(
                user_id=account.pk,
                type=kept.kind,
                data=kept.data,
                created_at=kept.created_at,
                last_used_at=kept.last_used_at,
            )
        KeptFactor.objects.filter(account=account).delete()
        account.is_active = True
        account.save(update_fields=["is_active"])
    return account


def open_reason(*, suspension: Suspension, rule: Rule, by: Standing, at: datetime) -> str:
    """The reason of a pause, for the first and the second person who may read it.

    :raises Refusal: if the rule says no, or two others have read it.
    """
    with journal.recorded(REASON_SEEN, by=by, about=suspension.account, at=at):
        rule.decide(by, suspension.account, at).or_raise()
        readers = list(ReasonSeen.objects.filter(suspension=suspension).values_list("by_account", flat=True))
        if by.account not in readers:
            if len(readers) >= READERS:
                raise refuse(_("Two people have read the reason; ask one of them."), "accounts.reason_read")
            assert by.account is not None
            ReasonSeen.objects.create(
                suspension=suspension, by_account=by.account, place=len(readers) + 1, at=at
            )
        sealed = Suspension.objects.get(pk=suspension.pk).reason
        return sealed.open() if sealed else ""


def _must_be_active(account: Account) -> None:
    account.refresh_from_db()
    if not account.is_active:
        raise refuse(_("This account is paused or closed already."), "accounts.inactive")


def _pause(
    account: Account, reason: str, *, by: Standing, at: datetime, first: PauseCall | None = None
) -> Suspension:
    account.is_active = False
    account.save(update_fields=["is_active"])
    SignIn.objects.of(account).delete()
    Invitation.objects.open_to(account).update(ended_at=at)
    for factor in Authenticator.objects.filter(user_id=account.pk):
        KeptFactor.objects.create(
            account=account,
            kind=factor.type,
            data=factor.data,
            created_at=factor.created_at,
            last_used_at=factor.last_used_at,
        )
    Authenticator.objects.filter(user_id=account.pk).delete()
    suspension = Suspension(
        account=account,
        by_account=by.account if first is None else first.by_account,
        seconded_by=None if first is None else by.account,
        at=at,
    )
    if reason.strip():
        create_key(KeyRef(KeyKind.PERSON, suspension.id))
        suspension.reason = reason.strip()
    suspension.save(force_insert=True)
    for tie in ties():
        if tie.on_suspension is not None:
            tie.on_suspension(account=account, by=by, at=at)
    return suspension
