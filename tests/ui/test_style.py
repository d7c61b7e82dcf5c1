# SPDX-License-Identifier: AGPL-3.0-or-later
"""The stylesheet: readable in both themes, mirrored by itself, nothing from elsewhere."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

STATIC = Path(__file__).parents[2] / "src" / "exitwork" / "ui" / "static" / "ui"
CSS = re.sub(r"/\*.*?\*/", "", (STATIC / "exitwork.css").read_text("utf-8"), flags=re.DOTALL)
TEXT, LARGE_OR_BORDER = 4.5, 3.0
GROUNDS = ("paper", "surface", "sunken")
READABLE = [(ink, ground) for ink in ("ink", "ink-2", "ink-3", "accent") for ground in GROUNDS] + [
    ("accent-ink", "accent"),
    ("accent-ink", "accent-deep"),
    ("danger-ink", "danger"),
    ("accent", "accent-soft"),
    ("accent-deep", "accent-soft"),
    *((kind, f"{kind}-soft") for kind in ("attention", "danger", "calm")),
    *(("ink", f"{kind}-soft") for kind in ("accent", "attention", "danger", "calm")),
    *((kind, ground) for kind in ("danger", "calm", "attention") for ground in ("paper", "surface")),
    ("ink", "line"),
]
VISIBLE = [("line-strong", ground) for ground in GROUNDS] + [("focus", ground) for ground in GROUNDS]
PHYSICAL = re.compile(
    r"(?<![\w-])((?:margin|padding|border|inset)-(?:left|right|top|bottom)|(?:min-|max-)?(?:width|height)|left|right|top|bottom"
    r"|text-align\s*:\s*(?:left|right)|float\s*:\s*(?:left|right)|border-(?:top|bottom)-(?:left|right)-radius)\s*:"
)


def tokens(selector: str) -> dict[str, str]:
    block = CSS.split(selector, 1)[1].split("}", 1)[0]
    return dict(re.findall(r"--([a-z0-9-]+):\s*(#[0-9a-f]{6})", block))


LIGHT = tokens(":root {")
DARK = LIGHT | tokens(':root[data-theme="dark"] {')


def luminance(colour: str) -> float:
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    red, green, blue = (p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    lighter, darker = sorted((luminance(one), luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def test_contrast_is_measured_as_wcag_measures_it() -> None:
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.01)


@pytest.mark.parametrize("theme", [LIGHT, DARK], ids=["light", "dark"])
@pytest.mark.parametrize(("ink", "ground"), READABLE)
def test_words_can_be_read(theme: dict[str, str], ink: str, ground: str) -> None:
    assert contrast(theme[ink], theme[ground]) >= TEXT


@pytest.mark.parametrize("theme", [LIGHT, DARK], ids=["light", "dark"])
@pytest.mark.parametrize(("line", "ground"), VISIBLE)
def test_borders_of_controls_and_the_focus_can_be_seen(theme: dict[str, str], line: str, ground: str) -> None:
    assert contrast(theme[line], theme[ground]) >= LARGE_OR_BORDER


def test_the_chosen_dark_is_the_dark_of_the_device() -> None:
    assert tokens(':root:not([data-theme="light"]) {') == tokens(':root[data-theme="dark"] {')


def test_nothing_is_placed_left_or_right() -> None:
    rules = re.sub(r"@media\s*\([^)]*\)", "", CSS)
    assert PHYSICAL.findall(rules) == []


def test_the_test_for_left_and_right_finds_them() -> None:
    assert PHYSICAL.findall("a { margin-left: 1px; width: 2px; left: 0; text-align: left }")


def test_nothing_comes_from_elsewhere() -> None:
    for file in STATIC.iterdir():
        words = file.read_text("utf-8").replace("http://www.w3.org/2000/svg", "")
        assert not re.search(r"https?://|@import|url\(", words), file.name


def test_scripts_put_no_markup_together_and_store_nothing() -> None:
    for file in STATIC.glob("*.js"):
        words = file.read_text("utf-8")
        assert not re.search(
            r"innerHTML|outerHTML|insertAdjacentHTML|eval\(|Function\(|[lL]ocalStorage|sessionStorage|indexedDB",
            words,
        ), file.name


def test_a_page_of_ours_is_light_enough_for_a_slow_phone() -> None:
    import gzip

    sizes = [len(gzip.compress(file.read_bytes())) for file in STATIC.iterdir()]
    assert sum(sizes) < 40_000
