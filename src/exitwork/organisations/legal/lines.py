# SPDX-License-Identifier: AGPL-3.0-or-later
"""Where in a TOML file a key stands, so that a message can name its line.

* ``tomllib`` gives lines for broken syntax only; what is well-formed and still wrong is found
  here, by reading headers and keys as a person does.
* A key that cannot be found (inline tables, odd quoting) is answered by its nearest parent's
  line, never by a wrong one.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

Path = Sequence[str | int]

_HEADER = re.compile(r"^\s*(\[\[?)\s*([^\[\]]+?)\s*\]\]?\s*(?:#.*)?$")
_KEY = re.compile(
    r"""^\s*((?:"[^"]*"|'[^']*'|[A-Za-z0-9_-]+)(?:\s*\.\s*(?:"[^"]*"|'[^']*'|[A-Za-z0-9_-]+))*)\s*="""
)
_TRIPLE = re.compile(r'"""|\'\'\'')


def line_of(text: str, path: Path) -> int:
    """The line, counted from 1, of the key or table at a path such as ``("duty", 0, "says")``.

    What stands nowhere itself is answered by the line of its nearest parent, at last by 1.
    """
    places = _places(text)
    wanted = tuple(path)
    while wanted:
        if wanted in places:
            return places[wanted]
        wanted = wanted[:-1]
    return 1


def _places(text: str) -> dict[tuple[str | int, ...], int]:
    places: dict[tuple[str | int, ...], int] = {}
    counted: Counter[tuple[str | int, ...]] = Counter()
    table: tuple[str | int, ...] = ()
    inside = ""
    for number, line in enumerate(text.splitlines(), 1):
        if inside:
            inside = "" if inside in line else inside
            continue
        if header := _HEADER.match(line):
            table = _table(header.group(2), header.group(1) == "[[", counted)
            places.setdefault(table, number)
            if isinstance(table[-1], int):
                places.setdefault(table[:-1], number)
            continue
        if key := _KEY.match(line):
            places.setdefault((*table, *_names(key.group(1))), number)
        marks = _TRIPLE.findall(line)
        if len(marks) % 2:
            inside = marks[-1]
    return places


def _table(
    header: str, is_one_of_many: bool, counted: Counter[tuple[str | int, ...]]
) -> tuple[str | int, ...]:
    """The path a header opens; ``[a.b]`` below ``[[a]]`` belongs to the latest ``a``."""
    path: tuple[str | int, ...] = ()
    names = _names(header)
    for place, name in enumerate(names):
        path = (*path, name)
        is_last = place == len(names) - 1
        if is_last and is_one_of_many:
            counted[path] += 1
        if (is_last and is_one_of_many) or (not is_last and counted[path]):
            path = (*path, counted[path] - 1)
    return path


def _names(dotted: str) -> tuple[str, ...]:
    found = re.findall(r""""([^"]*)"|'([^']*)'|([A-Za-z0-9_-]+)""", dotted)
    return tuple(first or second or third for first, second, third in found)
