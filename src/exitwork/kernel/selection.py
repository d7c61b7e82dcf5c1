# SPDX-License-Identifier: AGPL-3.0-or-later
"""What a rule selects out of a table, folded before any database sees it.

* A selection is an or of terms; a term is an and of: a predicate over the row's own columns,
  key sets the row must be in, and key sets it must not be in.
* ``NOTHING`` and ``EVERYTHING`` are explicit values: an empty filter never silently means all.
* Predicates and key sets are opaque; predicates must understand ``& | ~``.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Term:
    """One way to be selected. ``own`` is None when the row's own columns do not matter."""

    own: Any = None
    keys: tuple[Any, ...] = ()
    not_keys: tuple[Any, ...] = ()

    @property
    def is_everything(self) -> bool:
        """Whether the term asks nothing."""
        return self.own is None and not self.keys and not self.not_keys

    def __and__(self, other: Term) -> Term:
        own = other.own if self.own is None else self.own if other.own is None else self.own & other.own
        return Term(own, self.keys + other.keys, self.not_keys + other.not_keys)

    def opposite(self) -> Selection:
        """Whatever this term does not select."""
        outside: list[Term] = []
        if self.own is not None:
            outside.append(Term(own=~self.own))
        outside.extend(Term(not_keys=(keys,)) for keys in self.keys)
        outside.extend(Term(keys=(keys,)) for keys in self.not_keys)
        return Selection(tuple(outside))


@dataclass(frozen=True, slots=True)
class Selection:
    """Any of its terms."""

    terms: tuple[Term, ...]

    @property
    def is_everything(self) -> bool:
        """Whether some term asks nothing."""
        return any(term.is_everything for term in self.terms)

    def __or__(self, other: Selection) -> Selection:
        if self.is_everything or other.is_everything:
            return EVERYTHING
        return Selection(self.terms + other.terms)

    def __and__(self, other: Selection) -> Selection:
        return Selection(tuple(one & another for one in self.terms for another in other.terms))

    def __invert__(self) -> Selection:
        outside = EVERYTHING
        for term in self.terms:
            outside &= term.opposite()
        return outside


NOTHING = Selection(())
EVERYTHING = Selection((Term(),))
