# SPDX-License-Identifier: AGPL-3.0-or-later
"""Events and people for the tests of this room."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID, uuid4

from exitwork import journal
from exitwork.journal.models import Message
from exitwork.journal.words import Kind
from exitwork.kernel.events import Event, Happening
from exitwork.kernel.standing import Standing, machine

MADE = Event("test.thing.made", "A thing was made")
CHANGED = Event("test.thing.changed", "A thing was changed")
LOOKED = Event("test.thing.looked_at", "A thing was looked at", Happening.LOOK)

ASA = Standing(account=UUID(int=0xA5A), name="Asa", organisation=UUID(int=0x0510), is_active=True)
PER = Standing(account=UUID(int=0x9E4), name="Per", organisation=UUID(int=0x0510), is_active=True)
THE_TEST = machine("test")


def unsaved(at: datetime, key: str = "") -> Message:
    """A recorded row, not yet saved. Any recorded model would do; this one is at hand."""
    identity = uuid4()
    return Message(
        id=identity,
        kind=Kind.EMAIL,
        address="asa@exit.example",
        template="test.thing.new",
        subject=identity,
        idempotency_key=key or str(identity),
        put_at=at,
    )


def a_thing(at: datetime) -> Message:
    """A recorded row, saved."""
    thing = unsaved(at)
    with journal.recorded(MADE, by=THE_TEST, at=at) as entry:
        thing.save(force_insert=True)
        entry.about(thing)
    return thing
