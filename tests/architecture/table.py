# SPDX-License-Identifier: AGPL-3.0-or-later
"""``url_table.toml``: which answer everybody gets at every address, in lines a person can check.

A line reads ``"GET /cases/<str:ref>/" = "200 team lead.colleague | 404"``: what some get, then what
all others get. Somebody is a role, or role.relation where the address names a thing; ``*`` stands
for any of them, and a name of ``[groups]`` for its members. Who has not signed in, or was paused,
is sent to the sign-in unless the line begins with ``public``.
"""

from __future__ import annotations

import tomllib
from collections import defaultdict
from collections.abc import Iterable
from fnmatch import fnmatchcase
from pathlib import Path

from tests.architecture.addresses import has_parameters
from tests.architecture.cast import ROLES

FILE = Path(__file__).with_name("url_table.toml")
OUTSIDE = ("anonymous", "paused")
PUBLIC = "public "


class Table:
    """The committed table."""

    def __init__(self, text: str) -> None:
        read = tomllib.loads(text)
        self.groups: dict[str, str] = read["groups"]
        self.rows: dict[str, str] = read["answers"]

    def expected(self, key: str, who: str) -> str:
        """What somebody gets at an address.

        :raises KeyError: if the table has no line for the address.
        """
        line = self.rows[key]
        if who.split(".")[0] in OUTSIDE and not line.startswith(PUBLIC):
            return "sign-in"
        *some, otherwise = line.removeprefix(PUBLIC).split(" | ")
        for part in some:
            outcome, *whom = part.split()
            if any(fnmatchcase(who, pattern) for pattern in self._members(whom)):
                return outcome
        return otherwise

    def _members(self, names: Iterable[str]) -> list[str]:
        return [member for name in names for member in self.groups.get(name, name).split()]


def asking(route: str) -> list[tuple[str, str, str]]:
    """Everybody who is asked about an address: the name in the table, the role, the relation."""
    if not has_parameters(route):
        return [(role, role, next(iter(part.relations))) for role, part in ROLES.items()]
    return [
        (f"{role}.{relation}", role, relation) for role, part in ROLES.items() for relation in part.relations
    ]


def line_of(key: str, seen: dict[str, str]) -> str:
    """What was seen, as a line for the table, to be read before it is believed."""
    inside = {who: outcome for who, outcome in seen.items() if who.split(".")[0] not in OUTSIDE}
    outside = {who: outcome for who, outcome in seen.items() if who not in inside}
    public = any(outcome != "sign-in" for outcome in outside.values())
    counted: dict[str, list[str]] = defaultdict(list)
    for who, outcome in (seen if public else inside).items():
        counted[outcome].append(who)
    otherwise, *some = sorted(counted, key=lambda outcome: -len(counted[outcome]))
    parts = [f"{outcome} {' '.join(counted[outcome])}" for outcome in some]
    return f'"{key}" = "{PUBLIC if public else ""}{" | ".join([*parts, otherwise])}"'
