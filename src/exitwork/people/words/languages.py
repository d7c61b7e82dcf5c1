# SPDX-License-Identifier: AGPL-3.0-or-later
"""Languages by code and by name: what somebody types is kept as a code, shown in the reader's language."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache

from babel import Locale, UnknownLocaleError
from django.utils.translation import get_language


def language_names(codes: Iterable[str]) -> list[str]:
    """The names of these languages in the reader's language, the code where it has none."""
    names = _names(_reader())
    return [names.get(code, code) for code in codes]


def code_of(text: str) -> str | None:
    """The code of a language by its name (the reader's or English) or by its code; None if unknown."""
    asked = " ".join(text.split()).casefold()
    for locale in (_reader(), "en"):
        names = _names(locale)
        if asked in names:
            return asked
        for code, name in names.items():
            if name.casefold() == asked:
                return code
    return None


def _reader() -> str:
    return (get_language() or "en").split("-")[0]


@cache
def _names(locale: str) -> dict[str, str]:
    try:
        known = Locale.parse(locale)
    except (UnknownLocaleError, ValueError):
        known = Locale.parse("en")
    return {str(code): str(name) for code, name in known.languages.items() if "_" not in str(code)}
