# SPDX-License-Identifier: AGPL-3.0-or-later
"""Long proofs: many random tamperings and swaps, none of which may open."""

from __future__ import annotations

import random
import uuid

import pytest
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from exitwork.vault.errors import SealBroken
from exitwork.vault.sealed import seal, unseal


def _opened_wrongly(rounds: int) -> list[int]:
    """The rounds in which something that was changed or moved opened all the same."""
    chance = random.Random(2026)
    keys = [AESGCM(AESGCM.generate_key(256)) for _ in range(3)]
    names, rows = ["a.b.text", "a.b.worry", "a.c.text"], [uuid.uuid4() for _ in range(3)]
    wrongly = []
    for number in range(rounds):
        key, name, row = chance.choice(keys), chance.choice(names), chance.choice(rows)
        plain = chance.randbytes(chance.randrange(300))
        data = bytearray(seal(key, name, row, plain))
        assert unseal(key, name, row, bytes(data)) == plain
        match chance.randrange(5):
            case 0:
                data[chance.randrange(len(data))] ^= chance.randrange(1, 256)
            case 1:
                del data[chance.randrange(len(data)) :]
            case 2:
                key = chance.choice([other for other in keys if other is not key])
            case 3:
                name = chance.choice([other for other in names if other != name])
            case _:
                row = chance.choice([other for other in rows if other != row])
        try:
            unseal(key, name, row, bytes(data))
        except SealBroken:
            continue
        wrongly.append(number)
    return wrongly


@pytest.mark.parametrize("rounds", [500, pytest.param(200_000, marks=pytest.mark.long)])
def test_nothing_changed_or_moved_ever_opens(rounds: int) -> None:
    assert _opened_wrongly(rounds) == []
