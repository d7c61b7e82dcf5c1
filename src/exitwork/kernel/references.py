# SPDX-License-Identifier: AGPL-3.0-or-later
"""References: how a case, a programme or a contact is named where its name must not be said.

* Five random symbols and a check character, shown ``7F3K2-M``.
* Tells nothing: no kind, no order, no year, no programme (S8).
* Twenty-three symbols: no vowel, so no accidental word; no ``0 O 1 I L``; no letter that is
  read as one of the digits we use (``B S G Z``), so such a letter can only be that digit.
* Twenty-three is prime, so one wrong symbol, or two neighbours exchanged, never passes.
"""

from __future__ import annotations

import itertools
import secrets
from collections.abc import Callable

ALPHABET = "23456789CDFHJKMNPQRTVWX"
LENGTH = 5
ATTEMPTS = 200

_VALUE = {symbol: value for value, symbol in enumerate(ALPHABET)}
# Different from each other, from nought and from -1: any two symbols exchanged change the sum.
_WEIGHTS = (3, 16, 6, 19, 9)
# What a hurried reader may have meant; where two are possible the check character decides.
_READ_AS = {"B": "8", "S": "5", "G": "6", "Z": "2", "O": "DQ", "0": "DQ", "I": "J7", "1": "J7", "L": "J7"}
_DROPPED = frozenset(" -_.\t\n\u00a0\u00ad\u2010\u2011\u2012\u2013\u2014\u2212")


class NoReferenceLeft(Exception):
    """Nearly every reference is taken: the space of about 6.4 million is full."""


def check_character(symbols: str) -> str:
    """The character that guards five symbols against a slip.

    :raises KeyError: if a symbol is not of the alphabet.
    """
    total = sum(weight * _VALUE[symbol] for weight, symbol in zip(_WEIGHTS, symbols, strict=True))
    return ALPHABET[total % len(ALPHABET)]


def new_reference(taken: Callable[[str], bool] | None = None) -> str:
    """Draw a reference from the system's randomness, as ``7F3K2-M``.

    ``taken`` says whether a reference is in use already; the database's unique constraint
    remains the last word.

    :raises NoReferenceLeft: if every draw was taken.
    """
    for _ in range(ATTEMPTS):
        symbols = "".join(secrets.choice(ALPHABET) for _ in range(LENGTH))
        reference = f"{symbols}-{check_character(symbols)}"
        if taken is None or not taken(reference):
            return reference
    raise NoReferenceLeft


def normalise(text: str) -> str | None:
    """The reference somebody meant, or None if this is none.

    Forgives case, missing or other hyphens, spaces, and the look-alikes (``s`` for ``5``,
    ``o`` or ``0`` for ``D`` or ``Q``, ``i`` or ``1`` for ``J`` or ``7``) as long as exactly
    one reading fits its check character.
    """
    typed = [character for character in text.upper() if character not in _DROPPED]
    if len(typed) != LENGTH + 1:
        return None
    readings = [symbol if symbol in _VALUE else _READ_AS.get(symbol, "") for symbol in typed]
    fitting = [
        f"{''.join(symbols)}-{check}"
        for *symbols, check in itertools.product(*readings)
        if check_character("".join(symbols)) == check
    ]
    return fitting[0] if len(fitting) == 1 else None


def is_reference(text: str) -> bool:
    """Whether this is a reference exactly as it is stored and shown."""
    return normalise(text) == text
