# SPDX-License-Identifier: AGPL-3.0-or-later
"""Facts: one sentence about a standing and a thing, with a Python and an SQL reading.

* ``holds`` decides about one thing; ``selects`` picks the same things out of a table. A test
  compares the two over random worlds.
* The SQL reading has one of two shapes (design.md 4): *own*, the row says it itself, or
  *membership*, another table says it by naming keys. A fact about the standing alone is an
  own reading that answers True or False.
* Inside ``asked_once`` (a page that only shows) a fact about one thing is asked once; a change
  asks anew, and so does everything after it.
* Facts are combined with ``& | ~``. Nothing here knows a database: what ``selects`` returns
  is opaque and only folded.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from exitwork.kernel.selection import EVERYTHING, NOTHING, Selection, Term
from exitwork.kernel.standing import Standing

Holds = Callable[[Standing, Any, datetime], bool]
Reads = Callable[[Standing, datetime], Any]

# What was asked already: the answer, and what it was asked about, kept alive so that no id is used again.
_answers: ContextVar[dict[Any, tuple[bool, Standing, Any]] | None] = ContextVar("facts_answers", default=None)


@contextmanager
def asked_once() -> Iterator[None]:
    """Inside, each fact about one thing at one moment is asked once.

    For a page that only shows, and for a single decision: a refusal names the nearest way, and would
    ask everything a second time.
    """
    if _answers.get() is not None:
        yield
        return
    token = _answers.set({})
    try:
        yield
    finally:
        _answers.reset(token)


@contextmanager
def asked_anew() -> Iterator[None]:
    """Inside, every fact is asked each time, and nothing answered before is believed afterwards."""
    before = _answers.get()
    token = _answers.set(None)
    try:
        yield
    finally:
        _answers.reset(token)
        if before is not None:
            before.clear()


@dataclass(frozen=True, slots=True)
class Own:
    """The row itself says it: ``reads`` gives a predicate over its columns, or True or False."""

    reads: Reads


@dataclass(frozen=True, slots=True)
class Membership:
    """Another table says it: ``reads`` gives keys; the thing's ``column`` must be among them."""

    reads: Reads
    column: str = "pk"


@dataclass(frozen=True, slots=True)
class Keys:
    """Keys that a column of the thing must be among."""

    column: str
    values: Any


class Expression:
    """A fact, or facts combined."""

    __slots__ = ()

    def __and__(self, other: Expression) -> Expression:
        return And(self, other)

    def __or__(self, other: Expression) -> Expression:
        return Or(self, other)

    def __invert__(self) -> Expression:
        return Not(self)

    def holds(self, by: Standing, thing: Any, at: datetime) -> bool:
        """Whether it is true of this standing and this thing."""
        raise NotImplementedError

    def selects(self, by: Standing, at: datetime, whole: Any = None) -> Selection:
        """The things of a table it is true of; with a whole, among the parts of that whole."""
        raise NotImplementedError

    def missing(self, by: Standing, thing: Any, at: datetime) -> tuple[Fact, ...]:
        """The facts that would have to become true, nearest way first; empty when it holds."""
        raise NotImplementedError

    def formula(self) -> Any:
        """The expression as nested tuples over fact symbols, for the prover."""
        raise NotImplementedError

    def facts(self) -> tuple[Fact, ...]:
        """Every fact named in it."""
        raise NotImplementedError


@dataclass(frozen=True, slots=True, eq=False)
class Fact(Expression):
    """One sentence that is true or not.

    ``of_whole`` decides it once for all parts of one whole (the contacts of a case), so that a
    list inside the whole need not ask another table again.
    ``lacking`` says what is missing and who can mend it, when a permit needs the fact;
    ``bars`` says why, when the fact forbids. ``wall`` is shown instead of either where the
    truth would tell its reader what he may not see (S3).
    """

    symbol: str
    says: Any
    truth: Holds
    reading: Own | Membership | None = None
    lacking: Any = ""
    bars: Any = ""
    wall: Any = None
    of_whole: Holds | None = None

    def holds(self, by: Standing, thing: Any, at: datetime) -> bool:
        answers = _answers.get()
        if answers is None:
            return bool(self.truth(by, thing, at))
        key = (self, id(by), type(thing), getattr(thing, "pk", None) or id(thing), at)
        if key not in answers:
            answers[key] = (bool(self.truth(by, thing, at)), by, thing)
        return answers[key][0]

    def selects(self, by: Standing, at: datetime, whole: Any = None) -> Selection:
        if whole is not None and self.of_whole is not None:
            return EVERYTHING if self.of_whole(by, whole, at) else NOTHING
        if self.reading is None:
            raise LookupError(f"the fact {self.symbol} decides about one thing and cannot select a list")
        found = self.reading.reads(by, at)
        if isinstance(self.reading, Membership):
            return NOTHING if found is None else Selection((Term(keys=(Keys(self.reading.column, found),)),))
        if isinstance(found, bool):
            return EVERYTHING if found else NOTHING
        return Selection((Term(own=found),))

    def missing(self, by: Standing, thing: Any, at: datetime) -> tuple[Fact, ...]:
        return () if self.holds(by, thing, at) else (self,)

    def formula(self) -> Any:
        return self.symbol

    def facts(self) -> tuple[Fact, ...]:
        return (self,)


class And(Expression):
    """All of them."""

    __slots__ = ("parts",)

    def __init__(self, *parts: Expression) -> None:
        self.parts = parts

    def holds(self, by: Standing, thing: Any, at: datetime) -> bool:
        return all(part.holds(by, thing, at) for part in self.parts)

    def selects(self, by: Standing, at: datetime, whole: Any = None) -> Selection:
        selected = EVERYTHING
        for part in self.parts:
            selected &= part.selects(by, at, whole)
            if not selected.terms:
                return NOTHING
        return selected

    def missing(self, by: Standing, thing: Any, at: datetime) -> tuple[Fact, ...]:
        return tuple(fact for part in self.parts for fact in part.missing(by, thing, at))

    def formula(self) -> Any:
        return ("and", *(part.formula() for part in self.parts))

    def facts(self) -> tuple[Fact, ...]:
        return tuple(fact for part in self.parts for fact in part.facts())


class Or(Expression):
    """Any of them."""

    __slots__ = ("parts",)

    def __init__(self, *parts: Expression) -> None:
        self.parts = parts

    def holds(self, by: Standing, thing: Any, at: datetime) -> bool:
        return any(part.holds(by, thing, at) for part in self.parts)

    def selects(self, by: Standing, at: datetime, whole: Any = None) -> Selection:
        selected = NOTHING
        for part in self.parts:
            selected |= part.selects(by, at, whole)
        return selected

    def missing(self, by: Standing, thing: Any, at: datetime) -> tuple[Fact, ...]:
        ways = [part.missing(by, thing, at) for part in self.parts]
        return min(ways, key=len) if ways else ()

    def formula(self) -> Any:
        return ("or", *(part.formula() for part in self.parts))

    def facts(self) -> tuple[Fact, ...]:
        return tuple(fact for part in self.parts for fact in part.facts())


class Not(Expression):
    """The opposite."""

    __slots__ = ("part",)

    def __init__(self, part: Expression) -> None:
        self.part = part

    def holds(self, by: Standing, thing: Any, at: datetime) -> bool:
        return not self.part.holds(by, thing, at)

    def selects(self, by: Standing, at: datetime, whole: Any = None) -> Selection:
        return ~self.part.selects(by, at, whole)

    def missing(self, by: Standing, thing: Any, at: datetime) -> tuple[Fact, ...]:
        return self.part.facts() if self.part.holds(by, thing, at) else ()

    def formula(self) -> Any:
        return ("not", self.part.formula())

    def facts(self) -> tuple[Fact, ...]:
        return self.part.facts()
