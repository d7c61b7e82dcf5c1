# SPDX-License-Identifier: AGPL-3.0-or-later
"""The words of contacts: how people met, what a note is, what can happen to it."""

from __future__ import annotations

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from exitwork.kernel.events import Event


class ContactKind(TextChoices):
    """How people met (vocabulary C.6, R81)."""

    CONVERSATION = "conversation", _("Conversation")
    PHONE = "phone", _("Phone")
    MESSAGE = "message", _("Message or chat")
    VISIT = "visit", _("Visit at home")
    PRISON_VISIT = "prison-visit", _("Visit in prison")
    INFORMAL = "informal", _("Informal time together")
    ERRAND = "errand", _("Errand or going along")
    FAMILY = "family", _("Talk with the family")
    PARTNER = "partner", _("Talk with another organisation")
    GROUP = "group", _("Group")
    OTHER = "other", _("Something else")


class Layer(TextChoices):
    """Whether a note is still its author's own or part of the case (practice.md 5.1)."""

    WORKING_NOTE = "working-note", _("My working note")
    RECORD = "record", _("Case record")


WRITTEN = Event("contacts.note.written", _("Note written"))
PROMOTED = Event("contacts.note.promoted", _("Note made part of the case record"))
CORRECTED = Event("contacts.note.corrected", _("Note corrected"))
CODED = Event("contacts.note.coded", _("Codes set"))
EXPIRED = Event("contacts.note.expired", _("Working notes expired"))
HELD = Event("contacts.note.held", _("Working notes kept while their author is away"))
