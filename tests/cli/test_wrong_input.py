# SPDX-License-Identifier: AGPL-3.0-or-later
"""Whatever is typed wrongly ends in one sentence and exit code 2, never in a traceback."""

from __future__ import annotations

from pathlib import Path

import pytest

from exitwork.cli import main


def said(capsys: pytest.CaptureFixture[str]) -> str:
    """What went to standard error."""
    return capsys.readouterr().err


@pytest.mark.parametrize(
    "typed",
    [
        ["serve"],
        ["worker"],
        ["check"],
        ["upgrade"],
        ["user", "list"],
        ["user", "add", "asa@example.org", "--name", "Asa"],
        ["vault", "rotate"],
        ["journal", "checkpoint"],
        ["init", "--certificate"],
    ],
)
def test_without_an_installation_a_command_says_how_to_make_one(
    installation: Path, capsys: pytest.CaptureFixture[str], typed: list[str]
) -> None:
    assert main(typed) == 2

    assert f"There is no installation in {installation}" in said(capsys)


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        (["programme", "check", "nowhere.toml"], "There is no file nowhere.toml."),
        (["legal", "check", "nowhere.toml"], "There is no file nowhere.toml."),
        (["init", "--answers", "nowhere.toml"], "The answers in nowhere.toml can't be read."),
    ],
)
def test_a_file_that_is_not_there_is_named(
    installation: Path, capsys: pytest.CaptureFixture[str], typed: list[str], sentence: str
) -> None:
    assert main(typed) == 2

    assert sentence in said(capsys)


@pytest.mark.parametrize(
    "typed", [["dance"], ["demo", "--port", "x"], ["user"], ["config", "show", "--what"]]
)
def test_words_nobody_knows_end_with_the_usage(
    installation: Path, capsys: pytest.CaptureFixture[str], typed: list[str]
) -> None:
    with pytest.raises(SystemExit) as ended:
        main(typed)

    assert ended.value.code == 2
    assert "usage: exitwork" in said(capsys)


def test_nothing_typed_shows_the_commands(installation: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main([]) == 2

    assert "set up an installation" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("answers", "sentence"),
    [
        ("reach = ", "are not valid TOML"),
        ('reach = "moon"', "The answer reach must be machine, office or proxy."),
        ("port = 99999", "The answer port must be a whole number from 1 to 65535."),
        ("", "The answer organisation must be filled in."),
        ('organisation = "Exit Nord"\nbranch = "police"', "The answer branch must be"),
        ('organisation = "Exit Nord"\nadministrator_email = "asa"', "must be an e-mail address."),
        (
            'organisation = "Exit Nord"\nadministrator_email = "a@b.org"\nadministrator_name = "Asa"',
            "The passphrase needs at least 15 characters.",
        ),
        (
            'organisation = "Exit Nord"\nadministrator_email = "a@b.org"\nadministrator_name = "Asa"\n'
            'passphrase = "long enough, surely"\ncolour = "red"',
            "The answers hold 'colour', which is not asked here.",
        ),
    ],
)
def test_a_wrong_answer_leaves_nothing_behind(
    installation: Path,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    answers: str,
    sentence: str,
) -> None:
    (tmp_path / "answers.toml").write_text(answers, "utf-8")

    assert main(["init", "--answers", str(tmp_path / "answers.toml")]) == 2

    assert sentence in said(capsys)
    assert list(installation.iterdir()) == []


def test_nothing_that_exists_is_overwritten(
    installation: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (installation / "exitwork.sqlite3").write_bytes(b"precious")

    assert main(["init", "--answers", str(tmp_path / "answers.toml")]) == 2

    assert "nothing is overwritten" in said(capsys)
    assert (installation / "exitwork.sqlite3").read_bytes() == b"precious"


def test_a_demo_never_touches_a_folder_of_real_work(
    installation: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (installation / "exitwork.toml").write_text('reach = "machine"\n', "utf-8")

    assert main(["demo", "--reset", "--no-browser"]) == 2

    assert "is not a demo's" in said(capsys)
    assert (installation / "exitwork.toml").exists()
