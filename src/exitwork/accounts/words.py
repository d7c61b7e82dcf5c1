# SPDX-License-Identifier: AGPL-3.0-or-later
"""The words of this room: what can happen to an account, and the choices people make.

* An address, a browser's name or a place never stands in an event.
* The word on the screen for a suspended account is "paused" (S2).
"""

from __future__ import annotations

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from exitwork.kernel.events import Event, Happening


class Theme(TextChoices):
    """Light or dark."""

    SYSTEM = "system", _("As this device is set")
    LIGHT = "light", _("Light")
    DARK = "dark", _("Dark")


class Device(TextChoices):
    """The kind of device someone signed in with, as coarse as it is still useful to its owner."""

    COMPUTER = "computer", _("A computer")
    PHONE = "phone", _("A phone")
    TABLET = "tablet", _("A tablet")
    OTHER = "other", _("Another device")


class Carried(TextChoices):
    """How an invitation reaches its person."""

    MAIL = "mail", _("By mail")
    PRINTED = "printed", _("On paper, as a one-time code")


OPENED = Event("accounts.account.opened", _("An account was opened."))
CHANGED = Event("accounts.account.changed", _("Someone changed his own account page."))
SIGNED_IN = Event("accounts.session.signed_in", _("Someone signed in."))
SIGNED_OUT = Event("accounts.session.signed_out", _("Someone signed out."))
LOCKED = Event("accounts.session.locked", _("Someone locked his screen."))
UNLOCKED = Event("accounts.session.unlocked", _("Someone unlocked his screen."))
SESSION_ENDED = Event("accounts.session.ended", _("Someone was signed out of another device."))
SIGN_IN_FAILED = Event(
    "accounts.session.sign_in_failed", _("A sign-in failed: the password was wrong."), Happening.REFUSAL
)
FACTOR_FAILED = Event(
    "accounts.factor.failed", _("A sign-in failed at the second factor."), Happening.REFUSAL
)
FACTOR_ADDED = Event("accounts.factor.added", _("A second factor was set up."))
FACTOR_REMOVED = Event("accounts.factor.removed", _("A second factor was removed."))
FACTOR_RENAMED = Event("accounts.factor.renamed", _("A passkey was renamed."))
FACTORS_RESET = Event("accounts.factor.reset", _("All second factors of an account were removed."))
CODES_DRAWN = Event("accounts.factor.codes_drawn", _("New recovery codes were drawn."))
CODES_SEEN = Event("accounts.factor.codes_seen", _("Recovery codes were shown."), Happening.LOOK)
PASSWORD_CHANGED = Event("accounts.account.password_changed", _("A password was changed."))
INVITED = Event("accounts.invitation.made", _("Someone was invited."))
INVITATION_ENDED = Event("accounts.invitation.ended", _("An invitation was ended."))
ACCEPTED = Event("accounts.invitation.accepted", _("An invitation was accepted."))
PAUSE_CALLED = Event("accounts.suspension.called", _("A colleague asked for an account to be paused."))
SUSPENDED = Event("accounts.suspension.made", _("An account was paused."))
RESUMED = Event("accounts.suspension.ended", _("A paused account was resumed."))
REASON_SEEN = Event("accounts.suspension.reason_seen", _("The reason of a pause was read."), Happening.LOOK)
DEACTIVATED = Event("accounts.account.deactivated", _("An account was closed in order."))
EVERYTHING_LOCKED = Event("accounts.installation.locked", _("Someone locked everything."))
