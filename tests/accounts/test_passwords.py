# SPDX-License-Identifier: AGPL-3.0-or-later
"""Passwords: which are refused, and that they are made two at a time."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator

import pytest
from django.contrib.auth.hashers import Argon2PasswordHasher
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError

from exitwork.accounts import passwords
from exitwork.accounts.models import Account
from exitwork.accounts.passwords import Argon2idTwoAtATime

ASA = Account(email="asa.lindqvist@exit-nord.example", name="Asa Lindqvist")


@pytest.mark.parametrize(
    "password",
    [
        "quiet lantern mossy harbour",
        "brevet kastanj sjutton moln",
        "aaaa bbbb moor fern cleft",
        "tredje gången gillt i gränden",
        "كلمات كثيرة لا يعرفها أحد",
        "8371 5520 9943 6617",
    ],
)
def test_four_words_or_a_long_row_of_figures_will_do(password: str) -> None:
    validate_password(password, ASA)


@pytest.mark.parametrize(
    "password",
    [
        "passwordpassword",
        "password12345678",
        "Password-Password-1",
        "qwertyuiop123456",
        "aaaaaaaaaaaaaaaaaaaa",
        "abababababababababab",
        "1234567890123456",
        "lindqvistlindqvist1",
        "Asa.Lindqvist.2026",
        "exitworkexitwork1",
        "exit-nord-exitwork-1",
        "summer2026summer2026",
    ],
)
def test_what_a_guesser_tries_is_refused(password: str) -> None:
    with pytest.raises(ValidationError) as refused:
        validate_password(password, ASA)

    assert {error.code for error in refused.value.error_list} <= {"common", "common_words"}


@pytest.mark.parametrize("password", ["", "fourteen chars", "åäö åäö åäö åä"])
def test_less_than_fifteen_characters_are_refused_with_their_number(password: str) -> None:
    with pytest.raises(
        ValidationError, match=f"This password has {len(password)} characters and needs 15 or more"
    ):
        validate_password(password, ASA)


@pytest.fixture
def organisation_named() -> Iterator[None]:
    """An organisation has handed in its name."""

    def names() -> list[str]:
        return ["Utväg Göteborg"]

    passwords.more_words.append(names)
    yield
    passwords.more_words.remove(names)


@pytest.mark.usefixtures("organisation_named")
def test_the_name_of_the_organisation_is_refused() -> None:
    with pytest.raises(ValidationError):
        validate_password("utväg göteborg 2026", ASA)


def test_no_kind_of_character_is_demanded() -> None:
    validate_password("onlysmalllettersinarow", ASA)


def test_a_password_is_stored_as_argon2id_with_47_mebibytes() -> None:
    stored = Argon2idTwoAtATime().encode("quiet lantern mossy harbour", "somesaltsomesalt")

    assert stored.startswith("argon2$argon2id$v=19$m=48128,t=1,p=1$")
    assert Argon2idTwoAtATime().verify("quiet lantern mossy harbour", stored)
    assert not Argon2idTwoAtATime().verify("quiet lantern mossy harbor", stored)


def test_eight_at_once_are_made_two_at_a_time(monkeypatch: pytest.MonkeyPatch) -> None:
    inside = 0
    most = 0
    counting = threading.Lock()

    def slow(self: Argon2PasswordHasher, password: str, encoded: str) -> bool:
        nonlocal inside, most
        with counting:
            inside += 1
            most = max(most, inside)
        time.sleep(0.02)
        with counting:
            inside -= 1
        return True

    monkeypatch.setattr(Argon2PasswordHasher, "verify", slow)
    people = [threading.Thread(target=Argon2idTwoAtATime().verify, args=("a", "b")) for _person in range(8)]
    for person in people:
        person.start()
    for person in people:
        person.join()

    assert most == passwords.AT_ONCE == 2


def test_a_fault_inside_gives_the_place_back(monkeypatch: pytest.MonkeyPatch) -> None:
    def fails(self: Argon2PasswordHasher, password: str, encoded: str) -> bool:
        raise MemoryError

    with monkeypatch.context() as broken:
        broken.setattr(Argon2PasswordHasher, "verify", fails)
        for _try in range(3):
            with pytest.raises(MemoryError):
                Argon2idTwoAtATime().verify("a", "b")

    assert Argon2idTwoAtATime().verify("a", Argon2idTwoAtATime().encode("a", "somesaltsomesalt"))
