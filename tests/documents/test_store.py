# SPDX-License-Identifier: AGPL-3.0-or-later
"""The sealed files: what opens, what does not, and what lies on the disk."""

from __future__ import annotations

import os
import stat
from pathlib import Path
from uuid import uuid4

import pytest

from exitwork.documents import store
from exitwork.vault.errors import SealBroken

STEP = 12 + store.CHUNK + 16
HEAD = 2


@pytest.fixture
def sealed() -> tuple[bytes, str, object, bytes]:
    """Three chunks and a bit."""
    content, key, row = os.urandom(3 * store.CHUNK + 5), store.new_key(), uuid4()
    return content, key, row, b"".join(store.sealed(content, key=key, row=row))


@pytest.mark.parametrize(
    "length", [0, 1, 65_528, store.CHUNK - 8, store.CHUNK - 7, store.CHUNK, 2 * store.CHUNK]
)
def test_what_was_sealed_opens_whole(length: int) -> None:
    content, key, row = os.urandom(length), store.new_key(), uuid4()
    data = b"".join(store.sealed(content, key=key, row=row))

    assert store.unsealed(data, key=key, row=row) == content
    assert length < 100 or content[:40] not in data


def test_a_file_cut_short_at_a_chunk_does_not_open(sealed: tuple[bytes, str, object, bytes]) -> None:
    _content, key, row, data = sealed

    for chunks in range(4):
        with pytest.raises(SealBroken):
            store.unsealed(data[: HEAD + chunks * STEP], key=key, row=row)  # type: ignore[arg-type]


def test_chunks_in_another_order_do_not_open(sealed: tuple[bytes, str, object, bytes]) -> None:
    _content, key, row, data = sealed
    first, second = data[HEAD : HEAD + STEP], data[HEAD + STEP : HEAD + 2 * STEP]

    with pytest.raises(SealBroken):
        store.unsealed(data[:HEAD] + second + first + data[HEAD + 2 * STEP :], key=key, row=row)  # type: ignore[arg-type]


def test_chunks_added_or_one_bit_changed_do_not_open(sealed: tuple[bytes, str, object, bytes]) -> None:
    _content, key, row, data = sealed
    changed = bytearray(data)
    changed[HEAD + STEP + 500] ^= 1

    for other in (data + data[-STEP:], bytes(changed), data + b"x", b"", b"f1", b"f2" + data[2:]):
        with pytest.raises(SealBroken):
            store.unsealed(other, key=key, row=row)  # type: ignore[arg-type]


def test_a_file_put_in_anothers_place_does_not_open(sealed: tuple[bytes, str, object, bytes]) -> None:
    _content, key, row, data = sealed

    with pytest.raises(SealBroken):
        store.unsealed(data, key=key, row=uuid4())
    with pytest.raises(SealBroken):
        store.unsealed(data, key=store.new_key(), row=row)  # type: ignore[arg-type]


def test_the_length_on_the_disk_does_not_tell_which_known_file_it_is() -> None:
    lengths = {
        len(b"".join(store.sealed(bytes(size), key=store.new_key(), row=uuid4())))
        for size in range(1, 60_000, 7_000)
    }

    assert len(lengths) == 1


def test_the_file_is_readable_by_this_account_alone(home: Path) -> None:
    file = uuid4()
    with store.written(b"x", file=file, key=store.new_key(), row=uuid4()) as waiting:
        assert stat.S_IMODE(waiting.temporary.stat().st_mode) == 0o600
        waiting.keep()

    assert stat.S_IMODE(store.path_of(file).stat().st_mode) == 0o600
    assert stat.S_IMODE((home / "files").stat().st_mode) == 0o700
    assert not (home / "files").is_relative_to(home / "static")


def test_whatever_goes_wrong_leaves_neither_the_temporary_nor_the_file(home: Path) -> None:
    with (
        pytest.raises(KeyboardInterrupt),
        store.written(b"x", file=uuid4(), key=store.new_key(), row=uuid4()) as waiting,
    ):
        waiting.keep()
        raise KeyboardInterrupt
    with store.written(b"x", file=uuid4(), key=store.new_key(), row=uuid4()):
        pass

    assert list((home / "files").iterdir()) == []
