# SPDX-License-Identifier: AGPL-3.0-or-later
"""The master key: its files, its ring, and what is refused."""

from __future__ import annotations

import os
import pickle
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as some

from exitwork.vault import master
from exitwork.vault.master import MasterKey, Ring
from exitwork.vault.problems import Code, KeeperProblem, UnableToUnlock

SAID = "seven quiet herons at the ferry"


@pytest.fixture
def key_file(tmp_path: Path) -> Path:
    path = tmp_path / "keys" / "master.key"
    master.create_key_file(path, data_folder=tmp_path / "data")
    return path


def test_a_key_file_belongs_to_its_owner_alone_and_opens_what_it_wrapped(key_file: Path) -> None:
    assert key_file.stat().st_mode & 0o777 == 0o600

    wrapped = master.from_key_file(key_file).current.wrap(b"k" * 32, b"case:jonas")

    assert master.from_key_file(key_file).unwrap(wrapped, b"case:jonas") == b"k" * 32


def test_a_key_file_others_may_read_is_refused_with_the_remedy(key_file: Path) -> None:
    for mode in (0o640, 0o604, 0o620, 0o601):
        key_file.chmod(mode)
        with pytest.raises(UnableToUnlock, match="chmod 600"):
            master.from_key_file(key_file)


def test_a_key_file_with_the_data_is_refused(tmp_path: Path, key_file: Path) -> None:
    with pytest.raises(UnableToUnlock, match="inside the data folder"):
        master.create_key_file(tmp_path / "data" / "master.key", data_folder=tmp_path / "data")
    with pytest.raises(UnableToUnlock, match="inside the data folder"):
        master.from_key_file(key_file, data_folder=tmp_path)

    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "link").symlink_to(key_file.parent)
    master.from_key_file(tmp_path / "data" / "link" / "master.key", data_folder=tmp_path / "data")


def test_a_master_key_is_never_overwritten(key_file: Path) -> None:
    with pytest.raises(UnableToUnlock, match="never overwritten"):
        master.create_key_file(key_file)
    with pytest.raises(UnableToUnlock, match="never overwritten"):
        master.create_sealed_file(key_file, SAID)


def test_what_is_no_key_file_is_refused(tmp_path: Path, key_file: Path) -> None:
    with pytest.raises(UnableToUnlock, match="There is no master key"):
        master.from_key_file(tmp_path / "nowhere")
    with pytest.raises(UnableToUnlock, match="not a file"):
        master.from_key_file(tmp_path)
    for spoilt in (
        "",
        "hello\n",
        "#\nexitwork-key-v1\n",
        "#\nexitwork-key-v1\nzz zz\n",
        "#\nexitwork-key-v1\n00 00\n",
    ):
        key_file.write_text(spoilt)
        with pytest.raises(UnableToUnlock, match="not a master key"):
            master.from_key_file(key_file)
        with pytest.raises(UnableToUnlock, match="not a master key"):
            master.from_passphrase(key_file, SAID)


@pytest.mark.skipif(os.getuid() != 0, reason="only root can give a file away")
def test_a_key_file_of_another_account_is_refused(key_file: Path) -> None:
    os.chown(key_file, 65534, 65534)

    with pytest.raises(UnableToUnlock, match="another account"):
        master.from_key_file(key_file)


def test_a_sealed_file_opens_with_its_passphrase_and_no_other(tmp_path: Path) -> None:
    path = tmp_path / "sealed"
    master.create_sealed_file(path, SAID)
    wrapped = master.from_passphrase(path, SAID).current.wrap(b"k" * 32, b"case:jonas")

    assert master.from_passphrase(path, SAID).unwrap(wrapped, b"case:jonas") == b"k" * 32
    assert master.asks_for_passphrase(path)
    with pytest.raises(UnableToUnlock, match="not the passphrase") as told:
        master.from_passphrase(path, SAID + "!")
    assert SAID not in repr(told.value)
    assert told.value.__suppress_context__


def test_a_short_passphrase_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UnableToUnlock, match="at least 15"):
        master.create_sealed_file(tmp_path / "sealed", "fourteen chars")

    assert not (tmp_path / "sealed").exists()


def test_a_ring_writes_both_keys_so_that_a_crash_loses_none(tmp_path: Path, key_file: Path) -> None:
    master.create_sealed_file(tmp_path / "sealed", SAID)
    ways: list[Callable[[], Ring]] = [
        lambda: master.from_key_file(key_file),
        lambda: master.from_passphrase(tmp_path / "sealed", SAID),
    ]
    for read in ways:
        ring = read()
        old = ring.current.wrap(b"k" * 32, b"case:jonas")
        ring.replace((MasterKey.new(), *ring.keys))

        again = read()

        assert [key.id for key in again.keys] == [key.id for key in ring.keys]
        assert again.unwrap(old, b"case:jonas") == b"k" * 32


def test_a_master_key_tells_nothing() -> None:
    key = MasterKey.new()

    secret = key.written().split()[1]

    for told in (repr(key), str(key), repr(Ring((key,))), f"{[key]}"):
        assert secret not in told
    with pytest.raises(TypeError):
        pickle.dumps(key)


def test_a_wiped_key_opens_nothing() -> None:
    ring = Ring((MasterKey.new(),))
    key = ring.current

    ring.wipe()

    assert ring.keys == ()
    assert set(key.written().split()[1]) == {"0"}
    with pytest.raises(AttributeError):
        key.wrap(b"k" * 32, b"case:jonas")


@settings(max_examples=50, deadline=None)
@given(where=some.integers(0, 200), bit=some.integers(0, 7))
def test_a_changed_wrapping_does_not_open(where: int, bit: int) -> None:
    ring = Ring((MasterKey.new(),))
    changed = bytearray(ring.current.wrap(b"k" * 32, b"case:jonas"))
    changed[where % len(changed)] ^= 1 << bit

    with pytest.raises(KeeperProblem) as problem:
        ring.unwrap(bytes(changed), b"case:jonas")

    assert problem.value.code in (Code.BROKEN, Code.UNKNOWN_MASTER)


def test_a_wrapping_for_something_else_or_of_another_master_does_not_open() -> None:
    ring, other = Ring((MasterKey.new(),)), Ring((MasterKey.new(),))
    wrapped = ring.current.wrap(b"k" * 32, b"case:jonas")

    with pytest.raises(KeeperProblem) as problem:
        ring.unwrap(wrapped, b"person:jonas")
    assert problem.value.code is Code.BROKEN
    with pytest.raises(KeeperProblem) as problem:
        other.unwrap(wrapped, b"case:jonas")
    assert problem.value.code is Code.UNKNOWN_MASTER
