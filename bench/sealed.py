# SPDX-License-Identifier: AGPL-3.0-or-later
"""What sealing costs: a list that opens what it shows, and looking through very many notes.

The floors: the same list whose notes stay closed; the same notes' words already in memory.
"""

from __future__ import annotations

import time
from collections.abc import Iterator
from datetime import UTC, datetime

from bench.figure import Figure, in_turns
from bench.world import world
from exitwork.cases.models import Case
from exitwork.contacts.models import Contact
from exitwork.contacts.queries import stream
from exitwork.vault.keys import load_keys
from exitwork.workplace.queries import search

SHOWN = 25
SECONDS = 1.5
MANY = 200_000


def figures() -> Iterator[Figure]:
    """The stream of a case, opened and not; then the archive's notes."""
    made = world()
    at = datetime.now(UTC)
    asa = made.standing(made.asa)
    case = Case.objects.get(ref=made.long_case)

    def closed() -> None:
        for contact in stream(case, by=asa, at=at)[:SHOWN]:
            repr(contact.text)

    def opened() -> None:
        for contact in stream(case, by=asa, at=at)[:SHOWN]:
            contact.text.open()

    floor, taken = in_turns(closed, opened, times=100)
    yield Figure(f"{SHOWN} notes with their text opened", taken, "ms", floor=floor, limit=1.2)

    lead = made.standing(made.archive_lead, made.archive)
    mine = Contact.objects.visible_to(lead, at)
    load_keys([])
    many = mine.count()
    for word in ("zugzwang", "züge", "الحرية"):
        search(word, by=lead, at=at)
        taken = min(_seconds(lambda word=word: search(word, by=lead, at=at)) for _ in range(3))  # type: ignore[misc]
        kind = "ASCII" if word.isascii() else "marked" if word[0] == "z" else "Arabic"
        limit = SECONDS if many >= MANY else SECONDS * many / MANY
        yield Figure(f"{many:,} notes looked through for a word ({kind})", taken, "s", limit=limit)


def _seconds(work: object) -> float:
    begun = time.perf_counter()
    work()  # type: ignore[operator]
    return time.perf_counter() - begun
