# SPDX-License-Identifier: AGPL-3.0-or-later
"""An installation from its first question to its last process, as an administrator meets it."""

from __future__ import annotations

import os
import re
import socket
import sqlite3
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest

import exitwork

PASSPHRASE = "five unexpected words in a row"
ANSWERS = """
reach = "machine"
port = {port}
organisation = "Exit Nord"
zone = "Europe/Stockholm"
administrator_email = "asa@example.org"
administrator_name = "Asa Lindgren"
passphrase = "{passphrase}"
"""


class Machine:
    """A machine with one installation, reached by typing commands."""

    def __init__(self, folder: Path) -> None:
        self.home = folder / "home"
        with socket.create_server(("127.0.0.1", 0)) as free:
            self.port = free.getsockname()[1]
        inherited = {name: value for name, value in os.environ.items() if not name.startswith("EXITWORK_")}
        source = str(Path(exitwork.__file__).parents[1])
        self.environment = {
            **inherited,
            "EXITWORK_HOME": str(self.home),
            "EXITWORK_WEB_PROCESSES": "1",
            "PYTHONPATH": source,
        }
        self.environment.pop("DJANGO_SETTINGS_MODULE", None)
        answers = folder / "answers.toml"
        answers.write_text(ANSWERS.format(port=self.port, passphrase=PASSPHRASE), "utf-8")
        self.init = self.types("init", "--answers", str(answers))

    def types(self, *words: str, passphrase: str = PASSPHRASE) -> subprocess.CompletedProcess[str]:
        """Type a command; the passphrase waits on standard input."""
        return subprocess.run(
            [sys.executable, "-m", "exitwork.cli", *words],
            input=f"{passphrase}\n",
            env=self.environment,
            capture_output=True,
            text=True,
            timeout=120,
            check=False,
        )

    def serves(self) -> subprocess.Popen[str]:
        """Start serving and wait until the program says so."""
        process = subprocess.Popen(
            [sys.executable, "-m", "exitwork.cli", "serve"],
            env=self.environment,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        assert process.stdin is not None
        assert process.stdout is not None
        process.stdin.write(f"{PASSPHRASE}\n")
        process.stdin.flush()
        assert "exitwork is running" in process.stdout.readline()
        return process

    def answers(self, path: str) -> tuple[int, str, dict[str, str]]:
        """What a browser gets at a path: status, text, headers."""
        address = f"http://localhost:{self.port}{path}"
        try:
            with urllib.request.urlopen(address, timeout=10) as response:
                return response.status, response.read().decode(), dict(response.headers)
        except urllib.error.HTTPError as error:
            return error.code, error.read().decode(), dict(error.headers)


@pytest.fixture(scope="module")
def machine(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Machine]:
    """A machine on which init was run, once for this module."""
    import pytest_socket

    pytest_socket.enable_socket()
    yield Machine(tmp_path_factory.mktemp("machine"))


def test_init_prints_a_one_time_code_and_what_a_search_would_read(machine: Machine) -> None:
    assert machine.init.returncode == 0, machine.init.stderr
    assert re.search(r"^    [0-9A-Z]{4}(-[0-9A-Z]{4}){4}$", machine.init.stdout, re.MULTILINE)
    assert "What a search of this room would read" in machine.init.stdout
    assert "these need the passphrase" in " ".join(machine.init.stdout.split())
    assert PASSPHRASE not in machine.init.stdout


def test_nobody_else_on_the_machine_can_read_the_folder(machine: Machine) -> None:
    for path in (machine.home, *machine.home.iterdir()):
        if path.name != "static":
            assert path.stat().st_mode & 0o077 == 0, path.name


def test_the_passphrase_stands_nowhere_on_the_disk(machine: Machine) -> None:
    for path in machine.home.rglob("*"):
        if path.is_file():
            assert PASSPHRASE.encode() not in path.read_bytes(), path.name


def test_a_second_init_overwrites_nothing(machine: Machine) -> None:
    again = machine.types("init", "--answers", str(machine.home.parent / "answers.toml"))

    assert again.returncode == 2
    assert "nothing is overwritten" in again.stderr


def test_a_wrong_passphrase_serves_nothing(machine: Machine) -> None:
    refused = machine.types("serve", passphrase="not the passphrase at all")

    assert refused.returncode == 2
    assert refused.stderr == "exitwork: This is not the passphrase.\n"


@pytest.mark.enable_socket
def test_it_serves_is_well_and_stops(machine: Machine) -> None:
    process = machine.serves()
    try:
        status, text, headers = machine.answers("/healthz")
        assert (status, text) == (200, "live\n")
        assert "Set-Cookie" not in headers

        until = time.monotonic() + 20
        while machine.answers("/readyz")[0] != 200 and time.monotonic() < until:
            time.sleep(0.2)
        status, text, headers = machine.answers("/readyz")
        assert status == 200, text
        assert text == "database: ready\nworker: ready\ndisk: ready\nvault: ready\nmail: not set up\n"
        assert "Set-Cookie" not in headers
        assert machine.answers("/authority.crt")[0] == 404

        checked = machine.types("check")
        assert checked.returncode == 0, checked.stdout
        assert "Everything is well." in checked.stdout

        added = machine.types("user", "add", "per@example.org", "--name", "Per Holm", "--role", "lead")
        assert added.returncode == 0, added.stderr
        assert "One-time code" in added.stdout
        listed = machine.types("user", "list").stdout
        assert "per@example.org\topen" in listed
        assert "Per Holm" not in listed

        assert machine.types("user", "pause", "per@example.org").returncode == 0
        assert "per@example.org\tpaused or closed" in machine.types("user", "list").stdout
        assert machine.types("user", "resume", "nobody@example.org").returncode == 2

        verified = machine.types("journal", "verify", str(machine.home / "exitwork.sqlite3"))
        assert verified.returncode == 0, verified.stdout
        assert "Intact" in verified.stdout
    finally:
        process.terminate()
        _, complained = process.communicate(timeout=60)

    assert process.returncode == 0, complained
    for personal in ("127.0.0.1", "example.org", "Per Holm", "/readyz"):
        assert personal not in complained
    assert not (machine.home / "keyholder.sock").exists()


def test_without_a_worker_check_says_what_does_not_happen(machine: Machine) -> None:
    with sqlite3.connect(machine.home / "exitwork.sqlite3") as plain:
        plain.execute("DELETE FROM upkeep_heartbeat")
    plain.close()

    checked = machine.types("check")

    assert checked.returncode == 1
    assert "No worker has been seen for half a minute" in checked.stdout
    assert "The vault is locked" in checked.stdout


def test_tables_of_another_version_are_not_served(machine: Machine) -> None:
    with sqlite3.connect(machine.home / "exitwork.sqlite3") as plain:
        plain.execute(
            "INSERT INTO django_migrations(app, name, applied) VALUES ('cases', '9999_later', '2026-01-01')"
        )
    plain.close()

    refused = machine.types("upgrade")

    assert refused.returncode == 2
    assert "made by a later version (cases.9999_later)" in refused.stderr


def test_the_folder_left_open_to_others_is_told(machine: Machine) -> None:
    (machine.home / "secret_key").chmod(0o644)

    assert "can be read by other accounts of this machine" in machine.types("check").stdout
