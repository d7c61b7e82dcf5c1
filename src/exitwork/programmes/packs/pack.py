# SPDX-License-Identifier: AGPL-3.0-or-later
"""What a pack is: frozen values, made only by ``reading``.

* Of every described field a pack says where its value comes from: a source document, a
  proposal of ours (``proposed``), or that it is unknown. Nothing is filled in silently.
* Where sources disagree, both values are kept with their sources (``conflicts``).
* ``text`` is the whole file: what is exported is what was read, comments included.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from exitwork.kernel.phases import Phases
from exitwork.programmes.words import (
    VOCABULARIES,
    ContactApproach,
    Cooperation,
    ExitType,
    Form,
    Geography,
    Goal,
    IdeologyWork,
    Kind,
    NeedArea,
    Origin,
    Participation,
    Place,
    Setting,
    TeamRule,
)

FORMAT = 1


class Unit(StrEnum):
    """What a rhythm counts in."""

    DAY = "day"
    WEEK = "week"
    MONTH = "month"
    YEAR = "year"


@dataclass(frozen=True, slots=True)
class Rhythm:
    """Every so many days, weeks, months or years; or, for ``after``, once after so long."""

    number: int
    unit: Unit

    def __str__(self) -> str:
        return f"{self.number} {self.unit}{'' if self.number == 1 else 's'}"


@dataclass(frozen=True, slots=True)
class OwnWord:
    """A word this pack adds to a vocabulary, under one of the common words."""

    label: str
    under: str


@dataclass(frozen=True, slots=True)
class Pillar:
    """One part of the work, who does it, and the hours a week planned for it (R61, R62)."""

    key: str
    label: str
    areas: tuple[NeedArea, ...]
    by: tuple[str, ...] = ()
    activities: tuple[str, ...] = ()
    hours_per_week: float | None = None


@dataclass(frozen=True, slots=True)
class Dosage:
    """Hours a week in all, and for how many weeks at most."""

    hours_per_week: float | None = None
    weeks_at_most: int | None = None
    note: str = ""


@dataclass(frozen=True, slots=True)
class Instrument:
    """What is assessed with, first within some time and then every so often."""

    key: str
    label: str
    first_within: Rhythm | None = None
    every: Rhythm | None = None
    note: str = ""


@dataclass(frozen=True, slots=True)
class Report:
    """A report that is due regularly."""

    key: str
    label: str
    to: Place
    every: Rhythm | None = None


@dataclass(frozen=True, slots=True)
class Meeting:
    """A conference or meeting of the programme: every so often, or once after something."""

    key: str
    label: str
    to: Place
    every: Rhythm | None = None
    after: Rhythm | None = None
    note: str = ""


@dataclass(frozen=True, slots=True)
class TaperStep:
    """One stretch of contact after release: how often, and until when; no ``every`` is on call."""

    until: Rhythm | None
    every: Rhythm | None


@dataclass(frozen=True, slots=True)
class Taper:
    """How contact thins out: months of high intensity, the steps after, and whether the door stays open."""

    high_months_at_least: int | None = None
    high_months_at_most: int | None = None
    stays_available: bool = False
    steps: tuple[TaperStep, ...] = ()
    note: str = ""


@dataclass(frozen=True, slots=True)
class Team:
    """Who works with one person."""

    rule: TeamRule
    professions: tuple[str, ...] = ()
    formers: bool = False
    note: str = ""


@dataclass(frozen=True, slots=True)
class Wording:
    """What the person is called, by the basis of taking part (R8)."""

    voluntary: str
    mandated: str

    def of(self, basis: str) -> str:
        """The word for somebody who takes part on this basis."""
        return self.voluntary if basis == Participation.VOLUNTARY else self.mandated


@dataclass(frozen=True, slots=True)
class CaseDefinition:
    """When a contact becomes a case; every figure prints the version it used."""

    version: int
    text: str


@dataclass(frozen=True, slots=True)
class Reading:
    """One value a source gives."""

    value: str
    source: str


@dataclass(frozen=True, slots=True)
class Conflict:
    """A field on which sources disagree; both are kept."""

    field: str
    values: tuple[Reading, ...]
    note: str = ""


@dataclass(frozen=True)
class Pack:
    """One programme as data. What is None or empty and named in ``unknown`` is not known."""

    key: str
    version: int
    name: str
    kind: Kind
    aims: str
    audience: str
    services: tuple[str, ...]
    text: str
    phases: Phases
    full_name: str = ""
    reviewed_by: str = ""
    form: Form | None = None
    hosts: tuple[str, ...] = ()
    partners: tuple[str, ...] = ()
    countries: tuple[str, ...] = ()
    geography: Geography | None = None
    sites: tuple[str, ...] = ()
    began: int | None = None
    ended: int | None = None
    lasts: Rhythm | None = None
    origin: Origin | None = None
    cooperation: tuple[Cooperation, ...] = ()
    funding: tuple[str, ...] = ()
    settings: tuple[Setting, ...] = ()
    types: tuple[ExitType, ...] = ()
    contact_approach: tuple[ContactApproach, ...] = ()
    participation: tuple[Participation, ...] = ()
    target_groups: tuple[str, ...] = ()
    ideologies: tuple[str, ...] = ()
    ideology_work: IdeologyWork | None = None
    goals: tuple[Goal, ...] = ()
    methods: tuple[str, ...] = ()
    referral_sources: tuple[str, ...] = ()
    team: Team | None = None
    pillars: tuple[Pillar, ...] = ()
    dosage: Dosage | None = None
    instruments: tuple[Instrument, ...] = ()
    reports: tuple[Report, ...] = ()
    meetings: tuple[Meeting, ...] = ()
    taper: Taper | None = None
    wording: Wording | None = None
    case_definition: CaseDefinition | None = None
    sources: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    proposed: tuple[str, ...] = ()
    unknown: tuple[str, ...] = ()
    conflicts: tuple[Conflict, ...] = ()
    own_words: Mapping[str, Mapping[str, OwnWord]] = field(default_factory=dict)

    def __str__(self) -> str:
        return f"{self.name}, version {self.version}"

    @property
    def digest(self) -> str:
        """The hash of the file, by which two copies can be compared."""
        return hashlib.sha256(self.text.encode()).hexdigest()

    @property
    def is_reviewed(self) -> bool:
        """Whether somebody of the programme has confirmed it."""
        return bool(self.reviewed_by)

    @property
    def missing_public_fields(self) -> tuple[str, ...]:
        """Which of aims, audience and services are not known: R13 asks for them before a start."""
        return tuple(name for name in ("aims", "audience", "services") if name in self.unknown)

    def is_unknown(self, name: str) -> bool:
        """Whether the sources don't say it."""
        return name in self.unknown

    def is_proposed(self, name: str) -> bool:
        """Whether it is a proposal of ours and not of the programme's sources."""
        return name in self.proposed

    def label(self, vocabulary: str, key: str) -> Any:
        """What people read for a word of a vocabulary, the pack's own words included.

        :raises KeyError: if neither knows the word.
        """
        own = self.own_words.get(vocabulary, {})
        return own[key].label if key in own else VOCABULARIES[vocabulary][key]

    def common(self, vocabulary: str, key: str) -> str:
        """The common word that a word counts under."""
        own = self.own_words.get(vocabulary, {})
        return own[key].under if key in own else key

    def area_of(self, pillar: str) -> tuple[NeedArea, ...]:
        """The areas of need that a pillar works on; none for an unknown pillar."""
        return next((found.areas for found in self.pillars if found.key == pillar), ())


# The fields of which a pack says where its value comes from, in the order people read them.
DESCRIBED = (
    "aims",
    "audience",
    "services",
    "form",
    "hosts",
    "partners",
    "countries",
    "geography",
    "sites",
    "began",
    "ended",
    "lasts",
    "origin",
    "cooperation",
    "funding",
    "settings",
    "types",
    "contact_approach",
    "participation",
    "target_groups",
    "ideologies",
    "ideology_work",
    "goals",
    "methods",
    "referral_sources",
    "team",
    "phases",
    "pillars",
    "dosage",
    "instruments",
    "reports",
    "meetings",
    "taper",
    "wording",
    "case_definition",
)
# These may simply not apply; they need no "unknown".
OPTIONAL = frozenset({"partners", "ended", "lasts", "sites"})
