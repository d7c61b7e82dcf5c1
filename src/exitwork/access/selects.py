# SPDX-License-Identifier: AGPL-3.0-or-later
"""The two shapes of a fact's SQL reading, and the shield that lets a list's order lead.

* ``own``: the row says it itself. Return True, False, or a ``Q`` over columns that are never
  null, with the standing's values as constants.
* ``membership``: another table says it. Return a queryset of one column of keys, or None
  where there can be none. Never a queryset over the governed table itself.
* ``column_in`` shields its column from its index on SQLite (unary ``+``), else the planner
  follows that index inside an OR and sorts thousands of rows for a page of 25
  (performance.md: 16 ms against 0.25 ms at a million cases).
"""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from typing import Any

from django.db.models import Field, ForeignObject, Q, QuerySet
from django.db.models.fields.related_lookups import RelatedIn
from django.db.models.lookups import In

from exitwork.kernel.facts import Membership, Own
from exitwork.kernel.standing import Standing


class _Shielded:
    """``column IN (...)`` whose column SQLite may not look up by index."""

    lookup_name = "shielded_in"

    def process_lhs(self, compiler: Any, connection: Any, lhs: Any = None) -> tuple[str, list[Any]]:
        """The column, with a plus before it on SQLite."""
        sql, params = super().process_lhs(compiler, connection, lhs)  # type: ignore[misc]
        return (f"+{sql}" if connection.vendor == "sqlite" else sql), list(params)


class ShieldedIn(_Shielded, In):  # type: ignore[type-arg]
    """For plain columns."""


class ShieldedRelatedIn(_Shielded, RelatedIn):
    """For columns that point at another table."""


Field.register_lookup(ShieldedIn)
ForeignObject.register_lookup(ShieldedRelatedIn)


def own(reads: Any) -> Own:
    """A reading over the row's own columns: ``fn(by, at) -> Q | bool``."""
    return Own(reads)


def membership(reads: Any, column: str = "pk") -> Membership:
    """A reading over another table: ``fn(by, at) -> queryset of keys | None``, matched by a column."""
    return Membership(reads, column)


def column_in(column: str, values: Collection[Any]) -> Q | bool:
    """The row's column is one of these values; False for no values, so that nothing is selected."""
    return Q(**{f"{column}__shielded_in": sorted(values, key=str)}) if values else False


def about_standing(test: Any) -> Own:
    """A fact about the standing alone: ``fn(by) -> bool``."""

    def reads(by: Standing, _at: datetime) -> bool:
        return bool(test(by))

    return Own(reads)


def keys(queryset: QuerySet[Any, Any], column: str) -> QuerySet[Any, Any]:
    """One column of keys, unordered, ready to be united with others."""
    return queryset.order_by().values(column)
