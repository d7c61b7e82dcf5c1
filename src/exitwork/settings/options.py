# SPDX-License-Identifier: AGPL-3.0-or-later
"""What an installation may set, each option typed, with its default and its explanation.

* An option is read from the environment (``EXITWORK_<NAME>``), else from ``exitwork.toml`` in
  the installation's folder, else its default holds.
* A wrong value stops the program with a sentence that names the option and where it was set.
* Each option is declared once, here; ``config show --explain`` and the reference page
  ``docs/reference/settings.md`` are written from the declarations.
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import TypeVar

from exitwork.settings.readers import (
    WrongValue,
    a_choice,
    a_host,
    a_limit,
    a_number,
    a_path,
    a_text,
    a_time_zone,
    database_url,
    hosts,
    mail_url,
    yes_or_no,
)
from exitwork.settings.reading import Option, WrongOption, file_path, home

__all__ = ["OPTIONS", "Option", "WrongOption", "WrongValue", "file_path", "home"]

T = TypeVar("T")

OPTIONS: dict[str, Option] = {
    declared.name: declared
    for declared in (
        Option(
            "reach",
            a_choice("machine", "office", "proxy"),
            "machine",
            "From where the program is reached: only this machine; this office, over HTTPS with a "
            "certificate authority of its own; or behind a reverse proxy that speaks HTTPS.",
            example="office",
        ),
        Option(
            "listen",
            a_host,
            "127.0.0.1",
            "The address the server listens on. Anything but this machine is refused unless the server "
            "itself speaks HTTPS (reach = office).",
            example="0.0.0.0",  # noqa: S104  an example in a reference page
        ),
        Option("port", a_number(1, 65535), 8700, "The port the server listens on.", example="8443"),
        Option(
            "hosts",
            hosts,
            ["localhost", "127.0.0.1", "[::1]"],
            "The names and addresses under which people reach the program, separated by commas. "
            "Requests for any other name are refused. Passkeys belong to the first name.",
            example="exit.example.org",
        ),
        Option(
            "trust_proxy_headers",
            yes_or_no,
            False,
            "Whether X-Forwarded-Proto is believed. Only behind a proxy that always sets it itself. "
            "No address of a visitor is ever read from a header.",
            example="yes",
        ),
        Option(
            "web_processes",
            a_number(1, 64),
            2,
            "How many web processes serve pages. They keep no state; one per core is enough.",
            example="4",
        ),
        Option(
            "web_threads",
            a_number(1, 64),
            4,
            "How many requests each web process answers at the same time.",
            example="8",
        ),
        Option(
            "database",
            database_url,
            "sqlite",
            "Where the data lie: sqlite (a file in the installation's folder) or the address of a "
            "PostgreSQL database, postgresql://name:password@host:port/database.",
            example="postgresql://exitwork:password@localhost/exitwork",
            secret=True,
        ),
        Option(
            "secret_key",
            a_text(minimum=32),
            "",
            "The key that signs sessions and links. init writes one into the file secret_key in the "
            "installation's folder; set it here only where that file can't be kept.",
            secret=True,
        ),
        Option(
            "key_file",
            a_path,
            None,
            "The file with the master key, readable by this account only and outside the installation's "
            "folder. Not set: the passphrase is asked for at each start, which is safer.",
            example="/etc/exitwork/master.key",
        ),
        Option(
            "limit_outside",
            a_limit,
            "60/500",
            "How many different cases outside one's own assignments a person may open in a minute and "
            "in a day. The keyholder counts; a taken-over web process can't raise it.",
            example="120/1000",
        ),
        Option(
            "limit_export",
            a_limit,
            "30/200",
            "How many different cases a person may export in a minute and in a day.",
            example="60/400",
        ),
        Option(
            "limit_search",
            a_limit,
            "60/2000",
            "How often a person may search in a minute and in a day; one search counts once.",
            example="120/4000",
        ),
        Option(
            "limit_everything",
            a_limit,
            "50000/1000000",
            "How many keys the whole installation may open in a minute and in a day, whoever asks. "
            "Generous: it stops a copy of everything, not work.",
            example="200000/5000000",
        ),
        Option(
            "mail",
            mail_url,
            "",
            "How e-mail leaves: smtp://name:password@host:port (STARTTLS) or smtps://... (TLS). "
            "Not set: nothing is sent, and invitations are printed as one-time codes.",
            example="smtp://exit:password@mail.example.org:587",
            secret=True,
        ),
        Option(
            "mail_from",
            a_text(),
            "",
            "The sender of e-mail. A neutral address: it must not tell what the organisation does.",
            example="office@example.org",
        ),
        Option(
            "language",
            a_choice("en", "de", "ar"),
            "en",
            "The language of pages for people who have chosen none.",
            example="de",
        ),
        Option(
            "zone",
            a_time_zone,
            "UTC",
            "The time zone shown where a site has none of its own.",
            example="Europe/Stockholm",
        ),
        Option(
            "independent",
            yes_or_no,
            False,
            "Independent mode: this installation refuses to hold any state organisation at all.",
            example="yes",
        ),
        Option(
            "second_factor",
            a_choice("required", "offered"),
            "required",
            "Whether signing in asks for a second factor. Only a demo may merely offer it.",
            example="required",
        ),
        Option(
            "session_idle_minutes",
            a_number(1, 240),
            15,
            "After how many minutes without a request a session ends. Typed words are kept sealed.",
            example="15",
        ),
        Option(
            "session_longest_hours",
            a_number(1, 24),
            12,
            "After how many hours a session ends in any case.",
            example="12",
        ),
        Option(
            "disk_free_megabytes",
            a_number(10, 1_000_000),
            500,
            "Below how many free megabytes on the installation's disk the program reports not ready.",
            example="2000",
        ),
        Option(
            "document_megabytes",
            a_number(1, 500),
            20,
            "The largest file one may add to a case, in megabytes. It is held in memory while it is "
            "looked at.",
            example="50",
        ),
        Option(
            "document_megapixels",
            a_number(1, 200),
            40,
            "The largest picture, in millions of pixels: 40 is a good phone; each needs about 8 MB "
            "of memory.",
            example="60",
        ),
        Option(
            "document_unpacked_megabytes",
            a_number(10, 2_000),
            200,
            "How much a text document, a spreadsheet or a PDF may unpack to before it is refused as a bomb.",
            example="400",
        ),
        Option(
            "log_level",
            a_choice("debug", "info", "warning", "error"),
            "info",
            "How much is logged. Whatever is chosen, no name, address, token or text is.",
            example="warning",
        ),
        Option(
            "demo",
            yes_or_no,
            False,
            "Marks an installation with invented data: a banner on every page, sign-in names printed. "
            "Set by the command demo; never set it for real work.",
        ),
    )
}


def text(name: str) -> str:
    """The value of an option that is a text or one of a few words.

    :raises WrongOption: if what was set can't be read; so do the others below.
    """
    return _typed(name, str)


def number(name: str) -> int:
    """The value of an option that is a whole number."""
    return _typed(name, int)


def switch(name: str) -> bool:
    """The value of an option that is yes or no."""
    return _typed(name, bool)


def words(name: str) -> list[str]:
    """The value of an option that is a list of names."""
    return _typed(name, list)


def _typed(name: str, kind: type[T]) -> T:
    value = OPTIONS[name].value()
    if not isinstance(value, kind):
        raise TypeError(f"the option {name} is a {type(value).__name__}")
    return value


def unknown_variables() -> list[str]:
    """Environment variables that look like options of ours and are none."""
    known = {option.variable for option in OPTIONS.values()} | {"EXITWORK_HOME"}
    return sorted(
        name
        for name in os.environ
        if name.startswith("EXITWORK_") and name not in known and not name.startswith("EXITWORK_TEST_")
    )


def secret_key() -> str:
    """The signing key: the option, else the file that ``init`` or ``demo`` wrote, else empty."""
    written = home() / "secret_key"
    set_here = str(OPTIONS["secret_key"].value())
    return set_here or (written.read_text("utf-8").strip() if written.exists() else "")


def key_file() -> Path | None:
    """The file with the master key, or None when a passphrase opens the vault."""
    value = OPTIONS["key_file"].value()
    return value if isinstance(value, Path) else None
