# SPDX-License-Identifier: AGPL-3.0-or-later
"""From what a rule selects to one WHERE clause.

* All memberships of a rule become one ``pk IN (a UNION b ...)`` per guard; own columns are
  or-ed with it. Or-ed ``IN`` subqueries cost 1,000 times as much on PostgreSQL
  (performance.md).
* What forbids becomes own columns or one ``NOT (pk IN ...)``.
* No ``EXISTS``, no join, no ``distinct``; a subquery over the governed table itself is
  refused when the rule is compiled.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import reduce
from operator import or_
from typing import Any

from django.db.models import Model, Q, QuerySet

from exitwork.kernel.facts import Keys
from exitwork.kernel.rules import Among
from exitwork.kernel.selection import Selection, Term

NO_ROW = Q(pk__in=())


def where(model: type[Model], among: Among) -> Q:
    """The condition that selects the permitted rows within bounds less the forbidden ones."""
    if among.forbidden.is_everything or not among.within.terms or not among.permitted.terms:
        return NO_ROW
    permitted = _any_of(model, among.within) & _any_of(model, among.permitted)
    for condition in _conditions(model, among.forbidden):
        permitted &= ~condition
    return permitted


def _any_of(model: type[Model], selection: Selection) -> Q:
    if selection.is_everything:
        return Q()
    first, *others = _conditions(model, selection)
    return reduce(or_, others, first)


def _conditions(model: type[Model], selection: Selection) -> Iterable[Q]:
    """One condition for each way of being selected, memberships of a like guard united."""
    united: list[tuple[Any, str, list[Keys]]] = []
    for term in selection.terms:
        if len(term.keys) == 1 and not term.not_keys:
            only = term.keys[0]
            for guard, column, gathered in united:
                if guard == term.own and column == only.column:
                    gathered.append(only)
                    break
            else:
                united.append((term.own, only.column, [only]))
        else:
            yield _one(model, term)
    for guard, _column, gathered in united:
        inside = _inside(model, gathered)
        yield inside if guard is None else guard & inside


def _one(model: type[Model], term: Term) -> Q:
    condition = Q() if term.own is None else term.own
    for keyset in term.keys:
        condition &= _inside(model, [keyset])
    for keyset in term.not_keys:
        condition &= ~_inside(model, [keyset])
    return condition


def _inside(model: type[Model], gathered: list[Keys]) -> Q:
    """The column of these keys, all of one column, is among their union."""
    querysets: list[QuerySet[Any, Any]] = [keyset.values for keyset in gathered]
    for queryset in querysets:
        if queryset.model is model:
            raise TypeError(f"a membership of {model.__name__} selects from {model.__name__} itself")
    first, *others = querysets
    return Q(**{f"{gathered[0].column}__in": first.union(*others) if others else first})
