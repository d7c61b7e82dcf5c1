# SPDX-License-Identifier: AGPL-3.0-or-later
"""``config show``: every option, its value and where it came from; with ``--explain``, what it does.

* A secret's value is never printed, only whether there is one.
"""

from __future__ import annotations

import argparse
import textwrap
from typing import Any

from exitwork.settings.options import OPTIONS, Option, file_path, home


def declare(commands: Any) -> None:
    """Say what can be typed."""
    parser = commands.add_parser("config", help="what is set, and what may be")
    verbs = parser.add_subparsers(title="verbs", metavar="VERB", required=True)
    show = verbs.add_parser("show", help="every option with its value")
    show.add_argument("--explain", action="store_true", help="say what each option does")
    show.add_argument("--markdown", action="store_true", help="print the reference page")
    show.set_defaults(run=run)


def run(given: argparse.Namespace) -> int:
    """Print the options, or the reference page."""
    if given.markdown:
        print(reference_page(), end="")
        return 0
    print(f"The installation's folder is {home()}, its settings file {file_path()}.\n")
    for option in OPTIONS.values():
        print(f"{option.name} = {shown(option, option.value())}   ({option.found().place})")
        if given.explain:
            print(textwrap.indent(textwrap.fill(option.explanation, 96), "    "))
            if option.example:
                print(f"    for example: {option.example}")
            print()
    return 0


def shown(option: Option, value: object) -> str:
    """A value as a person may read it."""
    if option.secret and value not in ("", "sqlite"):
        return "(secret, set)"
    match value:
        case None | "":
            return "(not set)"
        case bool():
            return "yes" if value else "no"
        case list():
            return ", ".join(str(part) for part in value)
    return str(value)


def reference_page() -> str:
    """``docs/reference/settings.md``, written from the declarations."""
    lines = [
        "<!-- SPDX-License-Identifier: CC-BY-4.0 -->",
        "<!-- Written by: python3 run.py config show --markdown -->",
        "",
        "# Settings",
        "",
        "Each option is read from the environment variable of its name, else from `exitwork.toml` in the "
        "installation's folder, else its default holds. The folder is `.exitwork` where the program is "
        "started, or what the variable `EXITWORK_HOME` says.",
    ]
    for option in OPTIONS.values():
        lines += ["", f"## `{option.name}`", "", option.explanation, ""]
        lines.append(f"* Variable: `{option.variable}`")
        lines.append(f"* Default: {_code(shown(option, option.default))}")
        if option.example:
            lines.append(f"* Example: `{option.example}`")
        if option.secret:
            lines.append("* Secret: never printed, keep the file readable by the program's account only")
    return "\n".join(lines) + "\n"


def _code(text: str) -> str:
    return text if text.startswith("(") else f"`{text}`"
