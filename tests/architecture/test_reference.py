# SPDX-License-Identifier: AGPL-3.0-or-later
"""The reference pages say what the program does, today."""

from __future__ import annotations

from pathlib import Path

import pytest

from exitwork.cli import main
from exitwork.cli.reference import in_words, pages, rules
from exitwork.kernel.facts import Fact
from tests.architecture.sources import ROOT

FOLDER = ROOT / "docs" / "reference"


@pytest.mark.parametrize("name", list(pages()))
def test_a_page_says_what_the_program_does(name: str) -> None:
    assert (FOLDER / name).read_text("utf-8") == pages()[name], "write it anew: python3 run.py reference"


def test_every_rule_stands_on_the_page_of_permissions() -> None:
    page = pages()["permissions.md"]

    assert all(f"### `{rule.name}`" in page for _room, rule in rules())


def test_an_expression_reads_as_a_sentence() -> None:
    one, another, third = (
        Fact(word, word, truth=lambda _by, _thing, _at: True) for word in ("sits", "runs", "sleeps")
    )

    assert in_words((one | another) & ~third) == "(sits or runs) and not (sleeps)"


def test_the_check_names_a_page_that_differs(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["reference", "--folder", str(tmp_path)]) == 0
    assert main(["reference", "--check", "--folder", str(tmp_path)]) == 0

    (tmp_path / "events.md").write_text("# Nothing happens\n", "utf-8")
    capsys.readouterr()

    assert main(["reference", "--check", "--folder", str(tmp_path)]) == 1
    assert capsys.readouterr().out == f"{tmp_path / 'events.md'} differs from the program.\n"


def test_a_folder_that_is_not_there_is_told(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["reference", "--folder", "no/such/folder"]) == 2
    assert "There is no folder no/such/folder" in capsys.readouterr().err
