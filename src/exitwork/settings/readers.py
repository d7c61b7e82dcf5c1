# SPDX-License-Identifier: AGPL-3.0-or-later
"""How an option's text becomes a value.

* A reader returns the value or raises ``WrongValue``; its text completes the sentence
  "The option ..., set in ..., must be ...".
"""

from __future__ import annotations

import ipaddress
import re
from collections.abc import Callable
from pathlib import Path
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

_HOST = re.compile(r"(?!-)[A-Za-z0-9-]{1,63}(?<!-)(\.(?!-)[A-Za-z0-9-]{1,63}(?<!-))*")


class WrongValue(ValueError):
    """What the value must be instead."""


def a_text(minimum: int = 0) -> Callable[[str], str]:
    """Any text, of at least so many characters unless it is empty."""

    def read(text: str) -> str:
        if text and len(text) < minimum:
            raise WrongValue(f"at least {minimum} characters long")
        return text

    return read


def a_number(least: int, most: int) -> Callable[[str], int]:
    """A whole number between two bounds, both allowed."""

    def read(text: str) -> int:
        if not re.fullmatch(r"[0-9]{1,9}", text) or not least <= int(text) <= most:
            raise WrongValue(f"a whole number from {least} to {most}")
        return int(text)

    return read


def a_limit(text: str) -> str:
    """How many in a minute and how many in a day: 60/500."""
    if not re.fullmatch(r"[1-9][0-9]{0,8}/[1-9][0-9]{0,8}", text):
        raise WrongValue("how many in a minute and how many in a day, both above nought, such as 60/500")
    return text


def a_choice(*choices: str) -> Callable[[str], str]:
    """One of a few words."""

    def read(text: str) -> str:
        if text not in choices:
            raise WrongValue(f"{', '.join(choices[:-1])} or {choices[-1]}")
        return text

    return read


def yes_or_no(text: str) -> bool:
    """Yes or no, in the spellings people use."""
    answers = {"yes": True, "true": True, "on": True, "1": True}
    answers |= {"no": False, "false": False, "off": False, "0": False}
    if text.lower() not in answers:
        raise WrongValue("yes or no")
    return answers[text.lower()]


def a_host(text: str) -> str:
    """A host name or an IP address."""
    bare = text.removeprefix("[").removesuffix("]")
    try:
        ipaddress.ip_address(bare)
    except ValueError:
        # All digits and dots but no address: a mistyped one.
        if not _HOST.fullmatch(text) or re.fullmatch(r"[0-9.]+", text):
            raise WrongValue("a host name or an IP address, without http:// and port") from None
    return text


def hosts(text: str) -> list[str]:
    """Host names and addresses, separated by commas."""
    named = [part.strip() for part in text.split(",") if part.strip()]
    if not named:
        raise WrongValue("at least one host name")
    return [a_host(name) for name in named]


def a_path(text: str) -> Path | None:
    """An absolute path of a file; empty is none."""
    if text and not Path(text).expanduser().is_absolute():
        raise WrongValue("an absolute path")
    return Path(text).expanduser() if text else None


def a_time_zone(text: str) -> str:
    """A time zone of the IANA list."""
    try:
        ZoneInfo(text)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        raise WrongValue("a time zone such as Europe/Berlin") from None
    return text


def database_url(text: str) -> str:
    """``sqlite`` or the address of a PostgreSQL database."""
    if text == "sqlite":
        return text
    wrong = WrongValue("sqlite or an address such as postgresql://name:password@host:5432/database")
    try:
        parts = urlsplit(text)
        named = parts.path.strip("/")
        parts.port  # noqa: B018  raises when it is no number
    except ValueError:
        raise wrong from None
    if parts.scheme not in {"postgresql", "postgres"} or not named or "/" in named:
        raise wrong
    return text


def mail_url(text: str) -> str:
    """Empty, or the address of a mail server."""
    wrong = WrongValue("empty or an address such as smtp://name:password@mail.example.org:587")
    try:
        parts = urlsplit(text)
        parts.port  # noqa: B018  raises when it is no number
    except ValueError:
        raise wrong from None
    if text and (parts.scheme not in {"smtp", "smtps"} or not parts.hostname):
        raise wrong
    return text
