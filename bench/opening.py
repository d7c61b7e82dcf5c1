# SPDX-License-Identifier: AGPL-3.0-or-later
"""May I open this case: looking it up among what I may see, and the decision about it.

The floor is the same row looked up by its reference, with no rule asked.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime

from bench.figure import Figure, in_turns
from bench.world import world
from exitwork.cases.models import Case
from exitwork.cases.rules import may_read_case

LIMIT = 2.0


def figures() -> Iterator[Figure]:
    """For a worker on the team, for the lead, and for somebody who may not."""
    made = world()
    at = datetime.now(UTC)
    asa = made.standing(made.asa)
    refs = list(Case.objects.visible_to(asa, at).values_list("ref", flat=True))
    for who, account in (
        ("of the team", made.asa),
        ("lead of everything", made.lead),
        ("who may not", made.workers[0]),
    ):
        by = made.standing(account)
        turn = iter(refs * 100)
        again = iter(refs * 100)

        def plain(turn: Iterator[str] = turn) -> None:
            Case.objects.filter(ref=next(turn)).first()

        def asked(by: object = by, again: Iterator[str] = again) -> None:
            found = list(Case.objects.visible_to(by, at).filter(ref=next(again))[:2])  # type: ignore[arg-type]
            if found:
                may_read_case.decide(by, found[0], at)  # type: ignore[arg-type]

        floor, taken = in_turns(plain, asked, times=300)
        yield Figure(f"may I open this, {who}", taken, "ms", limit=LIMIT)
        yield Figure(f"looked up without a rule, {who}", floor, "ms")
