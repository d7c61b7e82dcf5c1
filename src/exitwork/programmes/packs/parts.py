# SPDX-License-Identifier: AGPL-3.0-or-later
"""The parts of a pack, each made from its table; every fault is noted where it stands."""

from __future__ import annotations

import re
from typing import Any, TypeVar

from django.utils.translation import gettext as _

from exitwork.kernel.phases import Phase
from exitwork.programmes.packs.lines import Path
from exitwork.programmes.packs.pack import (
    CaseDefinition,
    Conflict,
    Dosage,
    Instrument,
    Meeting,
    OwnWord,
    Pillar,
    Reading,
    Report,
    Taper,
    TaperStep,
    Team,
    Wording,
)
from exitwork.programmes.packs.tables import Table
from exitwork.programmes.words import NeedArea, Place, TeamRule

P = TypeVar("P", bound=Any)

_COUNTRY = re.compile(r"[A-Z]{2}")
WANTED_PLACE = Place.TEAM


def phase(table: Table) -> tuple[Phase, tuple[str, ...], bool]:
    """A phase, the keys that may follow it, and whether a case may begin with it."""
    made = Phase(
        table.key("key"),
        table.text("label", required=True),
        table.text("says"),
        table.number("weight") or 1,
    )
    return made, table.texts("then"), table.yes("first")


def pillar(table: Table) -> Pillar:
    """One part of the work."""
    return Pillar(
        key=table.key("key"),
        label=table.text("label", required=True),
        areas=table.choices("areas", NeedArea),
        by=table.texts("by"),
        activities=table.texts("activities"),
        hours_per_week=table.hours("hours_per_week"),
    )


def dosage(table: Table) -> Dosage:
    """How much, for how long."""
    return Dosage(table.hours("hours_per_week"), table.number("weeks_at_most"), table.text("note"))


def instrument(table: Table) -> Instrument:
    """What is assessed with, and how often."""
    return Instrument(
        key=table.key("key"),
        label=table.text("label", required=True),
        first_within=table.rhythm("first_within"),
        every=table.rhythm("every"),
        note=table.text("note"),
    )


def report(table: Table) -> Report:
    """A report that falls due."""
    to = table.choice("to", Place, required=True) or WANTED_PLACE
    return Report(table.key("key"), table.text("label", required=True), to, table.rhythm("every"))


def meeting(table: Table) -> Meeting:
    """A meeting that falls due."""
    return Meeting(
        key=table.key("key"),
        label=table.text("label", required=True),
        to=table.choice("with", Place, required=True) or WANTED_PLACE,
        every=table.rhythm("every"),
        after=table.rhythm("after"),
        note=table.text("note"),
    )


def taper(table: Table) -> Taper:
    """How contact thins out after release."""
    least, most = table.number("high_months_at_least"), table.number("high_months_at_most")
    if least is not None and most is not None and least > most:
        table.fault("high_months_at_most", _("“high_months_at_most” must not be less than the least."))
    return Taper(
        high_months_at_least=least,
        high_months_at_most=most,
        stays_available=table.yes("stays_available"),
        steps=table.tables("steps", lambda step: TaperStep(step.rhythm("until"), step.rhythm("every"))),
        note=table.text("note"),
    )


def team(table: Table) -> Team:
    """Who works with one person."""
    rule = table.choice("rule", TeamRule, required=True) or TeamRule.SINGLE
    return Team(rule, table.texts("professions"), table.yes("formers"), table.text("note"))


def wording(table: Table) -> Wording:
    """What the person is called."""
    return Wording(table.text("voluntary", required=True), table.text("mandated", required=True))


def case_definition(table: Table) -> CaseDefinition:
    """When a contact becomes a case."""
    return CaseDefinition(table.number("version", required=True) or 1, table.text("text", required=True))


def own_word(table: Table) -> OwnWord:
    """A word of the pack's own, under a common one."""
    return OwnWord(table.text("label", required=True), table.text("under", required=True))


def conflict(table: Table) -> Conflict:
    """A field on which sources disagree."""

    def reading(value: Table) -> Reading:
        return Reading(value.text("value", required=True), value.text("source", required=True))

    made = Conflict(table.text("field", required=True), table.tables("values", reading), table.text("note"))
    if len(made.values) < 2:
        table.fault("values", _("A conflict needs at least two values, each with its source."))
    return made


def countries(root: Table) -> tuple[str, ...]:
    """ISO 3166 codes of countries."""
    found = root.texts("countries")
    for number, code in enumerate(found):
        if not _COUNTRY.fullmatch(code):
            sentence = _("“%(code)s” is no country code such as “DE”.") % {"code": code}
            root.faults.note(("countries", number), sentence)
    return found


def once_each(root: Table, name: str, things: tuple[P, ...]) -> tuple[P, ...]:
    """The same things; a key said twice is a fault."""
    keys = [thing.key for thing in things]
    for number, key in enumerate(keys):
        if key and key in keys[:number]:
            root.faults.note((name, number, "key"), _("“%(word)s” is said twice.") % {"word": key})
    return things


def check_source(root: Table, path: Path, reference: str, pattern: re.Pattern[str]) -> None:
    """A source is named as people can find it."""
    if not pattern.fullmatch(reference):
        sentence = _("“%(source)s” is no source; write “S1 L331-335”, “S1 fn 84” or “outside: …”.")
        root.faults.note(path, sentence % {"source": reference})
