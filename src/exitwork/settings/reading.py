# SPDX-License-Identifier: AGPL-3.0-or-later
"""How the value of an option is found: environment, then ``exitwork.toml``, then the default.

* The place a value came from is kept, so that a complaint can name it.
* A setting that no option declares is refused with the nearest name that exists.
"""

from __future__ import annotations

import difflib
import os
import tomllib
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path

from exitwork.settings.readers import WrongValue


class WrongOption(Exception):
    """An option can't be used as it is set. The text is a sentence for the administrator."""


def home() -> Path:
    """The installation's folder: database, files, settings. ``EXITWORK_HOME`` or ``./.exitwork``."""
    return Path(os.environ.get("EXITWORK_HOME") or ".exitwork").absolute()


def file_path() -> Path:
    """The installation's settings file, which need not exist."""
    return home() / "exitwork.toml"


@dataclass(frozen=True, slots=True)
class Found:
    """A value as it was written, and where. ``text`` is None when nothing was set."""

    text: str | None
    place: str


@dataclass(frozen=True, slots=True)
class Option:
    """One thing an installation may set. ``reads`` turns text into the value or says what is wrong."""

    name: str
    reads: Callable[[str], object]
    default: object
    explanation: str
    example: str = ""
    secret: bool = False

    @property
    def variable(self) -> str:
        """The environment variable that sets it."""
        return f"EXITWORK_{self.name.upper()}"

    def found(self) -> Found:
        """What was set for it, as text, and where.

        :raises WrongOption: if the settings file can't be read.
        """
        if (text := os.environ.get(self.variable)) is not None:
            return Found(text, f"the environment variable {self.variable}")
        written = read_file()
        if self.name in written:
            return Found(_as_text(self.name, written[self.name]), str(file_path()))
        return Found(None, "the default")

    def value(self) -> object:
        """The value, typed.

        :raises WrongOption: if what was set can't be read.
        """
        found = self.found()
        if found.text is None:
            return self.default
        try:
            return self.reads(found.text.strip())
        except WrongValue as wrong:
            shown = "" if self.secret else f" It says {found.text!r}."
            raise WrongOption(
                f"The option {self.name}, set in {found.place}, must be {wrong}.{shown}"
            ) from None


def read_file() -> dict[str, object]:
    """The settings file's content, empty when there is none.

    :raises WrongOption: if it is not TOML or can't be opened.
    """
    path = file_path()
    try:
        return tomllib.loads(path.read_text("utf-8"))
    except (FileNotFoundError, NotADirectoryError):
        return {}
    except (OSError, UnicodeDecodeError) as error:
        raise WrongOption(f"The settings file {path} can't be read: {_reason(error)}.") from None
    except tomllib.TOMLDecodeError as error:
        raise WrongOption(f"The settings file {path} is not valid TOML: {error}.") from None


def refuse_unknown(names: Iterable[str]) -> None:
    """Refuse a settings file that sets something no option declares.

    :raises WrongOption: naming the setting and the nearest option.
    """
    known = list(names)
    for name in read_file():
        if name not in known:
            near = difflib.get_close_matches(name, known, n=1)
            meant = f" Did you mean {near[0]}?" if near else ""
            raise WrongOption(f"The settings file {file_path()} sets {name!r}, which is no option.{meant}")


def _as_text(name: str, value: object) -> str:
    match value:
        case bool():
            return "yes" if value else "no"
        case str() | int():
            return str(value)
        case list() if all(isinstance(part, str) for part in value):
            return ",".join(value)
    raise WrongOption(
        f"The option {name}, set in {file_path()}, must be a text, a number, true or false, "
        "or a list of texts."
    )


def _reason(error: Exception) -> str:
    return (error.strerror or "unknown error").lower() if isinstance(error, OSError) else "it is not UTF-8"
