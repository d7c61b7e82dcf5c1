# SPDX-License-Identifier: AGPL-3.0-or-later
"""Whole pages: the list, a case, a case of 500 contacts, my day, a timeline of ten years."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime

from bench.figure import Figure
from bench.requests import Browser, measured, session
from bench.world import world
from exitwork.cases.models import Case

TIMES = 60


def figures() -> Iterator[Figure]:
    """Each page with its promises."""
    made = world()
    asa = Browser(session(made.asa, made.large))
    first = (
        Case.objects.visible_to(made.standing(made.workers[0]), datetime.now(UTC))
        .values_list("ref", flat=True)
        .first()
    )
    worker = Browser(session(made.workers[0], made.large))
    yield from measured("one word (/healthz)", worker, "/healthz", times=TIMES)
    yield from measured("list of cases", worker, "/cases/", times=TIMES)
    yield from measured("case page", worker, f"/cases/{first}/", times=TIMES)
    yield from measured(
        "case page, 500 contacts", asa, f"/cases/{made.long_case}/", times=TIMES, ms=60, queries=15
    )
    yield from measured("my day, 30 cases", asa, "/", times=TIMES, ms=50)
    yield from measured(
        "timeline of ten years", asa, f"/cases/{made.old_case}/timeline/", times=TIMES, ms=100
    )
