# SPDX-License-Identifier: AGPL-3.0-or-later
"""What a message may say: declared texts only, and in them only the few words each one allows.

* A message says that something is new, never what (S19): no name, no reference, no reason,
  no case. What a template may be given are a link into this installation and a one-time code.
* Every template is declared once, as a constant in its room's ``words``.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from string import Formatter
from typing import Any

# What may be put into a message, and what it must look like to be let through.
ALLOWED: dict[str, re.Pattern[str]] = {
    "link": re.compile(r"https?://[\w.:\[\]-]+(?:/[\w./~%=?&-]*)?"),
    "code": re.compile(r"[\w-]{4,80}"),
    "installation": re.compile(r"[\w .,:/()'-]{1,80}"),
}
_NAME = re.compile(r"[a-z]+(?:\.[a-z_]+){2}")


@dataclass(frozen=True, slots=True)
class Template:
    """One text that may be sent. Texts are translatable; ``{link}`` and the like are filled in."""

    name: str
    subject: Any
    body: Any

    def __post_init__(self) -> None:
        if not _NAME.fullmatch(self.name):
            raise ValueError(f"{self.name!r} is not room.thing.what")
        if self.name in _TEMPLATES:
            raise ValueError(f"the template {self.name} is declared twice")
        if _words_in(str(self.subject)):
            raise ValueError("a subject line is fixed")
        if not self.words <= ALLOWED.keys():
            raise ValueError(f"{self.name} would carry more than {', '.join(ALLOWED)}")
        _TEMPLATES[self.name] = self

    @property
    def words(self) -> frozenset[str]:
        """The words its body has to be given."""
        return frozenset(_words_in(str(self.body)))

    def check(self, data: Mapping[str, str]) -> None:
        """Let exactly its own words through, each looking as it must.

        :raises ValueError: if anything else is given, or too little.
        """
        if data.keys() != self.words:
            raise ValueError(f"{self.name} is given exactly: {', '.join(sorted(self.words)) or 'nothing'}")
        for word, value in data.items():
            if not ALLOWED[word].fullmatch(value):
                raise ValueError(f"this is no {word} that may be sent")

    def says(self, data: Mapping[str, str]) -> tuple[str, str]:
        """Subject and body, in the language in force."""
        return str(self.subject), str(self.body).format_map(data)


_TEMPLATES: dict[str, Template] = {}


def template_named(name: str) -> Template:
    """The template of that name.

    :raises KeyError: if no room declares it.
    """
    return _TEMPLATES[name]


def all_templates() -> dict[str, Template]:
    """Every declared template by name."""
    return dict(sorted(_TEMPLATES.items()))


def _words_in(text: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(text) if name is not None}
