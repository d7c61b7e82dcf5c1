# SPDX-License-Identifier: AGPL-3.0-or-later
"""The list of cases for a worker, a programme's lead and a lead of everything.

The floor is the same page of 25 with its capped count, restricted by the organisation alone.
Both are built, sent and read anew each time, as a request does. ``in the database`` is the same
without building: statements ready to be sent.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from typing import Any

from django.db import connection

from bench.figure import Figure, in_turns
from bench.world import world
from exitwork.cases import queries
from exitwork.cases.models import Case
from exitwork.kernel.standing import Standing
from exitwork.pages.lists import COUNT_UP_TO, PER_PAGE

LIMIT = 1.9


def figures() -> Iterator[Figure]:
    """A page with its count for each reader, beside its floor."""
    made = world()
    for who, account in (
        ("a worker", made.workers[0]),
        ("a programme's lead", made.programme_lead),
        ("a lead of everything", made.lead),
    ):
        by, at = made.standing(account), datetime.now(UTC)
        plain, asked = _plain(by), _asked(by, at)
        floor, taken = in_turns(lambda rows=plain: _page(rows()), lambda rows=asked: _page(rows()))  # type: ignore[misc]
        yield Figure(f"page of 25 and count, {who}", taken, "ms", floor=floor, limit=LIMIT)
        floor, taken = in_turns(_sent(plain()), _sent(asked()), times=200)
        yield Figure(f"in the database, {who}", taken, "ms", floor=floor)
        if os.environ.get("EXITWORK_BENCH_EXPLAIN"):
            print(f"{who}, page:\n{asked()[:PER_PAGE].explain()}")
            print(f"{who}, count:\n{_counted(asked()).explain()}")


def _plain(by: Standing) -> Callable[[], Any]:
    return lambda: queries.narrowed(Case.objects.filter(organisation_id=by.ours), {})


def _asked(by: Standing, at: datetime) -> Callable[[], Any]:
    return lambda: queries.case_rows(by=by, at=at, wanted={})


def _page(rows: Any) -> None:
    list(rows[:PER_PAGE])
    _counted(rows).count()


def _counted(rows: Any) -> Any:
    return rows.order_by().values("pk")[: COUNT_UP_TO + 1]


def _sent(rows: Any) -> Callable[[], None]:
    statements = [
        wanted.query.get_compiler("default").as_sql() for wanted in (rows[:PER_PAGE], _counted(rows))
    ]

    def send() -> None:
        with connection.cursor() as cursor:
            for sql, params in statements:
                cursor.execute(sql, params)
                cursor.fetchall()

    return send
