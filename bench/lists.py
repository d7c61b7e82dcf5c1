# SPDX-License-Identifier: AGPL-3.0-or-later
"""The list of cases for a worker, a programme's lead and a lead of everything.

The floor is the same page of 25 with its capped count, restricted by the organisation alone.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

from bench.figure import Figure, in_turns
from bench.world import world
from exitwork.cases import queries
from exitwork.cases.models import Case
from exitwork.pages.lists import COUNT_UP_TO, PER_PAGE

LIMIT = 1.9


def figures() -> Iterator[Figure]:
    """A page with its count, and the page alone, for each reader and for the floor."""
    made = world()
    at = datetime.now(UTC)
    for who, account in (
        ("a worker", made.workers[0]),
        ("a programme's lead", made.programme_lead),
        ("a lead of everything", made.lead),
    ):
        by = made.standing(account)
        asked = queries.case_rows(by=by, at=at, wanted={})
        plain = queries.narrowed(Case.objects.filter(organisation_id=by.ours), {})

        floor, taken = in_turns(
            lambda rows=plain: _page(rows),  # type: ignore[misc]
            lambda by=by: _page(queries.case_rows(by=by, at=at, wanted={})),  # type: ignore[misc]
        )
        yield Figure(f"page of 25 and count, {who}", taken, "ms", floor=floor, limit=LIMIT)
        floor, taken = in_turns(
            lambda rows=plain: list(rows[:PER_PAGE].all()), lambda rows=asked: list(rows[:PER_PAGE].all())
        )  # type: ignore[misc]
        yield Figure(f"the page alone, {who}", taken, "ms", floor=floor)
        if os.environ.get("EXITWORK_BENCH_EXPLAIN"):
            print(f"{who}, page:\n{asked[:PER_PAGE].explain()}")
            print(f"{who}, count:\n{_counted(asked).explain()}")


def _page(rows: Any) -> None:
    list(rows[:PER_PAGE])
    _counted(rows).count()


def _counted(rows: Any) -> Any:
    return rows.order_by().values("pk")[: COUNT_UP_TO + 1]
