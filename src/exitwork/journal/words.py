# SPDX-License-Identifier: AGPL-3.0-or-later
"""The words of the journal: how things are sent, and what the journal itself records."""

from __future__ import annotations

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from exitwork.kernel.events import Event, Happening, event_named

MESSAGE_ABANDONED = Event("journal.message.abandoned", _("A message could not be sent"))
CHECKPOINT_COSIGNED = Event("journal.checkpoint.cosigned", _("An outside witness confirmed the journal"))


class Kind(TextChoices):
    """By what a message travels."""

    EMAIL = "email", _("E-mail")


class MessageState(TextChoices):
    """Where a message stands. The latest row of its states holds."""

    WAITING = "waiting", _("Waiting to be sent")
    SENT = "sent", _("Sent")
    FAILED = "failed", _("Could not be sent, will be tried again")
    ABANDONED = "abandoned", _("Could not be sent, no longer tried")


def says(event_name: str) -> str:
    """The sentence for an event; of an event that no room declares any more, its bare name."""
    event = event_named(event_name)
    return event_name if event is None else str(event.says)


__all__ = ["CHECKPOINT_COSIGNED", "MESSAGE_ABANDONED", "Event", "Happening", "Kind", "MessageState", "says"]
