# SPDX-License-Identifier: AGPL-3.0-or-later
"""The verbs of this room.

For ``organisations`` (and everyone above), who know what people share:

* ``suspend``, ``call_for_pause``, ``resume``, ``deactivate`` and ``open_reason`` take the rule
  that decides as ``rule=`` (a ``kernel.rules.Rule`` about an ``Account``) and ask it inside the
  record. Wrap them once in ``organisations.actions`` with rules that extend
  ``accounts.rules.is_oneself`` by "leads or administers an organisation he belongs to", and
  for ``call_for_pause`` "works for the same organisation".
* ``suspend`` does everything of S2 in one transaction: sessions and invitations end, second
  factors are set aside, and every ``Tie.on_suspension(account=, by=, at=)`` of ``access.seams`` is
  called: drafts end there, memberships stay, the deputy takes over there.
* ``invite`` and ``open_account`` ask no rule: wrap them likewise.
* ``deactivate`` is refused while any ``Tie.holds(account, at)`` names something.
"""

from __future__ import annotations

from exitwork.accounts.actions.account import (
    change_account,
    change_password,
    deactivate,
    open_account,
    reset_factors,
)
from exitwork.accounts.actions.invitation import Invited, accept, end_invitations, invite
from exitwork.accounts.actions.session import (
    end_other_sessions,
    end_session,
    lock_everything,
    lock_screen,
    sign_in_for_demo,
    unlock_screen,
)
from exitwork.accounts.actions.suspension import call_for_pause, open_reason, resume, suspend

__all__ = [
    "Invited",
    "accept",
    "call_for_pause",
    "change_account",
    "change_password",
    "deactivate",
    "end_invitations",
    "end_other_sessions",
    "end_session",
    "invite",
    "lock_everything",
    "lock_screen",
    "open_account",
    "open_reason",
    "reset_factors",
    "resume",
    "sign_in_for_demo",
    "suspend",
    "unlock_screen",
]
