# SPDX-License-Identifier: AGPL-3.0-or-later
"""Every room's templates keep the rules of the frame."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

ROOMS = Path(__file__).parents[2] / "src" / "exitwork"
TEMPLATES = sorted(ROOMS.glob("*/templates/**/*.html"))
FRAMES = {"ui/templates/ui/layout.html", "ui/templates/ui/bare.html", "ui/templates/ui/error.html"}
COMMENT = re.compile(r"{#.*?#}", re.DOTALL)
FORBIDDEN = {
    "inline style": re.compile(r"<style|\sstyle\s*="),
    "inline script": re.compile(
        r"<script(?![^>]*\s(?:src=|type=\"application/json\"))|\son[a-z]+\s*=|javascript:", re.IGNORECASE
    ),
    "another host": re.compile(r"(?:src|href|action)\s*=\s*[\"']https?://"),
    "unescaped": re.compile(r"(?<!totp_svg )\|\s*safe\b"),  # that drawing is made by allauth, from digits
}


def name(path: Path) -> str:
    return str(path.relative_to(ROOMS))


@pytest.mark.parametrize("path", TEMPLATES, ids=name)
def test_nothing_inline_nothing_from_elsewhere_nothing_unescaped(path: Path) -> None:
    words = COMMENT.sub("", path.read_text("utf-8"))
    assert {rule for rule, found in FORBIDDEN.items() if found.search(words)} == set()


@pytest.mark.parametrize("path", TEMPLATES, ids=name)
def test_every_page_stands_in_one_of_the_frames(path: Path) -> None:
    words = COMMENT.sub("", path.read_text("utf-8"))
    extended = re.findall(r"{%-?\s*extends\s+\"([^\"]+)\"", words)
    assert len(extended) <= 1
    if name(path) not in FRAMES:
        assert not re.search(r"<!doctype|<html|<head|<body|<title", words, re.IGNORECASE)
    if re.search(r"{%-?\s*block (?:content|title)", words) and name(path) not in FRAMES:
        assert extended


@pytest.mark.parametrize("path", TEMPLATES, ids=name)
def test_every_template_names_its_licence(path: Path) -> None:
    assert path.read_text("utf-8").startswith("{# SPDX-License-Identifier: AGPL-3.0-or-later #}")


def test_the_rules_find_what_they_look_for() -> None:
    assert FORBIDDEN["inline style"].search('<p style="x">')
    assert FORBIDDEN["inline script"].search("<script>x</script>")
    assert FORBIDDEN["inline script"].search('<a onclick="x">')
    assert not FORBIDDEN["inline script"].search('<script src="/a.js" defer></script>')
