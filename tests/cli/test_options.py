# SPDX-License-Identifier: AGPL-3.0-or-later
"""Options are typed, and a wrong one is told in a sentence with its name and place."""

from __future__ import annotations

from pathlib import Path

import pytest

from exitwork.cli.config import reference_page
from exitwork.settings import options
from exitwork.settings.options import OPTIONS, WrongOption
from exitwork.settings.reading import refuse_unknown

ROOT = Path(__file__).resolve().parents[2]


def write(installation: Path, text: str) -> None:
    (installation / "exitwork.toml").write_text(text, "utf-8")


def test_an_option_that_nobody_set_has_its_default(installation: Path) -> None:
    assert options.number("port") == 8700
    assert options.words("hosts") == ["localhost", "127.0.0.1", "[::1]"]
    assert options.switch("demo") is False
    assert options.key_file() is None


def test_the_environment_wins_over_the_file(installation: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write(installation, "port = 8001\n")
    assert options.number("port") == 8001

    monkeypatch.setenv("EXITWORK_PORT", "8002")
    assert options.number("port") == 8002


def test_the_file_may_use_the_types_of_toml(installation: Path) -> None:
    write(installation, 'hosts = ["exit.example.org", "[::1]"]\ndemo = true\nport = 9000\n')

    assert options.words("hosts") == ["exit.example.org", "[::1]"]
    assert options.switch("demo") is True


@pytest.mark.parametrize(
    ("name", "value", "must_be"),
    [
        ("port", "0", "a whole number from 1 to 65535"),
        ("port", "70000", "a whole number from 1 to 65535"),
        ("port", "eighty", "a whole number from 1 to 65535"),
        ("port", "٨٠", "a whole number from 1 to 65535"),
        ("port", "", "a whole number from 1 to 65535"),
        ("reach", "world", "machine, office or proxy"),
        ("demo", "perhaps", "yes or no"),
        ("hosts", " , ", "at least one host name"),
        ("hosts", "https://exit.example.org", "a host name or an IP address"),
        ("hosts", "192.168.1", "a host name or an IP address"),
        ("listen", "300.1.1.1", "a host name or an IP address"),
        ("zone", "Mars/Olympus", "a time zone such as Europe/Berlin"),
        ("zone", "../../etc/passwd", "a time zone such as Europe/Berlin"),
        ("database", "mysql://localhost/x", "sqlite or an address such as postgresql://"),
        ("database", "postgresql://localhost:port/x", "sqlite or an address such as postgresql://"),
        ("database", "postgresql://localhost/", "sqlite or an address such as postgresql://"),
        ("mail", "mail.example.org", "empty or an address such as smtp://"),
        ("key_file", "master.key", "an absolute path"),
        ("secret_key", "short", "at least 32 characters long"),
    ],
)
def test_a_wrong_value_is_told_with_its_option_and_its_place(
    installation: Path, monkeypatch: pytest.MonkeyPatch, name: str, value: str, must_be: str
) -> None:
    monkeypatch.setenv(f"EXITWORK_{name.upper()}", value)

    with pytest.raises(WrongOption) as told:
        OPTIONS[name].value()

    assert f"The option {name}, set in the environment variable EXITWORK_{name.upper()}" in str(told.value)
    assert must_be in str(told.value)


def test_a_wrong_secret_is_not_repeated(installation: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("EXITWORK_DATABASE", "postgres://asa:very-secret@")

    with pytest.raises(WrongOption) as told:
        OPTIONS["database"].value()

    assert "very-secret" not in str(told.value)


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("port = \n", "is not valid TOML"),
        ("port = 1.5\n", "must be a text, a number, true or false, or a list of texts"),
        ("hosts = [1]\n", "must be a text, a number, true or false, or a list of texts"),
        ("[port]\nx = 1\n", "must be a text, a number, true or false, or a list of texts"),
        ("prot = 8000\n", "sets 'prot', which is no option. Did you mean port?"),
    ],
)
def test_a_broken_settings_file_is_told(installation: Path, text: str, says: str) -> None:
    write(installation, text)

    with pytest.raises(WrongOption) as told:
        refuse_unknown(OPTIONS)
        for option in OPTIONS.values():
            option.value()

    assert says in str(told.value)
    assert "exitwork.toml" in str(told.value)


def test_a_settings_file_that_is_no_text_is_told(installation: Path) -> None:
    (installation / "exitwork.toml").write_bytes(b"\xff\xfe\x00")

    with pytest.raises(WrongOption, match="can't be read"):
        OPTIONS["port"].value()


def test_every_option_explains_itself_and_its_example_can_be_read() -> None:
    for option in OPTIONS.values():
        assert option.explanation.endswith("."), option.name
        if option.example:
            option.reads(option.example)


def test_the_reference_page_of_settings_is_current() -> None:
    page = (ROOT / "docs/reference/settings.md").read_text("utf-8")

    assert page == reference_page(), "run: python3 run.py config show --markdown > docs/reference/settings.md"
