# SPDX-License-Identifier: AGPL-3.0-or-later
"""The program's own files, read and parsed once."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

ROOT = Path(__file__).parents[2]
SOURCE = ROOT / "src" / "exitwork"
# Rooms whose files are not those of design.md 3: they hold no casework, or are the machine itself.
MACHINERY = frozenset({"kernel", "settings", "ui", "vault", "journal", "access", "pages", "cli", "upkeep"})


@dataclass(frozen=True)
class Source:
    """One Python file of the program."""

    path: Path

    @property
    def name(self) -> str:
        """Where it lies, as one writes it."""
        return str(self.path.relative_to(SOURCE))

    @property
    def room(self) -> str:
        """The room it stands in; empty for the two files beside the rooms."""
        parts = self.path.relative_to(SOURCE).parts
        return parts[0] if len(parts) > 1 else ""

    @property
    def part(self) -> str:
        """Which part of the room it belongs to: words, models, rules, actions, queries, forms, views ..."""
        return self.path.relative_to(SOURCE / self.room).parts[0].removesuffix(".py")

    @property
    def text(self) -> str:
        """What it says."""
        return self.path.read_text("utf-8")

    @property
    def tree(self) -> ast.Module:
        """What it says, parsed."""
        return _parsed(self.path)

    def nodes(self) -> Iterator[ast.AST]:
        """Everything in it."""
        return ast.walk(self.tree)


@cache
def _parsed(path: Path) -> ast.Module:
    return ast.parse(path.read_text("utf-8"))


def sources(*parts: str) -> list[Source]:
    """Every Python file of the program but migrations; with parts, of these parts only."""
    found = (Source(path) for path in sorted(SOURCE.rglob("*.py")) if "migrations" not in path.parts)
    return [one for one in found if not parts or one.part in parts]


def templates() -> list[Path]:
    """Every template."""
    return sorted(path for path in SOURCE.rglob("*.html"))


def files() -> list[Path]:
    """Every file of the repository that people write: nothing generated, ignored or fetched."""
    kept = []
    for top in ("src", "tests", "bench", "deploy", "docs", "requirements", ".ci"):
        kept += [path for path in (ROOT / top).rglob("*") if path.is_file()]
    return sorted(path for path in kept if not {"__pycache__", "results"} & {*path.parts})
