# SPDX-License-Identifier: AGPL-3.0-or-later
"""The catalogues of sentences: extract, update, compile (``python -m exitwork.ui.messages <verb> [de]``).

* One catalogue for the whole program; it reads every room's Python and templates.
* The compiled form is never committed: ``run.py`` makes it before the first start.
* Sentences that changed are not guessed: an update leaves them untranslated (English is shown).
"""

from __future__ import annotations

import sys
from collections.abc import Sequence
from io import BytesIO
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.frontend import parse_mapping_cfg
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

SOURCE = Path(__file__).resolve().parents[1]
LOCALES = Path(__file__).resolve().parent / "locale"
MAPPING = SOURCE.parents[1] / "babel.cfg"
LANGUAGES = ("en", "de", "ar")
# Django's names beside Babel's own; the number is the place of the sentence in the call.
KEYWORDS: dict[str, tuple[int | tuple[int, str], ...] | None] = {
    "_": None,
    "gettext": None,
    "gettext_lazy": None,
    "gettext_noop": None,
    "ngettext": (1, 2),
    "ngettext_lazy": (1, 2),
    "pgettext": ((1, "c"), 2),
    "pgettext_lazy": ((1, "c"), 2),
    "npgettext": ((1, "c"), 2, 3),
}


def catalogue_file(language: str) -> Path:
    """Where the sentences of a language stand."""
    return LOCALES / language / "LC_MESSAGES" / "django.po"


def extract() -> Catalog:
    """Every sentence of the program, with the places where it is said."""
    catalogue = Catalog(project="exitwork", charset="utf-8", fuzzy=False)
    with MAPPING.open(encoding="utf-8") as file:
        methods, options = parse_mapping_cfg(file)  # type: ignore[no-untyped-call]
    found = extract_from_dir(SOURCE, methods, options, keywords=KEYWORDS, comment_tags=("Translators:",))
    for name, _line, message, comments, context in found:
        catalogue.add(message, None, [(name, 0)], auto_comments=comments, context=context)
    return catalogue


def read(language: str) -> Catalog:
    """The catalogue of a language as it is committed; an empty one where there is none yet."""
    path = catalogue_file(language)
    if not path.exists():
        return Catalog(locale=language, project="exitwork", charset="utf-8", fuzzy=False)
    with path.open("rb") as file:
        return read_po(file, locale=language)


def update(languages: Sequence[str] = LANGUAGES) -> None:
    """Bring the catalogues of these languages up to what the program says."""
    template = extract()
    for language in languages:
        catalogue = read(language)
        catalogue.update(template, no_fuzzy_matching=True, update_header_comment=False)
        catalogue.obsolete.clear()
        path = catalogue_file(language)
        path.parent.mkdir(parents=True, exist_ok=True)
        text = BytesIO()
        write_po(text, catalogue, width=110, omit_header=False, no_location=True, sort_output=True)
        path.write_bytes(text.getvalue())


def compile_all(languages: Sequence[str] = LANGUAGES) -> None:
    """Write the compiled form of each catalogue beside it, where it is missing or older."""
    for language in languages:
        source = catalogue_file(language)
        target = source.with_suffix(".mo")
        if not source.exists() or (
            target.exists() and target.stat().st_mtime_ns >= source.stat().st_mtime_ns
        ):
            continue
        with source.open("rb") as file:
            catalogue = read_po(file, locale=language)
        compiled = BytesIO()
        write_mo(compiled, catalogue)
        fresh = target.with_suffix(".mo.new")
        fresh.write_bytes(compiled.getvalue())
        fresh.replace(target)


def untranslated(language: str) -> list[str]:
    """Sentences the program says and the language has no words for."""
    known = read(language)
    missing = []
    for message in extract():
        if not message.id:
            continue
        mine = known.get(message.id, message.context)
        strings = mine.string if mine is not None else ""
        if not all(strings if isinstance(strings, list | tuple) else (strings,)):
            missing.append(str(message.id))
    return missing


def main(verb: str, *languages: str) -> int:
    """Carry out one verb, for the languages named or for all; 2 for an unknown verb or language."""
    verbs = {"update": update, "compile": compile_all}
    if verb not in verbs or not set(languages) <= set(LANGUAGES):
        sys.stderr.write(f"Say update or compile, then perhaps some of: {', '.join(LANGUAGES)}.\n")
        return 2
    verbs[verb](languages or LANGUAGES)
    return 0


if __name__ == "__main__":
    sys.exit(main(*(sys.argv[1:] or [""])))
