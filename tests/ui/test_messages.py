# SPDX-License-Identifier: AGPL-3.0-or-later
"""The catalogues of sentences."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from exitwork.ui import messages

PLACEHOLDER = re.compile(r"%\((\w+)\)[sd]")


def test_sentences_of_python_and_of_templates_are_found() -> None:
    found = {message.id for message in messages.extract() if isinstance(message.id, str)}
    assert "Skip to the content" in found  # a template
    assert "%(label)s (optional)" in found  # Python
    assert "Nothing here" in found  # lazy Python


def test_a_catalogue_survives_an_update_and_is_compiled(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(messages, "LOCALES", tmp_path)
    messages.update()
    path = messages.catalogue_file("de")
    path.write_text(re.sub(r'(msgid "Search"\nmsgstr )""', r'\1"Suchen"', path.read_text("utf-8")), "utf-8")
    messages.update()
    messages.compile_all()
    kept = messages.read("de").get("Search")
    assert kept is not None
    assert kept.string == "Suchen"
    assert path.with_suffix(".mo").stat().st_size > 0
    assert "Search" not in messages.untranslated("de")
    assert "Lock" in messages.untranslated("de")


@pytest.mark.parametrize("language", ["de", "ar"])
def test_a_translation_fills_the_same_places_as_the_sentence(language: str) -> None:
    for message in messages.read(language):
        ids = message.id if isinstance(message.id, tuple | list) else (message.id,)
        strings = message.string if isinstance(message.string, tuple | list) else (message.string,)
        if not message.id:
            continue
        wanted = {place for text in ids for place in PLACEHOLDER.findall(str(text))}
        for text in filter(None, strings):
            assert set(PLACEHOLDER.findall(text)) <= wanted, message.id


def test_an_unknown_verb_is_answered() -> None:
    assert messages.main("translate") == 2
