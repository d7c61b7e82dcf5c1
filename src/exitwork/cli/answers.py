# SPDX-License-Identifier: AGPL-3.0-or-later
"""Questions and their answers: typed one by one, or read from a file.

* A wrong answer is asked again with the sentence that says why; in a file it stops everything.
* Every question names its default, which an empty answer takes.
"""

from __future__ import annotations

import getpass
import sys
import tomllib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

from exitwork.cli.sentences import WrongInput
from exitwork.settings.readers import WrongValue

Reader = Callable[[str], object]


@dataclass(frozen=True, slots=True)
class Question:
    """One thing to ask. ``reads`` raises ``WrongValue`` with what it must be instead."""

    name: str
    prompt: str
    reads: Reader
    default: str = ""


class Answers:
    """Where answers come from."""

    def __init__(self, written: Mapping[str, object] | None = None) -> None:
        self._written = written
        self._used: set[str] = set()

    @classmethod
    def of(cls, path: Path | None) -> Answers:
        """From a TOML file, or from the terminal.

        :raises WrongInput: if the file can't be read, or there is neither file nor terminal.
        """
        if path is None:
            if not sys.stdin.isatty():
                raise WrongInput("There is no terminal to ask on. Give the answers with --answers FILE.")
            return cls()
        try:
            return cls(tomllib.loads(path.read_text("utf-8")))
        except (OSError, UnicodeDecodeError):
            raise WrongInput(f"The answers in {path} can't be read.") from None
        except tomllib.TOMLDecodeError as error:
            raise WrongInput(f"The answers in {path} are not valid TOML: {error}.") from None

    def to(self, question: Question) -> object:
        """The answer, read."""
        if self._written is not None:
            return self._from_file(question)
        default = f" [{question.default}]" if question.default else ""
        while True:
            try:
                typed = input(f"{question.prompt}{default}: ").strip()
            except EOFError:
                raise WrongInput("The questions were broken off; nothing was set up.") from None
            try:
                return question.reads(typed or question.default)
            except WrongValue as wrong:
                print(f"  It must be {wrong}.")

    def new_passphrase(self, least: int) -> str:
        """A new passphrase, typed twice; from a file, once.

        :raises WrongInput: if the one in the file is missing or too short.
        """
        if self._written is not None:
            self._used.add("passphrase")
            passphrase = str(self._written.get("passphrase", ""))
            if len(passphrase) < least:
                raise WrongInput(f"The passphrase needs at least {least} characters.")
            return passphrase
        while True:
            passphrase = getpass.getpass(f"Passphrase (at least {least} characters, not shown): ")
            if len(passphrase) < least:
                print(f"  It needs at least {least} characters. Five or six unexpected words do well.")
            elif getpass.getpass("The same once more: ") != passphrase:
                print("  The two are not the same.")
            else:
                return passphrase

    def refuse_unused(self) -> None:
        """Refuse a file that answers what nobody asked.

        :raises WrongInput: naming the first of them.
        """
        unused = sorted(set(self._written or {}) - self._used)
        if unused:
            raise WrongInput(f"The answers hold {unused[0]!r}, which is not asked here.")

    def _from_file(self, question: Question) -> object:
        assert self._written is not None
        self._used.add(question.name)
        written = str(self._written.get(question.name, "")).strip()
        try:
            return question.reads(written or question.default)
        except WrongValue as wrong:
            raise WrongInput(f"The answer {question.name} must be {wrong}.") from None
