# SPDX-License-Identifier: AGPL-3.0-or-later
"""Passwords: how they are stored and which are refused.

* At least fifteen characters; no rules about kinds of characters, no forced change
  (NIST SP 800-63B).
* Refused: what is common, what is little more than common words, a run of the keyboard or one
  thing repeated, and what is made of the product's, the organisation's or one's own name.
* Argon2id with 47 MiB, two at a time in a process: many sign-ins at once cannot exhaust the
  memory of a small machine.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from threading import BoundedSemaphore
from typing import Any

from django.contrib.auth.hashers import Argon2PasswordHasher
from django.contrib.auth.password_validation import CommonPasswordValidator
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

AT_ONCE = 2
REMAINING = 8
DIFFERENT = 6
SHORTEST_WORD = 4

_AT_ONCE = BoundedSemaphore(AT_ONCE)

# Words and runs that stand in every guesser's list; what is left without them must carry the password.
COMMON = frozenset(
    """
    password passwort passwd kennwort motdepasse contrasena sicherheit geheim secret welcome willkommen
    letmein iloveyou sunshine princess football baseball dragon monkey master administrator admin login
    changeme qwertyuiop qwertz qwerty asdfghjkl asdfgh zxcvbnm yxcvbnm 1234567890 0987654321 123456789
    12345678 1234567 123456 12345 1234 abcdefghijklmnopqrstuvwxyz abcdefgh abcdef abcd summer winter
    spring autumn sommer fruehling herbst monday january correcthorsebatterystaple
    """.split()  # noqa: SIM905 (a list to read, not to count commas in)
)
PRODUCT = ("exitwork", "exit", "programme", "program", "casework")

# Organisations hand in their names from above: more_words.append(function) in their AppConfig.
more_words: list[Callable[[], Iterable[str]]] = []


class Argon2idTwoAtATime(Argon2PasswordHasher):
    """Argon2id with 47 MiB and one pass, two at a time (OWASP: m=47104, t=1, p=1)."""

    time_cost = 1
    memory_cost = 47 * 1024
    parallelism = 1

    def encode(self, password: str, salt: str) -> str:
        """The stored form; waits while two others are being made."""
        with _AT_ONCE:
            return super().encode(password, salt)

    def verify(self, password: str, encoded: str) -> bool:
        """Whether the password is the stored one; waits while two others are being compared."""
        with _AT_ONCE:
            return super().verify(password, encoded)


class LongEnough:
    """At least so many characters."""

    def __init__(self, at_least: int = 15) -> None:
        self.at_least = at_least

    def validate(self, password: str, user: object = None) -> None:  # noqa: ARG002 (Django's interface)
        """Refuse what is shorter.

        :raises ValidationError: with the sentence to show.
        """
        if len(password) < self.at_least:
            raise ValidationError(
                _(
                    "This password has %(length)d characters and needs %(least)d or more. "
                    "Four random words do well."
                ),
                code="too_short",
                params={"length": len(password), "least": self.at_least},
            )

    def get_help_text(self) -> str:
        """What to choose."""
        return _(
            "At least %(least)d characters. Four random words are good; nothing else is asked of it."
        ) % {"least": self.at_least}


class NotGuessable(CommonPasswordValidator):
    """Not common, and more than common words, names and repetitions strung together."""

    def validate(self, password: str, user: Any = None) -> None:
        """Refuse what a guesser would try.

        :raises ValidationError: with the sentence to show.
        """
        folded = re.sub(r"[\W_]+", "", password.casefold())
        core = re.sub(r"\d+$", "", folded)
        if {password.casefold().strip(), folded, core} & self.passwords or len(set(folded)) < DIFFERENT:
            raise ValidationError(
                _("This password is too easy to guess. Four random words do well."), code="common"
            )
        left = re.sub(r"(19|20)\d\d", "", self._without_repetition(folded))
        for word in sorted(self._words(user), key=len, reverse=True):
            left = left.replace(word, "")
        if len(left) < REMAINING:
            raise ValidationError(
                _("This password is little more than common words or names. Four random words do well."),
                code="common_words",
            )

    def get_help_text(self) -> str:
        """What not to choose."""
        return _("Not a common password, and not your name or the name of your organisation.")

    def _words(self, user: Any) -> set[str]:
        own = f"{getattr(user, 'email', '')} {getattr(user, 'name', '')}"
        named = " ".join([own, *(name for names in more_words for name in names())])
        parts = {re.sub(r"[\W_]+", "", part) for part in re.split(r"[\s@.\-]+", named.casefold())}
        return {part for part in parts if len(part) >= SHORTEST_WORD} | {*COMMON, *PRODUCT}

    def _without_repetition(self, folded: str) -> str:
        return re.sub(r"(.{1,12}?)\1{2,}", r"\1", folded)
