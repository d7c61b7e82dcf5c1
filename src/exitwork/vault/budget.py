# SPDX-License-Identifier: AGPL-3.0-or-later
"""How much may be opened: counted in the keyholder, where the web processes can't reach.

* Outside one's assignments and in exports, different subjects count, per account, minute and
  day; opening the same one again counts nothing.
* A search counts once, whatever it reads. One's own work counts nothing.
* Above all of it stands a generous ceiling for the whole installation, counted in keys, because
  a taken-over web process can lie about accounts.
* A request that would go over counts nothing and opens nothing. Counts live as long as the
  keyholder: starting it again begins at nought.
"""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass, field
from typing import ClassVar

from exitwork.vault.problems import Code, KeeperProblem

WINDOWS = {"minute": 60, "day": 86_400}


@dataclass(frozen=True, slots=True)
class Limit:
    """How many in a minute and how many in a day."""

    minute: int
    day: int

    @classmethod
    def read(cls, text: str) -> Limit:
        """Read "200/2000".

        :raises ValueError: unless it is two whole numbers above nought.
        """
        minute, _, day = text.partition("/")
        limit = cls(int(minute), int(day))
        if min(limit.minute, limit.day) < 1:
            raise ValueError(f"{text!r} allows nothing at all")
        return limit

    def __str__(self) -> str:
        return f"{self.minute}/{self.day}"


@dataclass(frozen=True, slots=True)
class Limits:
    """What one account, and everyone together, may open."""

    outside: Limit = Limit(60, 500)
    export: Limit = Limit(30, 200)
    search: Limit = Limit(60, 2_000)
    everything: Limit = Limit(50_000, 1_000_000)

    NAMES: ClassVar[tuple[str, ...]] = ("outside", "export", "search", "everything")

    @classmethod
    def read(cls, given: dict[str, str]) -> Limits:
        """Read limits by name; a name left out keeps its default.

        :raises ValueError: for a name or number that means nothing.
        """
        unknown = given.keys() - set(cls.NAMES)
        if unknown:
            raise ValueError(f"there is no limit called {sorted(unknown)[0]}")
        return cls(**{name: Limit.read(text) for name, text in given.items()})


@dataclass(slots=True)
class _Window:
    number: int = -1
    seen: set[str] = field(default_factory=set)
    count: int = 0

    def roll(self, number: int) -> None:
        if number != self.number:
            self.number, self.seen, self.count = number, set(), 0


class Budget:
    """The counts of one keyholder. Not safe for threads by itself; the keeper holds a lock."""

    def __init__(self, limits: Limits, clock: Callable[[], float]) -> None:
        self._limits = limits
        self._clock = clock
        self._windows: dict[tuple[str, str, str], _Window] = {}
        self._day = -1

    def spend(self, *, account: str, how: str, subjects: Collection[str], keys: int) -> None:
        """Count one request, or refuse it and count nothing.

        :raises KeeperProblem: BUDGET_SPENT with how, window and the seconds to wait.
        """
        now = self._clock()
        self._forget_yesterday(now)
        charges: list[tuple[_Window, Collection[str], int]] = []
        if how in ("outside", "export"):
            charges += self._weigh(now, account, how, subjects, 0)
        elif how == "search":
            charges += self._weigh(now, account, how, (), 1)
        charges += self._weigh(now, "", "everything", (), keys)
        for window, different, count in charges:
            window.seen.update(different)
            window.count += count

    def _weigh(
        self, now: float, account: str, how: str, subjects: Collection[str], count: int
    ) -> list[tuple[_Window, Collection[str], int]]:
        limit: Limit = getattr(self._limits, how)
        charges: list[tuple[_Window, Collection[str], int]] = []
        for name, seconds in WINDOWS.items():
            window = self._windows.setdefault((account, how, name), _Window())
            window.roll(int(now // seconds))
            new = set(subjects) - window.seen
            if len(window.seen) + len(new) + window.count + count > getattr(limit, name):
                wait = seconds - int(now % seconds)
                raise KeeperProblem(Code.BUDGET_SPENT, how=how, window=name, seconds=wait)
            charges.append((window, new, count))
        return charges

    def _forget_yesterday(self, now: float) -> None:
        day = int(now // WINDOWS["day"])
        if day != self._day:
            self._day = day
            self._windows.clear()
