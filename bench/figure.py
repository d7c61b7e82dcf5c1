# SPDX-License-Identifier: AGPL-3.0-or-later
"""One figure: what was measured, its floor in the same run, and what was promised."""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import ClassVar


@dataclass(frozen=True, slots=True)
class Figure:
    """A measured value. ``limit`` is for the ratio where there is a floor, else for the value.

    ``at_least`` turns the limit round: requests per second want to be more, not less.
    """

    HEAD: ClassVar[str] = "| measurement | what | value | times the floor | promised |\n|---|---|---|---|---|"

    what: str
    value: float
    unit: str
    floor: float | None = None
    limit: float | None = None
    at_least: bool = False

    @property
    def ratio(self) -> float | None:
        """How many times the floor."""
        return None if self.floor is None or self.floor == 0 else self.value / self.floor

    @property
    def is_kept(self) -> bool:
        """Whether what was promised is kept; a figure without a promise always is."""
        if self.limit is None:
            return True
        shown = self.value if self.ratio is None else self.ratio
        return shown >= self.limit if self.at_least else shown <= self.limit

    def row(self, name: str) -> str:
        """The figure as a line of a table."""
        ratio = "" if self.ratio is None else f"{self.ratio:.2f} x"
        sign = "at least" if self.at_least else "at most"
        promised = "" if self.limit is None else f"{sign} {self.limit:g}"
        missed = "" if self.is_kept else " **missed**"
        return f"| {name} | {self.what} | {self.value:.4g} {self.unit} | {ratio} | {promised}{missed} |"


def median_ms(do: Callable[[], object], *, times: int = 50, warm: int = 5) -> float:
    """The median time of doing something, in milliseconds, after a few that do not count."""
    for _ in range(warm):
        do()
    taken = []
    for _ in range(times):
        begun = time.perf_counter()
        do()
        taken.append(time.perf_counter() - begun)
    return statistics.median(taken) * 1000


def in_turns(
    floor: Callable[[], object], work: Callable[[], object], *, times: int = 40, warm: int = 5
) -> tuple[float, float]:
    """The median times of both in milliseconds, measured one after the other, again and again."""
    taken: tuple[list[float], list[float]] = ([], [])
    for number in range(warm + times):
        for kept, do in zip(taken, (floor, work), strict=True):
            begun = time.perf_counter()
            do()
            if number >= warm:
                kept.append(time.perf_counter() - begun)
    return statistics.median(taken[0]) * 1000, statistics.median(taken[1]) * 1000
