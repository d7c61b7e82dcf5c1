# SPDX-License-Identifier: AGPL-3.0-or-later
"""What the vault raises.

* ``BudgetSpent``, ``KeyDestroyed`` and ``NoCompartment`` are refusals: people may read them as
  they stand, and the page boundary records them like any other.
* ``VaultLocked`` is no refusal, for nothing can be recorded about a thing while all is locked:
  a page answers it with its sentence and nothing else.
* None of them carries a key, sealed bytes, plain text or a name.
"""

from __future__ import annotations

from typing import Any

from exitwork.kernel.decisions import Refusal, Refused
from exitwork.vault import words
from exitwork.vault.problems import Code, KeeperProblem


class VaultLocked(Exception):
    """Nothing sealed can be read or written now. ``reason`` is the sentence to show."""

    def __init__(self, reason: Any = words.LOCKED) -> None:
        super().__init__("vault.locked")
        self.reason = reason

    def __str__(self) -> str:
        return str(self.reason)


class SealBroken(Exception):
    """Sealed bytes were changed, or stand under a name or row they were not sealed for."""

    def __init__(self, reason: Any = words.BROKEN) -> None:
        super().__init__("vault.broken")
        self.reason = reason

    def __str__(self) -> str:
        return str(self.reason)


class KeyMissing(LookupError):
    """Nobody made a key for this subject: a fault in the program, never a person's."""


class KeyDestroyed(Refusal):
    """What this key sealed is erased; it can't be opened and nothing new is sealed under it."""

    def __init__(self) -> None:
        super().__init__(Refused(words.DESTROYED, "vault.key-destroyed"))


class BudgetSpent(Refusal):
    """More was opened than one person, or the installation, may. ``seconds`` until it may go on."""

    def __init__(self, how: str, window: str, seconds: int) -> None:
        super().__init__(Refused(words.SPENT[(how, window)], f"vault.budget-spent.{how}"))
        self.seconds = seconds


class NoCompartment(Refusal):
    """Tier 4 has no compartments yet: nothing of it is stored or read."""

    def __init__(self) -> None:
        super().__init__(Refused(words.NO_COMPARTMENT, "vault.no-compartment"))


def as_told_to_people(problem: KeeperProblem) -> Exception:
    """What a keyholder's no means to the program above it."""
    if problem.code is Code.LOCKED:
        return VaultLocked()
    if problem.code is Code.BUDGET_SPENT:
        about = problem.about
        return BudgetSpent(str(about["how"]), str(about["window"]), int(about["seconds"]))
    if problem.code is Code.UNKNOWN_MASTER:
        return SealBroken(words.OTHER_MASTER)
    if problem.code is Code.BROKEN:
        return SealBroken()
    return RuntimeError(f"the keyholder said {problem.code.value}")
