# SPDX-License-Identifier: AGPL-3.0-or-later
"""What never stands in a sender, subject, file name, icon or link host of anything sent to a client (S7).

* The product, "exit" and the words of the work in the languages we ship; a phone is read by
  former comrades.
* A programme's own names are added by whoever knows them (``further``).
* Letters only are compared: accents, spacing and case hide nothing.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable

# Stems: a word that begins or ends with more is found too.
TELLING = (
    "exit",
    "ausst",
    "derad",
    "radikal",
    "radical",
    "extrem",
    "terror",
    "disengag",
    "distanz",
    "prevent",
    "praevent",
    "bewaehrung",
    "probation",
    "gefaengnis",
    "prison",
    "knast",
    "polizei",
    "police",
    "islamis",
    "jihad",
    "dschihad",
    "neonazi",
    "rechtsextrem",
    "loslös",
    "sortie",
    "تطرف",
    "ارهاب",
    "سجن",
    "شرطة",
)


def telling_words(text: str, further: Iterable[str] = ()) -> tuple[str, ...]:
    """The words in the text that would tell what we do; none when it is neutral."""
    plain = folded(text)
    stems = (*TELLING, *further)
    return tuple(stem for stem in stems if (key := folded(stem)) and key in plain)


def is_neutral(text: str, further: Iterable[str] = ()) -> bool:
    """Whether the text tells nothing of the work."""
    return not telling_words(text, further)


def folded(text: str) -> str:
    """The letters and digits alone, without case, accents and whatever stands between them."""
    spelt = text.casefold()
    for letter, letters in (("ä", "ae"), ("ö", "oe"), ("ü", "ue"), ("ß", "ss")):
        spelt = spelt.replace(letter, letters)
    apart = unicodedata.normalize("NFKD", spelt)
    return "".join(character for character in apart if character.isalnum())
