# SPDX-License-Identifier: AGPL-3.0-or-later
"""What ``init`` asks, and the settings file that follows from the answers."""

from __future__ import annotations

import json
import re
import socket
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from exitwork.cli.answers import Answers, Question
from exitwork.cli.sentences import WrongInput
from exitwork.organisations import legal
from exitwork.settings.readers import (
    WrongValue,
    a_choice,
    a_host,
    a_number,
    a_time_zone,
    database_url,
    hosts,
)
from exitwork.vault.master import LEAST_PASSPHRASE

REACHES = {"1": "machine", "2": "office", "3": "proxy"}
ASK_REACH = """\
From where will the program be reached?
  1  only from this machine
  2  from this office, over HTTPS with a certificate of its own
  3  through a reverse proxy that speaks HTTPS"""
_EMAIL = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s]+")


@dataclass(frozen=True, slots=True)
class Plan:
    """Everything that was answered."""

    reach: str
    hosts: tuple[str, ...]
    port: int
    database: str
    organisation: str
    kind: str
    branch: str
    zone: str
    language: str
    legal_profile: str
    administrator_email: str
    administrator_name: str
    key_file: Path | None
    passphrase: str | None

    def settings_file(self) -> str:
        """``exitwork.toml``."""
        settings: dict[str, Any] = {
            "reach": self.reach,
            "listen": "0.0.0.0" if self.reach == "office" else "127.0.0.1",  # noqa: S104  HTTPS there
            "port": self.port,
            "hosts": list(self.hosts),
            "database": self.database,
            "language": self.language,
            "zone": self.zone,
        }
        if self.reach == "proxy":
            settings["trust_proxy_headers"] = True
        if self.key_file is not None:
            settings["key_file"] = str(self.key_file)
        # What TOML writes for texts, numbers, lists and booleans is what JSON writes.
        lines = [f"{name} = {json.dumps(value, ensure_ascii=False)}" for name, value in settings.items()]
        head = "# Written by 'exitwork init'. What each means: exitwork config show --explain"
        return "\n".join([head, *lines]) + "\n"


def ask(answers: Answers, *, key_file: Path | None) -> Plan:
    """Ask everything, before anything is written."""
    from exitwork.organisations.words.kinds import Branch, Kind, branch_fits

    if key_file is not None and not key_file.is_absolute():
        raise WrongInput("--key-file must be an absolute path outside the installation's folder.")
    reach = _text(answers, Question("reach", f"{ASK_REACH}\nChoose", _reach, "1"))
    named, port = _where(answers, reach)
    prompt = "Database: sqlite, or postgresql://name:password@host/database"
    database = _text(answers, Question("database", prompt, database_url, "sqlite"))
    organisation = _text(answers, Question("organisation", "Name of the first organisation", _filled))
    kind = _text(answers, _choice("kind", "Civil society or state", [value.value for value in Kind], "civil"))
    fitting = [branch.value for branch in Branch if branch_fits(kind, branch)]
    branch = _text(answers, _choice("branch", "What it is", fitting, fitting[0]))
    zone = _text(answers, Question("zone", "Time zone", a_time_zone, "UTC"))
    language = _text(answers, _choice("language", "Language", ["en", "de", "ar"], "en"))
    legal_profile = _text(answers, _legal_profile())
    email = _text(answers, Question("administrator_email", "E-mail of the first administrator", _email))
    name = _text(answers, Question("administrator_name", "Name colleagues see", _filled))
    passphrase = None if key_file is not None else answers.new_passphrase(LEAST_PASSPHRASE)
    answers.refuse_unused()
    return Plan(
        reach, named, port, database, organisation, kind, branch, zone, language, legal_profile,
        email, name, key_file, passphrase,
    )  # fmt: skip


def _where(answers: Answers, reach: str) -> tuple[tuple[str, ...], int]:
    if reach == "machine":
        return ("localhost", "127.0.0.1"), _number(answers, "8700")
    if reach == "office":
        names = Question(
            "hosts", "Names and addresses of this machine in the office, with commas", hosts, _own_name()
        )
        found = answers.to(names)
        return tuple(found) if isinstance(found, list) else (), _number(answers, "8443")
    host = _text(answers, Question("hosts", "The name people type, such as exit.example.org", a_host))
    return (host,), _number(answers, "8700")


def _number(answers: Answers, default: str) -> int:
    found = answers.to(Question("port", "Port", a_number(1, 65535), default))
    return found if isinstance(found, int) else 0


def _text(answers: Answers, question: Question) -> str:
    return str(answers.to(question))


def _choice(name: str, prompt: str, choices: list[str], default: str) -> Question:
    return Question(name, f"{prompt} ({', '.join(choices)})", a_choice(*choices), default)


def _legal_profile() -> Question:
    # Those that are shipped: the installation's own folder, with profiles of its own, comes later.
    shipped = sorted(path.stem for path in Path(legal.__file__).parent.glob("*.toml"))
    return _choice("legal_profile", "Legal profile, none reviewed yet", shipped, "unset")


def _reach(text: str) -> str:
    return str(a_choice(*REACHES.values())(REACHES.get(text, text)))


def _filled(text: str) -> str:
    if not text:
        raise WrongValue("filled in")
    return text


def _email(text: str) -> str:
    if not _EMAIL.fullmatch(text):
        raise WrongValue("an e-mail address")
    return text


def _own_name() -> str:
    return socket.gethostname().lower()
