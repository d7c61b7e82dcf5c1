# SPDX-License-Identifier: AGPL-3.0-or-later
"""What is shipped in a language is whole: every sentence has its words, and fills the same places.

* The program is read anew in memory, so a sentence added anywhere is missed here at once.
* To mend it: ``python -m exitwork.ui.messages update de``, write the missing words, commit the catalogue.
"""

from __future__ import annotations

import gettext
import re
from functools import cache
from io import BytesIO

import pytest
from babel.messages.catalog import Catalog, Message
from babel.messages.mofile import write_mo

from exitwork.ui import messages

SHIPPED = [
    language for language in messages.LANGUAGES if language != "en"
]  # English is what the program says
PLACE = re.compile(r"%\(\w+\)[a-z]|%%|\{\w*\}")
# A form for exactly one or two may say the number as a word, as Arabic does.
NUMBERS = {"%(num)s", "%(num)d", "%(count)s", "%(number)s", "%(minutes)s", "%(hours)s"}
SHOWN = 40


@cache
def said() -> Catalog:
    """Every sentence of the program."""
    return messages.extract()


@cache
def known(language: str) -> Catalog:
    """The catalogue of a language as it is committed."""
    return messages.read(language)


def forms(words: object) -> tuple[str, ...]:
    """The forms of a sentence: one, or one for each number."""
    return tuple(str(form) for form in words) if isinstance(words, list | tuple) else (str(words or ""),)


def places(text: str) -> list[str]:
    """What is filled in when the sentence is said, in a fixed order."""
    return sorted(PLACE.findall(text))


def is_whole(mine: Message | None, number_of_forms: int) -> bool:
    """Whether a sentence has words, in every form its language needs."""
    if mine is None or mine.fuzzy:
        return False
    needed = number_of_forms if isinstance(mine.id, list | tuple) else 1
    strings = forms(mine.string)
    return len(strings) == needed and all(string.strip() for string in strings)


def misfits(message: Message) -> list[str]:
    """The forms of a translation that fill other places than the sentence; none where it is untranslated."""
    ids, strings = forms(message.id), forms(message.string)
    wanted = places(ids[-1])
    found = []
    for string in strings:
        without = [place for place in wanted if place not in NUMBERS]
        may_leave_number_out = len(ids) > 1 and string is not strings[-1]
        if string and places(string) not in ([wanted, without] if may_leave_number_out else [wanted]):
            found.append(string)
    return found


def listed(lines: list[str]) -> str:
    """Some lines to read, and how many more there are."""
    more = [f"... and {len(lines) - SHOWN} more"] if len(lines) > SHOWN else []
    return "\n".join([*lines[:SHOWN], *more])


@pytest.mark.parametrize("language", SHIPPED)
def test_every_sentence_of_the_program_has_words_in_the_language(language: str) -> None:
    catalogue = known(language)
    missing = sorted(
        f"{message.locations[0][0]}: {' | '.join(forms(message.id))}"
        for message in said()
        if message.id and not is_whole(catalogue.get(message.id, message.context), catalogue.num_plurals)
    )
    if missing:
        pytest.fail(
            f"{language}: {len(missing)} sentences have no words yet:\n{listed(missing)}", pytrace=False
        )


@pytest.mark.parametrize("language", SHIPPED)
def test_a_translation_fills_exactly_the_places_of_the_sentence(language: str) -> None:
    wrong = [
        f"{' | '.join(forms(message.id))}\n    -> {string}"
        for message in known(language)
        if message.id
        for string in misfits(message)
    ]
    if wrong:
        pytest.fail(f"{language}: {len(wrong)} fill other places:\n{listed(wrong)}", pytrace=False)


@pytest.mark.parametrize("language", SHIPPED)
def test_nothing_in_a_catalogue_is_a_guess(language: str) -> None:
    catalogue = known(language)
    assert not [message.id for message in catalogue if message.fuzzy]
    assert not catalogue.obsolete
    assert "unreviewed" in catalogue.header_comment, "the header says whether somebody has read it"


@pytest.mark.parametrize("language", SHIPPED)
def test_a_catalogue_compiles_and_is_read_back(language: str) -> None:
    compiled = BytesIO()
    write_mo(compiled, known(language))
    compiled.seek(0)
    words = gettext.GNUTranslations(compiled)
    assert words.gettext("Sign in") != "Sign in"
    assert words.pgettext("do it", "Open") != "Open"
    assert words.ngettext("%(num)d passkey", "%(num)d passkeys", 7) != "%(num)d passkeys"


def test_a_place_lost_added_or_misspelt_is_found() -> None:
    assert misfits(Message("Case %(ref)s", "Fall %(ref)s")) == []
    assert misfits(Message("Case %(ref)s", "Fall")) == ["Fall"]
    assert misfits(Message("Case %(ref)s", "Fall %(kennung)s")) == ["Fall %(kennung)s"]
    assert misfits(Message("No key at {path}.", "Kein Schlüssel.")) == ["Kein Schlüssel."]
    days = ("%(name)s: %(number)s day", "%(name)s: %(number)s days")
    assert misfits(Message(days, ("%(name)s: ein Tag", "%(name)s: %(number)s Tage"))) == []
    assert misfits(Message(days, ("%(name)s: ein Tag", "%(name)s: viele Tage"))) == ["%(name)s: viele Tage"]
    assert misfits(Message(days, ("ein Tag", "%(name)s: %(number)s Tage"))) == ["ein Tag"]


def test_a_sentence_without_words_in_every_form_is_missing() -> None:
    assert is_whole(Message("Search", "Suchen"), 2)
    assert not is_whole(None, 2)
    assert not is_whole(Message("Search", ""), 2)
    assert not is_whole(Message("Search", "Suchen", flags=["fuzzy"]), 2)
    assert not is_whole(Message(("a day", "days"), ("ein Tag", "")), 2)
    assert not is_whole(Message(("a day", "days"), ("ein Tag", "Tage")), 6)
