# SPDX-License-Identifier: AGPL-3.0-or-later
"""References survive a tired reader and tell nothing."""

from __future__ import annotations

import itertools
import random

import pytest

from exitwork.kernel.references import (
    ALPHABET,
    LENGTH,
    NoReferenceLeft,
    check_character,
    is_reference,
    new_reference,
    normalise,
)


def some_references(count: int) -> list[str]:
    drawn = random.Random(20261121)
    symbols = ["".join(drawn.choice(ALPHABET) for _ in range(LENGTH)) for _ in range(count)]
    return [f"{five}-{check_character(five)}" for five in symbols]


def test_a_reference_is_shown_as_five_symbols_and_a_check_character() -> None:
    reference = new_reference()

    assert len(reference) == 7
    assert reference[5] == "-"
    assert is_reference(reference)


def test_the_alphabet_can_spell_no_word_and_confuse_no_reader() -> None:
    assert not set(ALPHABET) & set("AEIOUY01LBSGZ")
    assert len(set(ALPHABET)) == len(ALPHABET) == 23


def test_every_single_substitution_is_noticed() -> None:
    # The check is linear: what decides is the pair exchanged and its place, not the rest;
    # every pair stands at every place of several references.
    for reference in some_references(40):
        bare = reference.replace("-", "")
        for place, other in itertools.product(range(6), ALPHABET):
            if other != bare[place]:
                assert normalise(bare[:place] + other + bare[place + 1 :]) is None


def test_every_substitution_at_every_place_for_every_symbol_is_noticed() -> None:
    base = "22222"
    for place, right, wrong in itertools.product(range(5), ALPHABET, ALPHABET):
        if right == wrong:
            continue
        one = base[:place] + right + base[place + 1 :]
        two = base[:place] + wrong + base[place + 1 :]
        assert check_character(one) != check_character(two)


def test_every_exchange_of_neighbours_is_noticed() -> None:
    for first, second, place in itertools.product(ALPHABET, ALPHABET, range(4)):
        if first == second:
            continue
        symbols = "CDFHJ"[:place] + first + second + "CDFHJ"[place + 2 :]
        swapped = "CDFHJ"[:place] + second + first + "CDFHJ"[place + 2 :]
        assert check_character(symbols) != check_character(swapped)
    for reference in some_references(2000):
        bare = reference.replace("-", "")
        if bare[4] != bare[5]:
            assert normalise(bare[:4] + bare[5] + bare[4]) is None


@pytest.mark.parametrize("typed", ["7f3k2-{}", "7F3K2{}", " 7f3k2 {} ", "7F3K2–{}", "7f 3k 2 {}", "7F3KZ-{}"])
def test_a_hurried_hand_is_forgiven(typed: str) -> None:
    check = check_character("7F3K2")

    assert normalise(typed.format(check.lower())) == f"7F3K2-{check}"


def test_letters_that_look_like_our_digits_are_read_as_them() -> None:
    check = check_character("58625")

    assert normalise(f"SBGZS{check}") == f"58625-{check}"


def test_a_nought_and_a_one_are_read_as_the_symbols_that_look_like_them() -> None:
    for meant, typed in [("Q3K4T", "03K4T"), ("D3K4T", "O3K4T"), ("J3K4T", "13K4T"), ("73K4T", "i3K4T")]:
        assert normalise(typed + check_character(meant)) == f"{meant}-{check_character(meant)}"


@pytest.mark.parametrize("typed", ["", "7F3K2", "7F3K2-MM", "A3K2F-M", "******", "7F3K2-Ä", "0I0I0-I0"])
def test_what_is_no_reference_is_none(typed: str) -> None:
    assert normalise(typed) is None


def test_two_references_in_a_row_share_no_order() -> None:
    drawn = [new_reference() for _ in range(300)]

    assert len({reference[0] for reference in drawn}) > 15
    assert drawn != sorted(drawn)


def test_a_taken_reference_is_not_given_out() -> None:
    given: list[str] = []

    def taken(reference: str) -> bool:
        given.append(reference)
        return len(given) < 3

    assert new_reference(taken) == given[2]


def test_when_everything_is_taken_it_says_so() -> None:
    with pytest.raises(NoReferenceLeft):
        new_reference(lambda _reference: True)
