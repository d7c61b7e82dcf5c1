# SPDX-License-Identifier: AGPL-3.0-or-later
"""End sessions, lock the screen, lock everything."""

from __future__ import annotations

from datetime import datetime

from django.conf import settings
from django.contrib.auth import login
from django.http import HttpRequest
from django.utils.translation import gettext as _

from exitwork import journal
from exitwork.accounts.devices import device_of
from exitwork.accounts.models import Account, SignIn
from exitwork.accounts.sessions import DEVICE, HAS_FACTOR
from exitwork.accounts.sessions import LOCKED as IS_LOCKED
from exitwork.accounts.words import EVERYTHING_LOCKED, LOCKED, SESSION_ENDED, SIGNED_IN, UNLOCKED
from exitwork.kernel.decisions import refuse
from exitwork.kernel.standing import Standing
from exitwork.vault import holder


def end_session(*, account: Account, name: str, by: Standing, at: datetime) -> int:
    """End one session of one's own. ``name`` is what the account page calls it.

    :raises Refusal: if there is none of that name, or the account is someone else's.
    """
    with journal.recorded(SESSION_ENDED, by=by, about=account, at=at):
        _must_be_ones_own(account, by)
        ended, _rows = SignIn.objects.of(account).filter(pk__startswith=name).delete() if name else (0, {})
        if not ended:
            raise refuse(_("That device is signed out already."), "accounts.no_such_session")
    return int(ended)


def end_other_sessions(*, account: Account, keep: str, by: Standing, at: datetime) -> int:
    """End every session of one's own but this one; how many is returned.

    :raises Refusal: if the account is someone else's.
    """
    with journal.recorded(SESSION_ENDED, by=by, about=account, at=at) as entry:
        _must_be_ones_own(account, by)
        ended, _rows = SignIn.objects.of(account).exclude(pk=keep).delete()
        entry.note(ended=ended)
    return int(ended)


def lock_screen(*, request: HttpRequest, account: Account, by: Standing, at: datetime) -> None:
    """Keep the session but open nothing until it is shown again that it is oneself."""
    # Before the record: a journal that can't be written must not leave the screen open.
    request.session[IS_LOCKED] = True
    request.session.save()
    with journal.recorded(LOCKED, by=by, about=account, at=at):
        pass


def unlock_screen(*, request: HttpRequest, account: Account, by: Standing, at: datetime) -> None:
    """Open a locked session again; the caller has seen the password, a code or a passkey."""
    if not request.session.get(IS_LOCKED):
        return
    with journal.recorded(UNLOCKED, by=by, about=account, at=at):
        del request.session[IS_LOCKED]


def lock_everything(*, account: Account, by: Standing, at: datetime) -> None:
    """Take the keys of the whole installation out of memory, at once, in every process (S19).

    Undone only at the next start. The keys go even if the journal can't be written.
    """
    try:
        with journal.recorded(EVERYTHING_LOCKED, by=by, about=account, at=at):
            pass
    finally:
        holder.lock_everything()


def sign_in_for_demo(*, request: HttpRequest, account: Account, at: datetime) -> Account:
    """Sign in without a password, in a demo with invented people only.

    :raises Refusal: in every installation that is not a demo.
    """
    if not settings.DEMO:
        raise refuse(_("Only a demo signs in without a password."), "accounts.not_a_demo")
    login(request, account, backend="allauth.account.auth_backends.AuthenticationBackend")
    request.session[DEVICE] = str(device_of(request))
    request.session[HAS_FACTOR] = True  # the demo's people have none, and must reach every page
    by = Standing(account=account.id, name=account.name, is_active=account.is_active)
    with journal.recorded(SIGNED_IN, by=by, about=account, at=at):
        pass
    return account


def _must_be_ones_own(account: Account, by: Standing) -> None:
    if by.account != account.id:
        raise refuse(_("It is not your own account."), "accounts.not_ones_own")
