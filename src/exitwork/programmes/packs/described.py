# SPDX-License-Identifier: AGPL-3.0-or-later
"""A pack as rows to read: each field with its words and where they come from.

* What is not known says so: no row is left out because nothing is in it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext, pgettext_lazy

from exitwork.programmes.packs.pack import DESCRIBED, OPTIONAL, Conflict, Pack, Rhythm, TaperStep, Unit

Labels = dict[str, Any]

LABELS: Labels = {
    "aims": gettext_lazy("Aims"),
    "audience": gettext_lazy("Who it is for"),
    "services": gettext_lazy("What is offered"),
    "form": gettext_lazy("Form"),
    "hosts": gettext_lazy("Run by"),
    "partners": gettext_lazy("Together with"),
    "countries": gettext_lazy("Country"),
    "geography": gettext_lazy("Reach"),
    "sites": gettext_lazy("Places"),
    "began": gettext_lazy("Began"),
    "ended": gettext_lazy("Ended"),
    "lasts": gettext_lazy("Planned to last"),
    "origin": gettext_lazy("Where it came from"),
    "cooperation": gettext_lazy("Cooperation with the state"),
    "funding": gettext_lazy("Funding"),
    "settings": pgettext_lazy("where people are", "Settings"),
    "types": gettext_lazy("Types within the criminal justice system"),
    "contact_approach": gettext_lazy("Who takes the first step"),
    "participation": gettext_lazy("Taking part"),
    "target_groups": gettext_lazy("Target groups"),
    "ideologies": gettext_lazy("Ideologies"),
    "ideology_work": gettext_lazy("Work on ideology"),
    "goals": gettext_lazy("Goals"),
    "methods": gettext_lazy("Methods"),
    "referral_sources": gettext_lazy("Ways in"),
    "team": gettext_lazy("Team"),
    "phases": gettext_lazy("Phases"),
    "pillars": gettext_lazy("Pillars"),
    "dosage": gettext_lazy("Hours"),
    "instruments": gettext_lazy("Instruments"),
    "reports": gettext_lazy("Reports due"),
    "meetings": gettext_lazy("Meetings and conferences"),
    "taper": gettext_lazy("Contact after release"),
    "wording": gettext_lazy("What the person is called"),
    "case_definition": gettext_lazy("What a case is"),
}


class Origin(StrEnum):
    """Where the value of a field comes from."""

    SOURCE = "source"
    PROPOSED = "proposed"
    UNKNOWN = "unknown"
    NOT_APPLICABLE = "not-applicable"


@dataclass(frozen=True, slots=True)
class Row:
    """One field: its label, what it says, where that comes from, and where sources disagree."""

    name: str
    label: Any
    values: tuple[str, ...]
    origin: Origin
    sources: tuple[str, ...]
    is_partly_unknown: bool
    is_partly_proposed: bool
    conflicts: tuple[Conflict, ...]


@dataclass(frozen=True, slots=True)
class Pair:
    """The same field of two packs."""

    label: Any
    first: Row
    second: Row

    @property
    def differs(self) -> bool:
        """Whether the two say different things."""
        return (self.first.values, self.first.origin) != (self.second.values, self.second.origin)


def described(pack: Pack) -> tuple[Row, ...]:
    """Every field of a pack, in the order people read them."""
    return tuple(_row(pack, name) for name in DESCRIBED)


def side_by_side(first: Pack, second: Pack) -> tuple[Pair, ...]:
    """Two packs, field by field."""
    rows = zip(described(first), described(second), strict=True)
    return tuple(Pair(one.label, one, other) for one, other in rows)


def every(rhythm: Rhythm) -> str:
    """A rhythm as people read it."""
    sentences = {
        Unit.DAY: ngettext("every day", "every %(number)s days", rhythm.number),
        Unit.WEEK: ngettext("every week", "every %(number)s weeks", rhythm.number),
        Unit.MONTH: ngettext("every month", "every %(number)s months", rhythm.number),
        Unit.YEAR: ngettext("every year", "every %(number)s years", rhythm.number),
    }
    return sentences[rhythm.unit] % {"number": rhythm.number}


def span(rhythm: Rhythm) -> str:
    """A length of time as people read it."""
    sentences = {
        Unit.DAY: ngettext("%(number)s day", "%(number)s days", rhythm.number),
        Unit.WEEK: ngettext("%(number)s week", "%(number)s weeks", rhythm.number),
        Unit.MONTH: ngettext("%(number)s month", "%(number)s months", rhythm.number),
        Unit.YEAR: ngettext("%(number)s year", "%(number)s years", rhythm.number),
    }
    return sentences[rhythm.unit] % {"number": rhythm.number}


def _row(pack: Pack, name: str) -> Row:
    values = tuple(value for value in _READ.get(name, _plain(name))(pack) if value)
    return Row(
        name=name,
        label=LABELS[name],
        values=values,
        origin=_origin(pack, name),
        sources=pack.sources.get(name, ()),
        is_partly_unknown=_partly(pack.unknown, name),
        is_partly_proposed=_partly(pack.proposed, name),
        conflicts=tuple(found for found in pack.conflicts if found.field.split(".")[0] == name),
    )


def _partly(names: tuple[str, ...], name: str) -> bool:
    return any(part.startswith(f"{name}.") for part in names)


def _origin(pack: Pack, name: str) -> Origin:
    if pack.is_unknown(name):
        return Origin.UNKNOWN
    if pack.is_proposed(name):
        return Origin.PROPOSED
    if name in OPTIONAL and name not in pack.sources:
        return Origin.NOT_APPLICABLE
    return Origin.SOURCE


def _plain(name: str) -> Callable[[Pack], Iterable[str]]:
    def read(pack: Pack) -> Iterable[str]:
        value = getattr(pack, name)
        if value is None:
            return ()
        if isinstance(value, tuple):
            return (str(getattr(word, "label", word)) for word in value)
        return (str(getattr(value, "label", value)),)

    return read


def _words(name: str) -> Callable[[Pack], Iterable[str]]:
    return lambda pack: (str(pack.label(name, word)) for word in getattr(pack, name))


def _phases(pack: Pack) -> Iterable[str]:
    return (str(phase.label) for phase in pack.phases)


def _team(pack: Pack) -> Iterable[str]:
    if pack.team is None:
        return ()
    formers = _("Formers work as mentors.") if pack.team.formers else ""
    return (str(pack.team.rule.label), ", ".join(pack.team.professions), formers, pack.team.note)


def _pillars(pack: Pack) -> Iterable[str]:
    for pillar in pack.pillars:
        areas = ", ".join(str(area.label) for area in pillar.areas)
        yield _("%(pillar)s: %(areas)s") % {"pillar": pillar.label, "areas": areas}


def _dosage(pack: Pack) -> Iterable[str]:
    if pack.dosage is None:
        return
    if pack.dosage.hours_per_week is not None:
        yield _("%(hours)g hours a week") % {"hours": pack.dosage.hours_per_week}
    if pack.dosage.weeks_at_most is not None:
        yield _("at most %(weeks)s weeks") % {"weeks": pack.dosage.weeks_at_most}
    yield pack.dosage.note


def _instruments(pack: Pack) -> Iterable[str]:
    for found in pack.instruments:
        yield _with_rhythm(found.label, found.every)
        if found.first_within:
            yield _("First within %(span)s.") % {"span": span(found.first_within)}
        yield found.note


def _reports(pack: Pack) -> Iterable[str]:
    return (
        _("%(what)s, to: %(whom)s")
        % {"what": _with_rhythm(report.label, report.every), "whom": report.to.label}
        for report in pack.reports
    )


def _meetings(pack: Pack) -> Iterable[str]:
    for meeting in pack.meetings:
        yield _with_rhythm(meeting.label, meeting.every)
        if meeting.after:
            yield _("Once, %(span)s later.") % {"span": span(meeting.after)}
        yield meeting.note


def _taper(pack: Pack) -> Iterable[str]:
    if pack.taper is None:
        return
    yield pack.taper.note
    for step in pack.taper.steps:
        yield _taper_step(step)
    if pack.taper.stays_available:
        yield _("Stays available long term.")


def _taper_step(step: TaperStep) -> str:
    if step.every is None:
        return _("Then on call.")
    if step.until is None:
        return _("Then a contact %(every)s.") % {"every": every(step.every)}
    return _("Until %(span)s after release: a contact %(every)s.") % {
        "span": span(step.until),
        "every": every(step.every),
    }


def _wording(pack: Pack) -> Iterable[str]:
    if pack.wording is None:
        return
    yield _("Voluntary: %(word)s") % {"word": pack.wording.voluntary}
    yield _("Mandated: %(word)s") % {"word": pack.wording.mandated}


def _case_definition(pack: Pack) -> Iterable[str]:
    if pack.case_definition is not None:
        yield _("Version %(version)s: %(text)s") % {
            "version": pack.case_definition.version,
            "text": pack.case_definition.text,
        }


def _with_rhythm(label: str, rhythm: Rhythm | None) -> str:
    if rhythm is None:
        return label
    return _("%(what)s, %(every)s") % {"what": label, "every": every(rhythm)}


_READ: dict[str, Callable[[Pack], Iterable[str]]] = {
    "lasts": lambda pack: [span(pack.lasts)] if pack.lasts else [],
    "target_groups": _words("target_groups"),
    "ideologies": _words("ideologies"),
    "methods": _words("methods"),
    "referral_sources": _words("referral_sources"),
    "team": _team,
    "phases": _phases,
    "pillars": _pillars,
    "dosage": _dosage,
    "instruments": _instruments,
    "reports": _reports,
    "meetings": _meetings,
    "taper": _taper,
    "wording": _wording,
    "case_definition": _case_definition,
}
