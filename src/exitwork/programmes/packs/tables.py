# SPDX-License-Identifier: AGPL-3.0-or-later
"""Reading tables of a pack file, one typed value at a time, gathering every fault with its line.

* A reader never stops at the first fault: it notes it and answers with nothing, so that one
  reading names all of them.
* A key nobody asked for is a fault too, with the nearest key that exists.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from enum import Enum
from typing import Any, TypeVar

from django.utils.translation import gettext as _

from exitwork.programmes.packs.lines import Lines, Path
from exitwork.programmes.packs.pack import Rhythm, Unit

E = TypeVar("E", bound=Enum)
T = TypeVar("T")
N = TypeVar("N", int, float)

KEY = re.compile(r"[a-z][a-z0-9]*(?:-[a-z0-9]+)*")
_RHYTHM = re.compile(r"(\d{1,4}) (day|week|month|year)s?")
TOO_FAR = 10_000


@dataclass(frozen=True, slots=True, order=True)
class Fault:
    """One thing that is wrong, and on which line."""

    line: int
    sentence: str


@dataclass(slots=True)
class Faults:
    """What was found wrong so far."""

    lines: Lines
    found: list[Fault] = field(default_factory=list)

    def note(self, path: Path, sentence: str) -> None:
        """Note a fault of the value at a path."""
        fault = Fault(self.lines.of(path), sentence)
        if fault not in self.found:
            self.found.append(fault)


class Table:
    """One table of the file, read key by key."""

    def __init__(self, data: Mapping[str, Any], faults: Faults, path: Path = ()) -> None:
        self.data = data
        self.faults = faults
        self.path = path
        self._asked: set[str] = set()

    def __contains__(self, key: str) -> bool:
        return key in self.data

    def fault(self, key: str, sentence: str) -> None:
        """Note a fault of the value of a key."""
        self.faults.note((*self.path, key), sentence)

    def text(self, key: str, *, required: bool = False) -> str:
        """A text, its line breaks and indentation made single spaces."""
        value = self._get(key, str, _("a text in quotation marks"), required=required)
        text = " ".join(value.split()) if value else ""
        if value is not None and not text:
            self.fault(key, _("“%(key)s” is empty.") % {"key": key})
        return text

    def key(self, key: str) -> str:
        """A short name of lower-case letters, digits and hyphens."""
        value = self.text(key, required=True)
        if value and not KEY.fullmatch(value):
            self.fault(
                key, _("“%(value)s” must be lower-case letters, digits and hyphens.") % {"value": value}
            )
        return value

    def number(self, key: str, *, least: int = 1, required: bool = False) -> int | None:
        """A whole number."""
        value: int | None = self._get(key, int, _("a whole number"), required=required)
        return self._bounded(key, value, least)

    def hours(self, key: str) -> float | None:
        """A number of hours, more than none."""
        value: float | None = self._get(key, (int, float), _("a number of hours"))
        return self._bounded(key, value, 0)

    def yes(self, key: str) -> bool:
        """True or false; false when not said."""
        return bool(self._get(key, bool, _("true or false")))

    def rhythm(self, key: str) -> Rhythm | None:
        """Such as ``3 months``: it is written out, because "bimonthly" has two meanings."""
        value = self._get(key, str, _('a text such as "3 months"'))
        if value is None:
            return None
        if (found := _RHYTHM.fullmatch(value)) is None or int(found[1]) == 0:
            self.fault(key, _('“%(value)s” is no rhythm; write "2 weeks" or "3 months".') % {"value": value})
            return None
        return Rhythm(int(found[1]), Unit(found[2]))

    def choice(self, key: str, choices: type[E], *, required: bool = False) -> E | None:
        """One word of a closed list."""
        value = self._get(key, str, _("a text in quotation marks"), required=required)
        return None if value is None else self._member((*self.path, key), value, choices)

    def choices(self, key: str, choices: type[E]) -> tuple[E, ...]:
        """Words of a closed list."""
        found = (self._member(path, word, choices) for path, word in self._words(key))
        return tuple(member for member in found if member is not None)

    def words(self, key: str, known: Iterable[str]) -> tuple[str, ...]:
        """Words of an open list: the common ones and the pack's own."""
        allowed = list(known)
        found = []
        for path, word in self._words(key):
            if word in allowed:
                found.append(word)
            else:
                self.faults.note(path, unknown_word(word, allowed))
        return tuple(found)

    def texts(self, key: str) -> tuple[str, ...]:
        """A list of free texts."""
        return tuple(" ".join(word.split()) for _path, word in self._words(key))

    def table(self, key: str, build: Callable[[Table], T]) -> T | None:
        """A table of its own."""
        value = self._get(key, dict, _("a table, [%(key)s]") % {"key": key})
        return None if value is None else self._built(Table(value, self.faults, (*self.path, key)), build)

    def tables(self, key: str, build: Callable[[Table], T]) -> tuple[T, ...]:
        """A list of tables, one ``[[key]]`` each."""
        value = self._get(key, list, _("a list of tables, [[%(key)s]]") % {"key": key}) or []
        built = []
        for number, data in enumerate(value):
            path = (*self.path, key, number)
            if isinstance(data, dict):
                built.append(self._built(Table(data, self.faults, path), build))
            else:
                self.faults.note(path, _("“%(key)s” must be a list of tables.") % {"key": key})
        return tuple(built)

    def lists(self, key: str) -> dict[str, tuple[str, ...]]:
        """A table whose every value is a list of texts."""
        value = self._get(key, dict, _("a table, [%(key)s]") % {"key": key}) or {}
        inner = Table(value, self.faults, (*self.path, key))
        return {name: inner.texts(name) for name in value}

    def done(self) -> None:
        """Name every key that nobody asked for."""
        for key in self.data:
            if key not in self._asked:
                self.fault(key, unknown_word(key, sorted(self._asked)))

    def _built(self, table: Table, build: Callable[[Table], T]) -> T:
        made = build(table)
        table.done()
        return made

    def _get(self, key: str, kinds: Any, expected: str, *, required: bool = False) -> Any:
        self._asked.add(key)
        if key not in self.data:
            if required:
                self.faults.note(self.path, _("“%(key)s” is missing.") % {"key": key})
            return None
        value = self.data[key]
        if not isinstance(value, kinds) or (isinstance(value, bool) and kinds is not bool):
            self.fault(key, _("“%(key)s” must be %(expected)s.") % {"key": key, "expected": expected})
            return None
        return value

    def _words(self, key: str) -> list[tuple[Path, str]]:
        value = self._get(key, list, _("a list of texts")) or []
        words: list[tuple[Path, str]] = []
        for number, word in enumerate(value):
            path = (*self.path, key, number)
            if not isinstance(word, str) or not word.strip():
                self.faults.note(path, _("“%(key)s” must be a list of texts.") % {"key": key})
            elif any(word == earlier for _path, earlier in words):
                self.faults.note(path, _("“%(word)s” is said twice.") % {"word": word})
            else:
                words.append((path, word))
        return words

    def _member(self, path: Path, value: str, choices: type[E]) -> E | None:
        try:
            return choices(value)
        except ValueError:
            self.faults.note(path, unknown_word(value, [str(choice.value) for choice in choices]))
            return None

    def _bounded(self, key: str, value: N | None, least: int) -> N | None:
        if value is not None and not least <= value <= TOO_FAR:
            self.fault(
                key,
                _("“%(key)s” must lie between %(least)s and %(most)s.")
                % {"key": key, "least": least, "most": TOO_FAR},
            )
            return None
        return value


def unknown_word(word: str, known: Iterable[str]) -> str:
    """The sentence for a word that is not on its list, with the nearest that is, or all of them."""
    words = list(known)
    near = difflib.get_close_matches(word, words, n=1)
    if near:
        return _("“%(word)s” is not known here. Did you mean “%(near)s”?") % {"word": word, "near": near[0]}
    return _("“%(word)s” is not known here. Known are: %(known)s.") % {
        "word": word,
        "known": ", ".join(words),
    }
