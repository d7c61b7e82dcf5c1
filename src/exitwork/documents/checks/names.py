# SPDX-License-Identifier: AGPL-3.0-or-later
"""A file's name: only its end is used, and only if the name does not deceive. It is never kept on disk."""

from __future__ import annotations

import unicodedata
from pathlib import PurePosixPath

from exitwork.documents.checks.refusing import no
from exitwork.documents.words import Format

LONGEST_NAME = 255
EXTENSIONS = {known.value: known for known in Format} | {
    "jpeg": Format.JPEG,
    "oga": Format.OGG,
    "opus": Format.OGG,
}
WITH_MACROS = frozenset(
    ["docm", "dotm", "xlsm", "xltm", "xlam", "xlsb", "pptm", "potm", "ppsm", "ppam", "sldm"]
)
# What turns the direction of writing: "exe.pdf" can be made to read "fdp.exe". Joiners are needed in names.
TURNING = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
MARKS = frozenset("\u200e\u200f\u061c")  # harmless in a title, where Arabic may need them


def format_by_name(name: str) -> Format:
    """What the name says the file is.

    :raises Refusal: if the name deceives, leads elsewhere, or is of no kind that is taken.
    """
    if not name.strip() or len(name) > LONGEST_NAME or not is_honest(name):
        raise no("name")
    if MARKS.intersection(name) or "/" in name or "\\" in name:
        raise no("name")
    extension = PurePosixPath(name).suffix[1:].lower()
    if extension in WITH_MACROS:
        raise no("macros")
    found = EXTENSIONS.get(extension)
    if found is None:
        raise no("not_taken")
    return found


def stem(name: str) -> str:
    """What a document is called when nobody says otherwise."""
    return PurePosixPath(name).stem.replace("_", " ").strip()[:200]


def is_honest(text: str) -> bool:
    """Whether nothing in a name is invisible or turns its direction."""
    return not any(sign in TURNING or unicodedata.category(sign) in ("Cc", "Cs", "Zl", "Zp") for sign in text)
