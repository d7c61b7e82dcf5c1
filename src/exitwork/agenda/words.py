# SPDX-License-Identifier: AGPL-3.0-or-later
"""The words of the agenda: what is planned, how it went, why it waits, what can happen to it."""

from __future__ import annotations

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from exitwork.kernel.events import Event


class Kind(TextChoices):
    """How people are to meet. The values are those of a contact, so that a note begins with the same."""

    CONVERSATION = "conversation", _("Conversation")
    PHONE = "phone", _("Phone")
    VISIT = "visit", _("Visit at home")
    PRISON_VISIT = "prison-visit", _("Visit in prison")
    INFORMAL = "informal", _("Informal time together")
    ERRAND = "errand", _("Errand or going along")
    FAMILY = "family", _("Talk with the family")
    PARTNER = "partner", _("Talk with another organisation")
    GROUP = "group", _("Group")
    OTHER = "other", _("Something else")


class PrisonFooting(TextChoices):
    """On what ground one goes into a prison (S27)."""

    ASKED_FOR = "asked-for", _("Asked for, no answer yet")
    PERMITTED = "permitted", _("Agreed, with a permit")
    FAMILY_TIME = "family-time", _("In the family's visiting time")
    FIRST_TALK = "first-talk", _("First talk with the prison")


class State(TextChoices):
    """How it stands with an appointment."""

    PLANNED = "planned", _("Planned")
    KEPT = "kept", _("Kept")
    MISSED = "missed", _("Missed")
    CANCELLED = "cancelled", _("Cancelled")


class Happened(TextChoices):
    """One step in the life of an appointment."""

    PLANNED = "planned", _("Planned")
    CHANGED = "changed", _("Details changed")
    MOVED = "moved", _("Moved")
    KEPT = "kept", _("Kept")
    MISSED = "missed", _("Missed")
    CANCELLED = "cancelled", _("Cancelled")
    TAKEN_BACK = "taken-back", _("Outcome taken back")


class Whose(TextChoices):
    """Whose doing it was that an appointment was moved, missed or cancelled."""

    CLIENT = "client", _("The client")
    US = "us", _("Us")
    INSTITUTION = "institution", _("The institution")
    OTHERS = "others", _("Somebody else")


class Arose(TextChoices):
    """What a task came from."""

    BY_HAND = "by-hand", _("Written by hand")
    APPOINTMENT = "appointment", _("From an appointment")
    CONTACT = "contact", _("From a note")


class WaitsFor(TextChoices):
    """Why a task is put off."""

    CLIENT = "client", _("It waits for the client")
    PARTNER = "partner", _("It waits for another organisation")
    COLLEAGUE = "colleague", _("It waits for a colleague")
    LATER = "later", _("It makes no sense before")
    TIME = "time", _("There was no time")


APPOINTMENT_PLANNED = Event("agenda.appointment.planned", _("Appointment planned"))
APPOINTMENT_CHANGED = Event("agenda.appointment.changed", _("Appointment changed"))
APPOINTMENT_SETTLED = Event("agenda.appointment.settled", _("Outcome of an appointment noted"))
APPOINTMENT_TAKEN_BACK = Event("agenda.appointment.taken_back", _("Outcome of an appointment taken back"))
TASK_SET = Event("agenda.task.set", _("Task set"))
TASK_CHANGED = Event("agenda.task.changed", _("Task changed"))
TASK_DONE = Event("agenda.task.done", _("Task done"))
TASK_TAKEN_BACK = Event("agenda.task.taken_back", _("Task open again"))
TASK_PUT_OFF = Event("agenda.task.put_off", _("Task put off"))
ABSENCE_BEGUN = Event("agenda.absence.set", _("Absence set"))
ABSENCE_ENDED = Event("agenda.absence.ended", _("Absence ended"))
FEED_MADE = Event("agenda.feed.made", _("Calendar address made"))
FEED_ENDED = Event("agenda.feed.ended", _("Calendar address ended"))
