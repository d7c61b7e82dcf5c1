# SPDX-License-Identifier: AGPL-3.0-or-later
"""Where in a TOML text each value stands, so that a fault can be named with its line.

* Works on texts that ``tomllib`` has read already: it looks for places, not for mistakes.
* A value is found by its path: ``("phases", 2, "label")`` is the label of the third
  ``[[phases]]``; ``("methods", 1)`` the second word of a list, also when the list runs over
  several lines. A path that is not there is at the nearest thing around it.
"""

from __future__ import annotations

import re
from itertools import count

Path = tuple[str | int, ...]

_TABLE = re.compile(r"\s*(\[\[?)\s*([^\]]+?)\s*\]\]?\s*(?:#.*)?$")
_KEY = re.compile(r"\s*((?:[A-Za-z0-9_-]+|\"[^\"]*\"|'[^']*')(?:\s*\.\s*(?:[A-Za-z0-9_-]+|\"[^\"]*\"))*)\s*=")
_PART = re.compile(r"\"([^\"]*)\"|'([^']*)'|([A-Za-z0-9_-]+)")


class Lines:
    """The lines of a text's values, counted from 1."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._found: dict[Path, int] = {}
        self._counts: dict[Path, int] = {}
        self._read()

    def of(self, path: Path) -> int:
        """The line of the value at the path, or of the nearest table around it; 1 if there is none."""
        for length in range(len(path), 0, -1):
            if path[:length] in self._found:
                return self._found[path[:length]]
        return 1

    def _read(self) -> None:
        table: Path = ()
        position, number = 0, 1
        while position < len(self._text):
            end = self._text.find("\n", position)
            end = len(self._text) if end < 0 else end
            line = self._text[position:end]
            if key := _KEY.match(line):
                path = table + _parts(key[1])
                self._found[path] = number
                end = self._value(position + key.end(), path)
            elif heading := _TABLE.fullmatch(line):
                table = self._heading(_parts(heading[2]), is_list=heading[1] == "[[")
                self._found.setdefault(table, number)
            number += self._text.count("\n", position, end) + 1
            position = end + 1

    def _heading(self, parts: Path, *, is_list: bool) -> Path:
        """The path a heading stands for: within a list of tables, its latest one."""
        path: Path = ()
        for place, part in enumerate(parts, 1):
            path += (part,)
            if place == len(parts) and is_list:
                self._counts[path] = self._counts.get(path, -1) + 1
            if path in self._counts:
                path += (self._counts[path],)
        return path

    def _value(self, start: int, path: Path) -> int:
        """The end of the value that begins here; the places of a list's words are kept."""
        depth, position, words, awaits = 0, start, count(), False
        while position < len(self._text):
            character = self._text[position]
            if character == "\n" and depth == 0:
                return position
            if awaits and not character.isspace() and character not in "]#,":
                self._found[(*path, next(words))] = self._text.count("\n", 0, position) + 1
                awaits = False
            if character in "\"'":
                position = self._string_end(position)
                continue
            if character == "#":
                position = self._line_end(position)
                continue
            if character in "[{":
                depth += 1
                awaits = awaits or (depth == 1 and character == "[")
            elif character in "]}":
                depth -= 1
            elif character == "," and depth == 1:
                awaits = True
            position += 1
        return position

    def _string_end(self, start: int) -> int:
        quote = self._text[start]
        long = self._text.startswith(quote * 3, start)
        close = quote * 3 if long else quote
        position = start + len(close)
        while position < len(self._text) and not self._text.startswith(close, position):
            position += 2 if self._text[position] == "\\" and quote == '"' else 1
        return position + len(close)

    def _line_end(self, start: int) -> int:
        end = self._text.find("\n", start)
        return len(self._text) if end < 0 else end


def _parts(name: str) -> Path:
    return tuple(double or single or bare for double, single, bare in _PART.findall(name))
