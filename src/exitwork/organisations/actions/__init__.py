# SPDX-License-Identifier: AGPL-3.0-or-later
"""What can be done to an organisation, its sites and its members."""

from __future__ import annotations

from exitwork.organisations.actions.members import (
    NewMember,
    agree,
    call_for_pause,
    change_function,
    deactivate,
    decline,
    end_membership,
    invite,
    invite_again,
    join,
    resume,
    suspend_colleague,
)
from exitwork.organisations.actions.organisation import change, open_organisation
from exitwork.organisations.actions.roles import end_role, grant_role
from exitwork.organisations.actions.sites import add_site, close_site, set_catchment

__all__ = [
    "NewMember",
    "add_site",
    "agree",
    "call_for_pause",
    "change",
    "change_function",
    "close_site",
    "deactivate",
    "decline",
    "end_membership",
    "end_role",
    "grant_role",
    "invite",
    "invite_again",
    "join",
    "open_organisation",
    "resume",
    "set_catchment",
    "suspend_colleague",
]
