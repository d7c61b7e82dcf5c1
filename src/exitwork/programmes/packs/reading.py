# SPDX-License-Identifier: AGPL-3.0-or-later
"""Read a pack from its file, or name everything that is wrong with it.

* A pack is read whole or not at all: a broken file changes nothing.
* Every fault is one line ``file:line: sentence``, all of them at once.
* Every described field has its origin: a source, ``proposed``, or ``unknown`` (see ``pack``).
"""

from __future__ import annotations

import re
import tomllib
from functools import lru_cache
from pathlib import Path as FilePath

from django.utils.translation import gettext as _

from exitwork.kernel.phases import FaultyPhases, Phase, Phases
from exitwork.programmes.packs import parts
from exitwork.programmes.packs.lines import Lines
from exitwork.programmes.packs.pack import DESCRIBED, FORMAT, OPTIONAL, OwnWord, Pack
from exitwork.programmes.packs.tables import Fault, Faults, Table, unknown_word
from exitwork.programmes.words import (
    MOVE_SENTENCES,
    VOCABULARIES,
    ContactApproach,
    Cooperation,
    ExitType,
    Form,
    Geography,
    Goal,
    IdeologyWork,
    Kind,
    Origin,
    Participation,
    Setting,
)

LONGEST = 200_000
_AT_LINE = re.compile(r"\(at line (\d+), column \d+\)")
# "S1 L331-335", "S1 fn 84", "S2"; a source outside the documents says so: "outside: oip.org".
_SOURCE = re.compile(r"S[0-4](?: (?:L\d+(?:-L?\d+)?|fn \d+))?|outside: \S.*")


class FaultyPack(ValueError):
    """The file is no pack; ``faults`` says why, in the order of lines."""

    def __init__(self, faults: list[Fault]) -> None:
        self.faults = tuple(sorted(faults))
        super().__init__("\n".join(f"{fault.line}: {fault.sentence}" for fault in self.faults))

    def lines(self, name: str) -> list[str]:
        """The faults as ``file:line: sentence``."""
        return [f"{name}:{fault.line}: {fault.sentence}" for fault in self.faults]


@lru_cache(maxsize=256)
def read(text: str) -> Pack:
    """Read a pack.

    :raises FaultyPack: with every fault found.
    """
    if len(text) > LONGEST:
        raise FaultyPack([Fault(1, _("The file is too long for a pack."))])
    try:
        data = tomllib.loads(text)
    except tomllib.TOMLDecodeError as fault:
        raise FaultyPack([_syntax_fault(str(fault), text)]) from fault
    faults = Faults(Lines(text))
    root = Table(data, faults)
    pack = _pack(root, text)
    root.done()
    if pack is not None:
        _check_origins(pack, root)
    if faults.found or pack is None:
        raise FaultyPack(faults.found)
    return pack


def read_file(path: FilePath) -> Pack:
    """Read the pack in a file.

    :raises FaultyPack: with every fault found, an unreadable file among them.
    """
    try:
        content = path.read_bytes()
    except OSError as fault:
        sentence = _("The file can't be read: %(why)s.") % {"why": fault.strerror}
        raise FaultyPack([Fault(1, sentence)]) from fault
    return read_bytes(content)


def read_bytes(content: bytes) -> Pack:
    """Read the pack in the bytes of a file.

    :raises FaultyPack: with every fault found.
    """
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as fault:
        line = content[: fault.start].count(b"\n") + 1
        raise FaultyPack([Fault(line, _("The file is not UTF-8."))]) from fault
    return read(text.replace("\r\n", "\n"))


def check(path: FilePath) -> list[str]:
    """Everything that is wrong with a pack file, as ``file:line: sentence``; empty when it is sound."""
    try:
        read_file(path)
    except FaultyPack as fault:
        return fault.lines(str(path))
    return []


def _syntax_fault(message: str, text: str) -> Fault:
    place = _AT_LINE.search(message)
    line = int(place[1]) if place else text.count("\n") + 1
    what = message.split(" (at ")[0]
    return Fault(line, _("This is not valid TOML: %(what)s.") % {"what": what})


def _pack(root: Table, text: str) -> Pack | None:
    if root.number("format", required=True) not in (FORMAT, None):
        root.fault("format", _("This program reads packs of format %(format)s.") % {"format": FORMAT})
    own = _own_words(root)

    def known(vocabulary: str) -> list[str]:
        return [*VOCABULARIES[vocabulary], *own.get(vocabulary, {})]

    phases = _phases(root)
    kind = root.choice("kind", Kind, required=True)
    version = root.number("version", required=True)
    values = {
        "key": root.key("key"),
        "name": root.text("name", required=True),
        "full_name": root.text("full_name"),
        "reviewed_by": root.text("reviewed_by"),
        "form": root.choice("form", Form),
        "aims": root.text("aims"),
        "audience": root.text("audience"),
        "services": root.texts("services"),
        "hosts": root.texts("hosts"),
        "partners": root.texts("partners"),
        "countries": parts.countries(root),
        "geography": root.choice("geography", Geography),
        "sites": root.texts("sites"),
        "began": root.number("began", least=1900),
        "ended": root.number("ended", least=1900),
        "lasts": root.rhythm("lasts"),
        "origin": root.choice("origin", Origin),
        "cooperation": root.choices("cooperation", Cooperation),
        "funding": root.texts("funding"),
        "settings": root.choices("settings", Setting),
        "types": root.choices("types", ExitType),
        "contact_approach": root.choices("contact_approach", ContactApproach),
        "participation": root.choices("participation", Participation),
        "target_groups": root.words("target_groups", known("target_groups")),
        "ideologies": root.words("ideologies", known("ideologies")),
        "ideology_work": root.choice("ideology_work", IdeologyWork),
        "goals": root.choices("goals", Goal),
        "methods": root.words("methods", known("methods")),
        "referral_sources": root.words("referral_sources", known("referral_sources")),
        "team": root.table("team", parts.team),
        "pillars": parts.once_each(root, "pillars", root.tables("pillars", parts.pillar)),
        "dosage": root.table("dosage", parts.dosage),
        "instruments": parts.once_each(root, "instruments", root.tables("instruments", parts.instrument)),
        "reports": parts.once_each(root, "reports", root.tables("reports", parts.report)),
        "meetings": parts.once_each(root, "meetings", root.tables("meetings", parts.meeting)),
        "taper": root.table("taper", parts.taper),
        "wording": root.table("wording", parts.wording),
        "case_definition": root.table("case_definition", parts.case_definition),
        "sources": root.lists("sources"),
        "proposed": root.texts("proposed"),
        "unknown": root.texts("unknown"),
        "conflicts": root.tables("conflicts", parts.conflict),
    }
    if phases is None or kind is None or version is None:
        return None
    return Pack(text=text, phases=phases, kind=kind, version=version, own_words=own, **values)  # type: ignore[arg-type]


def _phases(root: Table) -> Phases | None:
    read_ones = root.tables("phases", parts.phase)
    if not read_ones:
        root.fault("phases", _("A pack needs its phases: [[phases]] with “key”, “label” and “then”."))
        return None
    moves = {(phase.key, then) for phase, followers, _first in read_ones for then in followers}
    begins = tuple(phase.key for phase, _followers, first in read_ones if first)
    try:
        return Phases(tuple(phase for phase, *_rest in read_ones), frozenset(moves), begins, MOVE_SENTENCES)
    except FaultyPhases:
        _name_faulty_phases(root, [(phase, followers) for phase, followers, _first in read_ones])
        return None


def _name_faulty_phases(root: Table, read_ones: list[tuple[Phase, tuple[str, ...]]]) -> None:
    """Say the faults of the phases again, each on its own line of the file."""
    keys = [phase.key for phase, _followers in read_ones]
    led_to = {then for phase, followers in read_ones for then in followers if then != phase.key}
    for number, (phase, followers) in enumerate(read_ones):
        here: tuple[str | int, ...] = ("phases", number)
        if phase.key in keys[:number]:
            root.faults.note((*here, "key"), _("The phase “%(key)s” is said twice.") % {"key": phase.key})
        if number and phase.key not in led_to:
            root.faults.note(here, _("Nothing leads to the phase “%(key)s”.") % {"key": phase.key})
        for place, then in enumerate(followers):
            if then not in keys:
                root.faults.note((*here, "then", place), unknown_word(then, keys))
            elif then == phase.key:
                sentence = _("The phase “%(key)s” can't follow itself.") % {"key": then}
                root.faults.note((*here, "then", place), sentence)
    if not root.faults.found:
        root.fault("phases", _("Some phases can't be reached from where a case begins."))


def _own_words(root: Table) -> dict[str, dict[str, OwnWord]]:
    found: dict[str, dict[str, OwnWord]] = {}

    def vocabulary(name: str, table: Table) -> None:
        common = VOCABULARIES[name]
        for key in table.data:
            made = table.table(key, parts.own_word)
            if made is None:
                continue
            if made.under not in common:
                table.faults.note((*table.path, key, "under"), unknown_word(made.under, common))
            elif key in common:
                table.fault(key, _("“%(key)s” is a common word already.") % {"key": key})
            else:
                found.setdefault(name, {})[key] = made

    def words(table: Table) -> None:
        for name in VOCABULARIES:
            table.table(name, lambda inner, name=name: vocabulary(name, inner))  # type: ignore[misc]

    root.table("words", words)
    return found


def _check_origins(pack: Pack, root: Table) -> None:
    """Every described field says where its value comes from, and no other name is used."""
    for list_name in ("unknown", "proposed"):
        for number, name in enumerate(getattr(pack, list_name)):
            if name.split(".")[0] not in DESCRIBED:
                root.faults.note((list_name, number), unknown_word(name, DESCRIBED))
    for name, references in pack.sources.items():
        if name.split(".")[0] not in DESCRIBED:
            root.faults.note(("sources", name), unknown_word(name, DESCRIBED))
        for number, reference in enumerate(references):
            parts.check_source(root, ("sources", name, number), reference, _SOURCE)
    for number, conflict in enumerate(pack.conflicts):
        if conflict.field.split(".")[0] not in DESCRIBED:
            root.faults.note(("conflicts", number, "field"), unknown_word(conflict.field, DESCRIBED))
        for place, reading in enumerate(conflict.values):
            parts.check_source(root, ("conflicts", number, "values", place), reading.source, _SOURCE)
    for name in DESCRIBED:
        _check_origin(pack, root, name)


def _check_origin(pack: Pack, root: Table, name: str) -> None:
    is_said = name in root
    if is_said and pack.is_unknown(name):
        root.fault(name, _("“%(name)s” is said here and called unknown below.") % {"name": name})
    elif is_said and name not in pack.sources and name not in pack.proposed:
        root.fault(
            name,
            _("“%(name)s” does not say where it comes from: name it in [sources] or in “proposed”.")
            % {"name": name},
        )
    elif not is_said and not pack.is_unknown(name) and name not in OPTIONAL:
        sentence = _("“%(name)s” is missing; if the sources don't say it, name it in “unknown”.")
        root.faults.note(("unknown",), sentence % {"name": name})
    if not is_said and (name in pack.sources or name in pack.proposed):
        place = ("sources", name) if name in pack.sources else ("proposed", pack.proposed.index(name))
        root.faults.note(place, _("“%(name)s” has an origin here but no value.") % {"name": name})
