# SPDX-License-Identifier: AGPL-3.0-or-later
"""The demo's world, made once as a first start makes it: whole, lively, invented, sealed."""

from __future__ import annotations

import json
import os
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

import exitwork
from exitwork.accounts import demo
from exitwork.cli.demo_world.cast import houses, read
from exitwork.cli.demo_world.told import Told, everything_told
from exitwork.kernel.standing import Role
from exitwork.organisations.words.kinds import Branch

INVENTED = ("invented", "erfunden", "inventé", "مبتكر", "xemp", "uster", "مثال", "Steinfels")
# Numbers that regulators keep for films and plays: nobody is ever reached by them.
FOR_FILMS = ("070-174 06 ", "0171 39200", "06 39 98 ")


@dataclass
class Made:
    """A demo's folder after its first start."""

    home: Path
    environment: dict[str, str]

    def rows(self, question: str, *values: Any) -> list[tuple[Any, ...]]:
        """What the database answers, without the program."""
        with sqlite3.connect(self.home / "exitwork.sqlite3") as plain:
            return plain.execute(question, values).fetchall()

    def types(self, *words: str) -> subprocess.CompletedProcess[str]:
        """What the program prints."""
        return subprocess.run(
            [sys.executable, *words],
            env=self.environment,
            capture_output=True,
            text=True,
            timeout=180,
            check=False,
        )


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Made]:
    """A demo made once for this module."""
    home = tmp_path_factory.mktemp("demo") / "home"
    inherited = {name: value for name, value in os.environ.items() if not name.startswith("EXITWORK_")}
    inherited.pop("DJANGO_SETTINGS_MODULE", None)
    source = str(Path(exitwork.__file__).parents[1])
    there = Made(home, {**inherited, "EXITWORK_HOME": str(home), "PYTHONPATH": source})
    done = there.types("-c", "from exitwork.cli.demo import make_world; make_world()")
    assert done.returncode == 0, done.stderr[-3_000:]
    yield there


@pytest.fixture(scope="module")
def told() -> list[Told]:
    """Every case of the data files."""
    return list(everything_told())


def test_every_case_told_is_there_and_all_four_kinds(made: Made, told: list[Told]) -> None:
    kinds = dict(made.rows("SELECT kind, count(*) FROM cases_case GROUP BY kind"))

    assert sum(kinds.values()) == len(told) >= 40
    assert set(kinds) == {"exit", "concerned-person", "consultation", "assessment-order"}
    assert made.rows("SELECT count(*) FROM cases_case WHERE closed_at IS NOT NULL")[0][0] >= 5
    assert made.rows("SELECT count(*) FROM cases_closing WHERE reopened_at IS NOT NULL")[0][0] >= 1


def test_every_case_has_exactly_one_case_manager_at_every_moment(made: Made) -> None:
    chains = made.rows(
        "SELECT opened_at, min(from_at), count(*), count(DISTINCT from_at) FROM cases_case"
        " LEFT JOIN cases_management ON case_id = cases_case.id GROUP BY cases_case.id"
    )

    assert chains
    for opened, first, links, moments in chains:
        assert first == opened
        assert links == moments
    assert any(links > 1 for _opened, _first, links, _moments in chains)


def test_it_tells_of_eighteen_months_up_to_these_days(made: Made) -> None:
    first, last, count = made.rows(
        "SELECT julianday('now') - julianday(min(happened_at)),"
        " julianday('now') - julianday(max(happened_at)), count(*) FROM contacts_contact"
    )[0]

    assert first > 500
    assert 0 <= last < 8
    assert count > 400
    assert made.rows("SELECT count(*) FROM contacts_earlierversion")[0][0] >= 3
    assert made.rows("SELECT count(*) FROM drafts_draft")[0][0] >= 2


def test_working_notes_are_alive_and_some_are_about_to_go(made: Made) -> None:
    days = [
        day
        for (day,) in made.rows(
            "SELECT julianday(expires_at) - julianday('now') FROM contacts_contact"
            " WHERE layer = 'working-note'"
        )
    ]

    assert min(days) > 0
    assert sum(day < 14 for day in days) >= 3


def test_something_waits_an_opening_a_stop_a_wall_a_paused_colleague(made: Made) -> None:
    assert made.rows("SELECT count(*) FROM access_opening WHERE reviewed_at IS NULL") == [(1,)]
    assert made.rows("SELECT count(*) FROM people_stop WHERE lifted_at IS NULL") == [(1,)]
    assert made.rows("SELECT count(*) FROM people_wall") == [(2,)]
    assert made.rows("SELECT name FROM accounts_account WHERE NOT is_active") == [("Tove Ek",)]


def test_the_journal_of_it_is_intact(made: Made) -> None:
    verified = made.types("-m", "exitwork.cli", "journal", "verify", str(made.home / "exitwork.sqlite3"))

    assert verified.returncode == 0, verified.stdout
    assert "Intact" in verified.stdout


def test_no_word_of_a_note_or_an_identity_stands_on_the_disk(made: Made, told: list[Told]) -> None:
    texts = {row[4] for case in told for row in (*case.notes, *case.working)}
    texts |= {row[2] for case in told for row in case.small}
    texts |= {value for case in told for value in case.identity.values()}
    texts |= {row[2] for case in told for row in case.fixes}
    texts |= {row[-1] for row in read("today.toml")["drafts"]}
    written = b"".join(path.read_bytes() for path in made.home.glob("exitwork.sqlite3*"))

    assert len(texts) > 200
    assert [text for text in texts if len(text) > 6 and text.encode() in written] == []


def test_notes_are_in_four_languages(told: list[Told]) -> None:
    words = " ".join(row[4] for case in told for row in case.notes)

    for common in (" the ", " und ", " elle ", " في "):
        assert common in words


def test_nobody_in_it_could_be_anybody(told: list[Told]) -> None:
    for case in told:
        for name in ("legal_name", "address"):
            value = case.identity.get(name, "")
            assert not value or any(mark in value for mark in INVENTED), value
        phone = case.identity.get("phone", "")
        assert not phone or phone.startswith(FOR_FILMS), phone
    for house in houses():
        for place in house.sites:
            assert any(mark in place.address for mark in INVENTED), place.address
        for name in (row[3] for case in told for row in case.episodes):
            assert not name or any(mark in name for mark in INVENTED), name


def test_every_role_and_every_kind_of_organisation_asked_for_is_there() -> None:
    branches = {house.branch for house in houses()}
    roles = {role for house in houses() for each in house.people for role in each.roles}

    assert roles == set(Role)
    assert branches >= {
        Branch.CSO,
        Branch.PRISON,
        Branch.PROBATION,
        Branch.POLICE,
        Branch.MUNICIPALITY,
        Branch.JOB_CENTRE,
        Branch.MINISTRY,
    }
    assert sum(house.branch is Branch.CSO for house in houses()) == 3


def test_each_button_says_what_there_is_to_see(made: Made) -> None:
    kept = json.loads((made.home / demo.FILE).read_text("utf-8"))
    people = [each for house in kept["houses"] for each in house["people"]]
    case = made.rows("SELECT ref FROM cases_case WHERE ref = ?", kept["story"]["case"])

    assert all(each["sees"] and each["email"].endswith("@demo.invalid") for each in people)
    assert len(case) == 1


@pytest.mark.django_db
@pytest.mark.parametrize("path", ["/demo/", "/demo/story/"])
def test_the_demos_pages_are_nowhere_else(client: Client, path: str) -> None:
    assert client.get(path).status_code == 404


@pytest.mark.django_db
def test_nobody_signs_in_without_a_password_elsewhere(client: Client) -> None:
    assert client.post("/demo/sign-in/", {"person": "asa"}).status_code == 404
