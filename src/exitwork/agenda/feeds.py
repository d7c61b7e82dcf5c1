# SPDX-License-Identifier: AGPL-3.0-or-later
"""Somebody's appointments as an iCalendar file: times and a number, nothing else (S7).

* No place, no name, no kind, no reference: who looks over a shoulder or finds the phone learns
  that there is an appointment.
* The identity of an event is made from the address's own secret hash: two files can't be joined.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime
from hashlib import sha256

from django.utils.translation import gettext as _
from icalendar import Calendar, Event

from exitwork.agenda.models import Appointment, Feed


def calendar_of(feed: Feed, appointments: Iterable[Appointment]) -> bytes:
    """The file a calendar program reads."""
    calendar = Calendar()
    calendar.add("prodid", "-//calendar//")
    calendar.add("version", "2.0")
    calendar.add("x-wr-calname", _("Calendar"))
    for appointment in appointments:
        event = Event()
        event.add("uid", _uid(feed, appointment))
        event.add("summary", _("Appointment %(number)s") % {"number": appointment.number})
        event.add("dtstamp", appointment.planned_at.astimezone(UTC))
        event.add("sequence", appointment.version)
        event.add("dtstart", _utc(appointment.starts_at))
        event.add("dtend", _utc(appointment.ends_at))
        calendar.add_component(event)
    return bytes(calendar.to_ical())


def _uid(feed: Feed, appointment: Appointment) -> str:
    return sha256(f"{feed.digest}\n{appointment.number}".encode()).hexdigest()[:32]


def _utc(moment: datetime) -> datetime:
    return moment.astimezone(UTC)
