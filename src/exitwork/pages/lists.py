# SPDX-License-Identifier: AGPL-3.0-or-later
"""Lists: one query for the page, one capped count, rows as values.

A count stops at a thousand: "more than 1,000" is as useful and costs nothing (performance.md).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet

from exitwork.pages.boundary import note_look
from exitwork.pages.requests import Request

PER_PAGE = 25
COUNT_UP_TO = 1_000


@dataclass(frozen=True, slots=True)
class Listing:
    """One page of a list."""

    rows: Sequence[Any]
    number: int
    count: int
    is_capped: bool
    per_page: int = PER_PAGE

    @property
    def first(self) -> int:
        """The place of the first row shown, from 1; 0 when there is none."""
        return (self.number - 1) * self.per_page + 1 if self.rows else 0

    @property
    def last(self) -> int:
        """The place of the last row shown."""
        return self.first + len(self.rows) - 1 if self.rows else 0

    @property
    def has_next(self) -> bool:
        """Whether more rows follow."""
        return self.is_capped or self.last < self.count

    @property
    def has_previous(self) -> bool:
        """Whether rows come before."""
        return self.number > 1

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing at all."""
        return not self.rows


def listed(
    request: Request, rows: QuerySet[Any, Any], *, per_page: int = PER_PAGE, ref: str = "ref"
) -> Listing:
    """The page of an ordered, visible queryset that the request asks for; its look is noted.

    ``ref`` names the attribute or key by which each shown row is recorded.
    """
    number = _number(request)
    start = (number - 1) * per_page
    shown = list(rows[start : start + per_page])
    counted = rows.order_by().values("pk")[: COUNT_UP_TO + 1].count()
    note_look(request, listed=tuple(_reference(row, ref) for row in shown))
    return Listing(shown, number, min(counted, COUNT_UP_TO), counted > COUNT_UP_TO, per_page)


def _reference(row: Any, ref: str) -> str:
    return str(row[ref] if isinstance(row, dict) else getattr(row, ref))


def _number(request: Request) -> int:
    asked = request.GET.get("page", "1")
    return max(1, min(int(asked), 10_000)) if asked.isdecimal() and asked.isascii() and len(asked) < 6 else 1
