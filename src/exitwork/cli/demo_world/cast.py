# SPDX-License-Identifier: AGPL-3.0-or-later
"""Who is who in the demo, read from ``houses.toml``: organisations, their people, their programmes.

* The texts are CC0; everybody in them is invented.
"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from exitwork.kernel.standing import Role
from exitwork.organisations.words.kinds import Branch, Kind

HERE = Path(__file__).parent


@dataclass(frozen=True, slots=True)
class Someone:
    """A person with an account; ``sees`` says in a sentence what is there to see."""

    key: str
    name: str
    function: str
    roles: tuple[Role, ...]
    language: str
    sees: str = ""


@dataclass(frozen=True, slots=True)
class Place:
    """A site: its name, its address, whether that is hidden, and what it works for."""

    name: str
    address: str
    is_hidden: bool
    catchment: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class House:
    """An organisation with its people and the packs it runs."""

    key: str
    name: str
    is_what: str
    kind: Kind
    branch: Branch
    zone: str
    language: str
    legal_profile: str
    people: tuple[Someone, ...]
    paused: tuple[Someone, ...]
    packs: tuple[str, ...]
    sites: tuple[Place, ...]
    faces: tuple[tuple[str, str, str], ...]
    interpreters: tuple[tuple[str, tuple[str, ...]], ...]


def read(name: str) -> dict[str, Any]:
    """A data file of the demo."""
    return tomllib.loads((HERE / name).read_text("utf-8"))


@cache
def houses() -> tuple[House, ...]:
    """Every organisation of the demo, in the order of the sign-in page."""
    return tuple(_house(row) for row in read("houses.toml")["house"])


def _house(row: dict[str, Any]) -> House:
    return House(
        key=row["key"],
        name=row["name"],
        is_what=row["is_what"],
        kind=Kind(row["kind"]),
        branch=Branch(row["branch"]),
        zone=row["zone"],
        language=row.get("language", "en"),
        legal_profile=row["legal_profile"],
        people=tuple(_someone(*each) for each in row["people"]),
        paused=tuple(_someone(*each) for each in row.get("paused", ())),
        packs=tuple(row.get("packs", ())),
        sites=tuple(
            Place(name, address, hidden, tuple((reach, code) for reach, code in areas))
            for name, address, hidden, areas in row.get("sites", ())
        ),
        faces=tuple((name, sender, title) for name, sender, title in row.get("faces", ())),
        interpreters=tuple((name, tuple(languages)) for name, languages in row.get("interpreters", ())),
    )


def _someone(key: str, name: str, function: str, roles: list[str], language: str, sees: str = "") -> Someone:
    return Someone(key, name, function, tuple(Role(role) for role in roles), language, sees)
