# SPDX-License-Identifier: AGPL-3.0-or-later
"""The cases of the demo as they stand in ``cases/*.toml``: days are days before today.

* The texts are CC0; everybody in them is invented.
* ``small`` are short notes any case of a file may hold, so that eighteen months look lived in.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from exitwork.cli.demo_world.cast import HERE, read

Row = list[Any]


@dataclass(frozen=True, slots=True)
class Told:
    """One case: how it began, who works on it, what happened. Rows are as in the file's head."""

    house: str
    called: str
    programme: str
    manager: str
    opened: int
    kind: str = "exit"
    setting: str = "open"
    basis: str = "voluntary"
    institution: str = ""
    confidentiality: str = "pseudonymous"
    languages: tuple[str, ...] = ()
    reads: str = ""
    team: tuple[Row, ...] = ()
    handed: tuple[Row, ...] = ()
    phases: tuple[Row, ...] = ()
    episodes: tuple[Row, ...] = ()
    closed: tuple[Any, ...] = ()
    reopened: int = 0
    identity: dict[str, str] = field(default_factory=dict)
    safety: dict[str, Any] = field(default_factory=dict)
    groups: tuple[str, ...] = ()
    ideologies: tuple[str, ...] = ()
    words: str = ""
    around: tuple[Row, ...] = ()
    children: tuple[Row, ...] = ()
    wishes: tuple[Row, ...] = ()
    notes: tuple[Row, ...] = ()
    fixes: tuple[Row, ...] = ()
    working: tuple[Row, ...] = ()
    every: int = 0
    small: tuple[Row, ...] = ()

    def manager_on(self, days: float) -> str:
        """Who manages the case so many days before today."""
        held = [(since, who) for who, since, *_view in self.handed if since >= days]
        return str(min(held)[1]) if held else self.manager

    @property
    def ended(self) -> int:
        """How many days before today nothing more was written, 0 while it goes on."""
        return int(self.closed[0]) if self.closed and not self.reopened else 0


def everything_told() -> Iterator[Told]:
    """Every case of the demo."""
    for path in sorted((HERE / "cases").glob("*.toml")):
        told = read(f"cases/{path.name}")
        for row in told["case"]:
            known = {"house": told["house"], "small": told["small"], **row}
            yield Told(**{name: _kept(value) for name, value in known.items()})


def _kept(value: Any) -> Any:
    return tuple(value) if isinstance(value, list) else value
