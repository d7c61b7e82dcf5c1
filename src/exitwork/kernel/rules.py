# SPDX-License-Identifier: AGPL-3.0-or-later
"""A rule: named facts combined into what permits and what forbids, read in five ways.

* Forbid wins. No permit, an unknown fact or an error means refused.
* ``decide`` answers about one thing, ``among`` selects a list, ``explain`` says why,
  ``fields`` says which tiers open, ``formula`` is what the prover reads. All five read the
  same facts, so a list and a rule can't disagree.
"""

from __future__ import annotations

import logging
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from exitwork.kernel.decisions import Allowed, Decision, Refused
from exitwork.kernel.facts import And, Expression, Fact, Not, Or, asked_once
from exitwork.kernel.secrecy import Tier
from exitwork.kernel.selection import EVERYTHING, NOTHING, Selection
from exitwork.kernel.standing import Standing

logger = logging.getLogger(__name__)

ALWAYS_OPEN = frozenset({Tier.PUBLIC, Tier.OPERATIONAL})


@dataclass(frozen=True, slots=True)
class Among:
    """What a rule selects: the permitted within its bounds, less the forbidden.

    The bounds stay apart, so that they are asked once and not again in every way to be permitted.
    """

    permitted: Selection
    forbidden: Selection
    within: Selection = EVERYTHING


@dataclass(frozen=True, slots=True)
class Line:
    """One line of an explanation: a fact, whether it is true here, and what it does for the answer."""

    fact: Fact
    is_true: bool
    forbids: bool


class Rule:
    """Who may do one thing.

    :param within: must hold besides any permit (isolation: the organisations in reach).
    :param opens: further tiers of fields, each with what opens it.
    :param otherwise: the sentence when no permit is near enough to name what is missing.
    """

    def __init__(
        self,
        name: str,
        *,
        permits: Sequence[Expression],
        forbids: Sequence[Expression] = (),
        within: Expression | None = None,
        opens: Mapping[Tier, Expression] | None = None,
        otherwise: Any = "",
    ) -> None:
        self.name = name
        self.permits = tuple(permits)
        self.forbids = tuple(forbids)
        self.within = within
        self.opens = dict(opens or {})
        self.otherwise = otherwise

    def __repr__(self) -> str:
        return f"<Rule {self.name}>"

    def decide(self, by: Standing, thing: Any, at: datetime) -> Decision:
        """Whether the standing may do this to the thing, and if not, why."""
        try:
            with asked_once():
                return self._decide(by, thing, at)
        except Exception:
            # A fact that cannot be read must never open a door; the log keeps the fault findable.
            logger.exception("the rule %s could not be read", self.name)
            return Refused(self.otherwise or self.name, f"{self.name}.unreadable")

    def among(self, by: Standing, at: datetime, whole: Any = None) -> Among:
        """The things the standing may do this to, as selections of what is permitted and forbidden.

        With ``whole``, only parts of that one whole are asked about (the caller filters by it).
        """
        permitted = Or(*self.permits).selects(by, at, whole) if self.permits else NOTHING
        forbidden = Or(*self.forbids).selects(by, at, whole) if self.forbids else NOTHING
        if self.within is None or not permitted.terms:
            return Among(permitted, forbidden)
        return Among(permitted, forbidden, self.within.selects(by, at, whole))

    def explain(self, by: Standing, thing: Any, at: datetime) -> tuple[Line, ...]:
        """Every fact the rule reads, with its truth here, forbidding ones first."""
        bars = {fact: True for forbid in self.forbids for fact in forbid.facts()}
        asked = dict.fromkeys((*bars, *(fact for permit in self.permits for fact in permit.facts())))
        if self.within is not None:
            asked = dict.fromkeys((*asked, *self.within.facts()))
        return tuple(Line(fact, fact.holds(by, thing, at), fact in bars) for fact in asked)

    def fields(self, by: Standing, thing: Any, at: datetime) -> frozenset[Tier]:
        """The tiers of the thing's fields that open to the standing; none when refused."""
        with asked_once():
            if not self.decide(by, thing, at):
                return frozenset()
            further = {tier for tier, opening in self.opens.items() if opening.holds(by, thing, at)}
            return ALWAYS_OPEN | further

    def formula(self, tier: Tier | None = None) -> Any:
        """The rule over fact symbols; with a tier, what opens that tier's fields."""
        parts: list[Expression] = [Or(*self.permits)]
        if self.within is not None:
            parts.append(self.within)
        parts.extend(Not(forbid) for forbid in self.forbids)
        if tier is not None and tier not in ALWAYS_OPEN:
            if tier not in self.opens:
                return ("or",)
            parts.append(self.opens[tier])
        return And(*parts).formula()

    def facts(self) -> tuple[Fact, ...]:
        """Every fact the rule reads."""
        inside = (self.within,) if self.within is not None else ()
        every = (*self.permits, *self.forbids, *inside, *self.opens.values())
        return tuple(dict.fromkeys(fact for part in every for fact in part.facts()))

    def _decide(self, by: Standing, thing: Any, at: datetime) -> Decision:
        for forbid in self.forbids:
            if forbid.holds(by, thing, at):
                fact = forbid.facts()[0]
                return Refused(fact.bars or self.otherwise, f"{self.name}.{fact.symbol}", fact.wall)
        if self.within is not None and not self.within.holds(by, thing, at):
            fact = self.within.missing(by, thing, at)[0]
            return Refused(fact.lacking or self.otherwise, f"{self.name}.{fact.symbol}", fact.wall)
        for permit in self.permits:
            if permit.holds(by, thing, at):
                return Allowed(tuple(fact.symbol for fact in permit.facts()))
        nearest = Or(*self.permits).missing(by, thing, at) if self.permits else ()
        for fact in nearest:
            if fact.lacking or fact.wall:
                return Refused(fact.lacking or self.otherwise, f"{self.name}.{fact.symbol}", fact.wall)
        return Refused(self.otherwise, f"{self.name}.no_permit")
