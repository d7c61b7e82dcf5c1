# SPDX-License-Identifier: AGPL-3.0-or-later
"""Reads legal profiles and says exactly what is wrong with a broken one.

* Every message reads ``file:line: sentence``; all that is wrong is named at once.
* A broken file changes nothing: what was read before stays, and it is never read in part.
* An installation may put files of its own into ``legal`` in its folder; they take the place
  of a shipped file of the same name.
"""

from __future__ import annotations

import tomllib
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Any

from django.conf import settings
from django.utils.translation import gettext as _

from exitwork.kernel.public_holidays import UnknownRegion, public_holidays
from exitwork.organisations.legal.lines import line_of
from exitwork.organisations.legal.profile import Answer, Duty, Ground, Profile, Retention, Stated

SHIPPED = Path(__file__).parent
PROFESSIONS = (
    "exit-worker",
    "social-worker",
    "psychologist",
    "psychotherapist",
    "physician",
    "clergy",
    "lawyer",
    "volunteer",
)
_TOP: dict[str, type] = {
    "name": str,
    "jurisdiction": str,
    "version": str,
    "holidays": str,
    "reviewed": bool,
    "reviewed_by": str,
    "reviewed_on": date,
    "duty": list,
    "ground": list,
    "stated": list,
    "consent": dict,
    "privilege": dict,
    "retention": dict,
}
_REQUIRED = ("name", "jurisdiction", "version", "holidays", "reviewed")
_ENTRIES: dict[str, dict[str, type]] = {
    "duty": {"code": str, "says": str, "reference": str, "evidence": str},
    "ground": {"code": str, "dpv": list, "reference": str, "evidence": str},
    "stated": {"says": str, "reference": str, "evidence": str},
}
GROUNDS = ("consent", "mandate", "legal-duty", "vital-interest")
EVIDENCE = ("S", "OK", "reviewed")
_TYPES = {
    str: "text",
    bool: "true or false",
    list: "a list",
    dict: "a table",
    date: "a date",
    int: "a whole number",
}
_LONGEST = 200


class BrokenProfile(Exception):
    """A legal profile cannot be used. ``messages`` say where and why."""

    def __init__(self, messages: list[str]) -> None:
        super().__init__("\n".join(messages))
        self.messages = messages


def folders() -> list[Path]:
    """Where profiles are looked for: the installation's own folder first, then the shipped ones."""
    own = getattr(settings, "HOME", None)
    return [*([Path(own) / "legal"] if own else []), SHIPPED]


def profile_names() -> list[str]:
    """The names of all profiles there are, in order."""
    return sorted({path.stem for folder in folders() for path in folder.glob("*.toml")})


def profile(name: str) -> Profile:
    """The legal profile of that name.

    :raises BrokenProfile: if there is none, or its file is broken.
    """
    for folder in folders():
        path = folder / f"{name}.toml"
        if name == path.stem and path.is_file():
            return _read(path, path.stat().st_mtime_ns)
    raise BrokenProfile([_("There is no legal profile named %(name)s.") % {"name": name}])


def check(path: Path | str) -> list[str]:
    """Everything that is wrong with a file, one line each with its line number; empty when it is good."""
    path = Path(path)
    try:
        text = path.read_text("utf-8")
    except (OSError, UnicodeDecodeError) as fault:
        return [f"{path}: {_('this file cannot be read as text: %(fault)s') % {'fault': fault}}"]
    try:
        data = tomllib.loads(text)
    except tomllib.TOMLDecodeError as fault:
        return [f"{path}: {fault}"]
    checker = _Checker(path, text)
    checker.all_of(data)
    return checker.messages()


@lru_cache(maxsize=64)
def _read(path: Path, _changed: int) -> Profile:
    """Read a file once for each of its states; the moment of its last change is part of the key."""
    if wrong := check(path):
        raise BrokenProfile(wrong)
    return _profile_of(tomllib.loads(path.read_text("utf-8")))


def _profile_of(data: dict[str, Any]) -> Profile:
    age = data.get("consent", {}).get("age", Answer.NOT_REVIEWED.value)
    return Profile(
        name=data["name"],
        jurisdiction=data["jurisdiction"],
        version=data["version"],
        holidays=data["holidays"],
        reviewed=data["reviewed"],
        reviewed_by=data.get("reviewed_by", ""),
        reviewed_on=data.get("reviewed_on"),
        duties=tuple(Duty(**entry) for entry in data.get("duty", ())),
        grounds=tuple(
            Ground(**{**entry, "dpv": tuple(entry.get("dpv", ()))}) for entry in data.get("ground", ())
        ),
        stated=tuple(Stated(**entry) for entry in data.get("stated", ())),
        age_of_consent=age if isinstance(age, int) else None,
        privilege={name: Answer(answer) for name, answer in data.get("privilege", {}).items()},
        retention=Retention(**data.get("retention", {})),
    )


class _Checker:
    """Collects what is wrong with one file, each finding at its line."""

    def __init__(self, path: Path, text: str) -> None:
        self.path = path
        self.text = text
        self.found: list[tuple[int, str]] = []

    def messages(self) -> list[str]:
        """What was found, in the order of lines."""
        return [f"{self.path}:{line}: {says}" for line, says in sorted(self.found)]

    def say(self, where: tuple[str | int, ...], sentence: str) -> None:
        """Note one thing that is wrong at a path."""
        self.found.append((line_of(self.text, where), sentence))

    def all_of(self, data: dict[str, Any]) -> None:
        """Check the whole file."""
        self.keys(data, _TOP, (), required=_REQUIRED)
        for name, shape in _ENTRIES.items():
            entries = data.get(name, [])
            for place, entry in enumerate(entries if isinstance(entries, list) else []):
                self.entry(name, place, entry, shape)
        self.review(data)
        self.region(data.get("holidays"))
        self.consent(data.get("consent"))
        self.privilege(data.get("privilege"))
        self.retention(data.get("retention"))

    def keys(
        self,
        table: dict[str, Any],
        shape: dict[str, type],
        where: tuple[str | int, ...],
        required: tuple[str, ...],
    ) -> None:
        """Every key is known and of its type; the required ones are there."""
        for key, value in table.items():
            if key not in shape:
                known = ", ".join(shape)
                self.say(
                    (*where, key),
                    _("“%(key)s” is not known here; known are: %(known)s.") % {"key": key, "known": known},
                )
            elif not _is_of(value, shape[key]):
                self.say(
                    (*where, key),
                    _("“%(key)s” must be %(type)s.") % {"key": key, "type": _TYPES[shape[key]]},
                )
        for key in required:
            if key not in table:
                self.say(where, _("“%(key)s” is missing.") % {"key": key})

    def entry(self, name: str, place: int, entry: Any, shape: dict[str, type]) -> None:
        """One duty, ground or statement."""
        where = (name, place)
        if not isinstance(entry, dict):
            self.say(where, _("“%(key)s” must be %(type)s.") % {"key": name, "type": _TYPES[dict]})
            return
        self.keys(entry, shape, where, required=tuple(shape))
        if entry.get("evidence") not in (None, *EVIDENCE):
            self.say(
                (*where, "evidence"), _("“evidence” must be one of %(all)s.") % {"all": ", ".join(EVIDENCE)}
            )
        if name == "ground" and entry.get("code") not in (None, *GROUNDS):
            self.say((*where, "code"), _("A ground must be one of %(all)s.") % {"all": ", ".join(GROUNDS)})
        if name == "ground" and not all(isinstance(code, str) for code in entry.get("dpv", ()) or ()):
            self.say(
                (*where, "dpv"), _("“%(key)s” must be %(type)s.") % {"key": "dpv", "type": "a list of texts"}
            )

    def review(self, data: dict[str, Any]) -> None:
        """Reviewed means: by somebody, on a day."""
        if data.get("reviewed") is True and not (data.get("reviewed_by") and data.get("reviewed_on")):
            self.say(
                ("reviewed",),
                _("A reviewed profile names who reviewed it (reviewed_by) and when (reviewed_on)."),
            )

    def region(self, region: Any) -> None:
        """The region has public holidays that are known."""
        if not isinstance(region, str) or not region:
            return
        try:
            public_holidays(region, (2026,))
        except UnknownRegion:
            self.say(("holidays",), _("No public holidays are known for “%(region)s”.") % {"region": region})

    def consent(self, table: Any) -> None:
        """The age is a number of years, or openly unknown."""
        if not isinstance(table, dict):
            return
        self.keys(table, {"age": object}, ("consent",), required=())
        age = table.get("age", Answer.NOT_REVIEWED.value)
        is_years = isinstance(age, int) and not isinstance(age, bool) and 0 < age <= 25
        if not is_years and age != Answer.NOT_REVIEWED.value:
            self.say(("consent", "age"), _("“age” must be a number of years or “not reviewed”."))

    def privilege(self, table: Any) -> None:
        """Known professions, each with yes, no or not reviewed."""
        if not isinstance(table, dict):
            return
        self.keys(table, dict.fromkeys(PROFESSIONS, object), ("privilege",), required=())
        for profession, answer in table.items():
            if profession in PROFESSIONS and answer not in list(Answer):
                self.say(("privilege", profession), _("The answer must be “yes”, “no” or “not reviewed”."))

    def retention(self, table: Any) -> None:
        """Known times, each a sensible whole number."""
        if not isinstance(table, dict):
            return
        fields: dict[str, type] = dict.fromkeys(Retention.__dataclass_fields__, int)
        self.keys(table, fields, ("retention",), required=())
        for key, value in table.items():
            if key in fields and _is_of(value, int) and not 0 < value <= _LONGEST * 365:
                self.say(
                    ("retention", key),
                    _("“%(key)s” must be more than nought and a sensible time.") % {"key": key},
                )


def _is_of(value: Any, kind: type) -> bool:
    if kind is int:
        return isinstance(value, int) and not isinstance(value, bool)
    return isinstance(value, kind)
