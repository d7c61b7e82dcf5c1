# SPDX-License-Identifier: AGPL-3.0-or-later
"""``reference [--check]``: the pages of ``docs/reference`` that are made from the program itself.

* Who may do what comes from the rules, the phases from the packs, the events and the secrecy of
  fields from their declarations. So no page can say anything else than the program does.
* With ``--check`` nothing is written: a page that differs is named, and the exit code is 1.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Iterator
from importlib import import_module
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING, Any

from exitwork.cli.sentences import WrongInput, start_django

if TYPE_CHECKING:
    from exitwork.kernel.facts import Expression
    from exitwork.kernel.rules import Rule

HEAD = """<!-- SPDX-License-Identifier: CC-BY-4.0 -->
<!-- Written by: python3 run.py reference -->

"""


def declare(commands: Any) -> None:
    """Say what can be typed."""
    parser = commands.add_parser("reference", help="write the reference pages that are made from the program")
    parser.add_argument("--check", action="store_true", help="write nothing, say which page differs")
    parser.add_argument("--folder", type=Path, default=Path("docs/reference"), help="where the pages lie")
    parser.set_defaults(run=run)


def run(given: argparse.Namespace) -> int:
    """Write the pages, or compare them; 1 when one differs.

    :raises WrongInput: if the folder does not exist.
    """
    start_django()
    if not given.folder.is_dir():
        raise WrongInput(f"There is no folder {given.folder}. Name the one with the pages: --folder.")
    stale = []
    for name, text in pages().items():
        path = given.folder / name
        if path.exists() and path.read_text("utf-8") == text:
            continue
        stale.append(path)
        if not given.check:
            path.write_text(text, "utf-8")
    for path in stale:
        print(f"{path} differs from the program." if given.check else f"{path} is written.")
    if given.check and stale:
        print("Write them anew with: python3 run.py reference", file=sys.stderr)
    return 1 if given.check and stale else 0


def pages() -> dict[str, str]:
    """Every page that is made from the program, by the name of its file."""
    from django.conf import settings
    from django.utils import translation

    from exitwork.organisations.reference import roles_page

    import_module(settings.ROOT_URLCONF)  # whatever no page can reach declares nothing
    made: dict[str, Callable[[], str]] = {
        "permissions.md": permissions_page,
        "roles.md": lambda: roles_page([rule for _room, rule in rules()]),
        "phases.md": phases_page,
        "events.md": events_page,
        "secrecy.md": secrecy_page,
    }
    with translation.override("en"):
        return {name: HEAD + page().rstrip("\n") + "\n" for name, page in made.items()}


def rules() -> list[tuple[str, Rule]]:
    """Every rule of the program with its room, in the order of rooms and names."""
    from exitwork.kernel.rules import Rule

    found: dict[int, tuple[str, Rule]] = {}
    for name in sorted(sys.modules):
        if name.startswith("exitwork.") and ".rules" in name:
            for value in vars(sys.modules[name]).values():
                if isinstance(value, Rule):
                    found.setdefault(id(value), (_home(value, name), value))
    return sorted(found.values(), key=lambda each: (each[0], each[1].name))


def _home(rule: Rule, imported_by: str) -> str:
    """The room a rule is made in: the lowest one that names it."""
    from django.conf import settings

    for room in settings.ROOMS:
        for name, module in list(sys.modules.items()):
            if name.startswith(f"exitwork.{room}.rules") and rule in vars(module).values():
                return str(room)
    return imported_by.split(".")[1]


def permissions_page() -> str:
    """Who may do what, in the sentences of the facts."""
    from exitwork.access.register import governed_models

    governed: dict[int, list[str]] = {}
    for model, rule in governed_models().items():
        governed.setdefault(id(rule), []).append(model.__name__)
    lines = [
        "# Who may do what",
        "",
        "Every rule of the program. A rule permits when one of its lines holds and nothing forbids; "
        "forbidding wins, and without a line nothing is permitted. The same rule decides about one thing, "
        "selects lists and gives the reason of a refusal.",
    ]
    for room, of_room in groupby(rules(), key=lambda each: each[0]):
        lines += ["", f"## {room}"]
        for _room, rule in of_room:
            lines += ["", f"### `{rule.name}`", ""]
            if names := governed.get(id(rule)):
                lines += [f"Governs who reads: {', '.join(f'`{name}`' for name in sorted(names))}.", ""]
            lines += _rule(rule)
    return "\n".join(lines)


def _rule(rule: Rule) -> Iterator[str]:
    if rule.within is not None:
        yield f"* Only where: {in_words(rule.within)}"
    for permit in rule.permits:
        yield f"* Permitted to whoever: {in_words(permit)}"
    for forbid in rule.forbids:
        yield f"* Never to whoever, or where: {in_words(forbid)}"
    for tier, opening in rule.opens.items():
        yield f"* Opens fields of tier {tier.value}: {in_words(opening)}"
    for fact in rule.facts():
        said = fact.wall or fact.bars or fact.lacking
        if said:
            yield f"* Says, where “{fact.says}” decides it: “{said}”"
    if rule.otherwise:
        yield f"* Says otherwise: “{rule.otherwise}”"


def in_words(expression: Expression) -> str:
    """An expression in the sentences of its facts."""
    from exitwork.kernel.facts import And, Fact, Not, Or

    if isinstance(expression, Fact):
        return str(expression.says)
    if isinstance(expression, Not):
        return f"not ({in_words(expression.part)})"
    assert isinstance(expression, And | Or)
    word = " and " if isinstance(expression, And) else " or "
    parts = dict.fromkeys(in_words(part) for part in expression.parts)
    return word.join(f"({part})" if " or " in part and len(parts) > 1 else part for part in parts)


def phases_page() -> str:
    """The phases of every shipped pack, drawn."""
    from exitwork.programmes.packs.shelf import shipped

    lines = [
        "# Phases",
        "",
        "The way a case goes through each programme shipped with exitwork, as its pack says it.",
    ]
    for pack in shipped().values():
        lines += ["", f"## {pack.name}", "", "```mermaid", pack.phases.mermaid().rstrip("\n"), "```"]
    return "\n".join(lines)


def events_page() -> str:
    """Everything the journal can tell of."""
    from django.conf import settings

    from exitwork.kernel.events import all_events

    ours = {name: event for name, event in all_events().items() if name.split(".")[0] in settings.ROOMS}
    lines = [
        "# Events",
        "",
        "Everything the journal records. A name never changes once it is released.",
        "",
        "| Event | What it says | Kind |",
        "|---|---|---|",
    ]
    lines += [f"| `{name}` | {event.says} | {event.happening.value} |" for name, event in ours.items()]
    return "\n".join(lines)


def secrecy_page() -> str:
    """Every field of every model: how secret, how stored, which rule ends its life."""
    from django.apps import apps

    from exitwork.kernel.secrecy import Tier, declared_by

    meanings = {
        Tier.PUBLIC: "public",
        Tier.OPERATIONAL: "operational: pseudonym, phase, dates",
        Tier.IDENTITY: "who somebody is; sealed",
        Tier.CONTENT: "what was said and done; sealed",
        Tier.SECURITY: "what endangers; sealed under a key of its own",
        Tier.SEALED: "sealed to named people",
        Tier.AGGREGATE: "figures of many",
    }
    lines = ["# How secret each field is", "", "| Tier | What it holds |", "|---|---|"]
    lines += [f"| {tier.value} | {says} |" for tier, says in meanings.items()]
    for config in sorted(apps.get_app_configs(), key=lambda one: one.label):
        if not config.name.startswith("exitwork."):
            continue
        for model in sorted(config.get_models(), key=lambda one: one.__name__):
            declared = declared_by(model)
            lines += [
                "",
                f"## {config.label}: {model.__name__}",
                "",
                "| Field | Tier | Kept as |",
                "|---|---|---|",
            ]
            lines += [
                f"| `{field.name}` | {declared[field.name].tier.value} | {declared[field.name].keep.value} |"
                for field in model._meta.concrete_fields
            ]
    return "\n".join(lines)
