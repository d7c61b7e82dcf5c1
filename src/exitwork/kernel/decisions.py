# SPDX-License-Identifier: AGPL-3.0-or-later
"""A rule's answer: allowed, or refused with the sentence that says what is missing.

* The same sentence stands beside the greyed button, in the form error and in the journal.
* Where the true reason lies behind a wall, ``shown`` is one fixed sentence and ``reason``
  goes to the journal and the wall keeper alone (S3).
* Code tells refusals apart by ``code``, never by their text.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal


@dataclass(frozen=True, slots=True)
class Allowed:
    """The rule says yes; ``because`` names the facts that carried it."""

    because: tuple[str, ...] = ()

    def __bool__(self) -> Literal[True]:
        return True

    def or_raise(self) -> None:
        """Do nothing: allowed."""


@dataclass(frozen=True, slots=True)
class Refused:
    """The rule says no. ``reason`` is true; ``shown`` is what its reader may know."""

    reason: Any
    code: str
    shown_instead: Any = None

    def __bool__(self) -> Literal[False]:
        return False

    @property
    def shown(self) -> Any:
        """The sentence the person asking may read."""
        return self.reason if self.shown_instead is None else self.shown_instead

    @property
    def is_walled(self) -> bool:
        """Whether the true reason is kept from the person asking."""
        return self.shown_instead is not None

    def or_raise(self) -> None:
        """Raise.

        :raises Refusal: always.
        """
        raise Refusal(self)


Decision = Allowed | Refused


class Refusal(Exception):
    """A rule said no. Its text is the sentence the person may read."""

    def __init__(self, refused: Refused) -> None:
        super().__init__(refused.code)
        self.refused = refused

    def __str__(self) -> str:
        return str(self.refused.shown)

    @property
    def code(self) -> str:
        """The stable name of this refusal."""
        return self.refused.code


def refuse(reason: Any, code: str) -> Refusal:
    """A refusal to raise where no rule of its own is needed: ``raise refuse(_("..."), "code")``."""
    return Refusal(Refused(reason, code))
