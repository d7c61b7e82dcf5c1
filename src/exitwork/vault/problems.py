# SPDX-License-Identifier: AGPL-3.0-or-later
"""What can go wrong around the master key, told by code.

* This file, like everything the keyholder loads, knows no Django: the process that holds the
  master key stays small. Sentences here are plain English and marked for translation.
* No problem ever carries a key, a passphrase or a wrapped key.
"""

from __future__ import annotations

from enum import StrEnum


class Code(StrEnum):
    """What the keyholder answers when it says no."""

    LOCKED = "locked"
    BUDGET_SPENT = "budget-spent"
    BROKEN = "broken"
    UNKNOWN_MASTER = "unknown-master"
    NOT_ROTATING = "not-rotating"
    TOO_EARLY = "too-early"
    NOT_UNDERSTOOD = "not-understood"


class KeeperProblem(Exception):
    """The keyholder says no. ``code`` says why; ``about`` says how and until when, never what."""

    def __init__(self, code: Code, **about: str | int) -> None:
        super().__init__(code.value)
        self.code = code
        self.about = about


def gettext_noop(sentence: str) -> str:
    """Mark a sentence for translation where Django is not loaded."""
    return sentence


_SENTENCES = {
    "missing": gettext_noop("There is no master key at {path}."),
    "exists": gettext_noop("There is already a file at {path}. A master key is never overwritten."),
    "not-a-file": gettext_noop("{path} is not a file of its own."),
    "others-may-read": gettext_noop(
        "Other people on this machine may read {path}. Make it yours alone: chmod 600 {path}"
    ),
    "someone-else's": gettext_noop("{path} belongs to another account of this machine."),
    "inside-data": gettext_noop(
        "The key file {path} lies inside the data folder {folder}. "
        "Whoever copies the folder would have both. Keep the key elsewhere."
    ),
    "not-understood": gettext_noop("{path} is not a master key this version understands."),
    "wrong-passphrase": gettext_noop("This is not the passphrase."),
    "too-short": gettext_noop("The passphrase needs at least {least} characters."),
    "no-passphrase": gettext_noop("No passphrase was given."),
    "locked": gettext_noop(
        "Everything was locked. Only a person who stops the program and starts it again undoes that."
    ),
    "socket-too-long": gettext_noop("The path {path} is too long for a socket. Use a shorter folder."),
    "already-running": gettext_noop("A keyholder already answers at {path}."),
}


class UnableToUnlock(Exception):
    """The master key can't be made, read or used; the sentence says what to mend."""

    def __init__(self, code: str, **details: object) -> None:
        self.code = code
        self.sentence = _SENTENCES[code]
        self.details = details
        super().__init__(code)

    def __str__(self) -> str:
        return self.sentence.format(**self.details)
