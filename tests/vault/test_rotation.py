# SPDX-License-Identifier: AGPL-3.0-or-later
"""Replacing the master key, also when it is interrupted anywhere."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

import pytest

from exitwork.vault import master
from exitwork.vault.epoch import Epoch
from exitwork.vault.errors import SealBroken
from exitwork.vault.holder import Here, using
from exitwork.vault.keeper import Keeper, Wrapped
from exitwork.vault.keys import KeyKind, KeyRef, create_keys, destroy_key, load_keys
from exitwork.vault.models import DataKey
from exitwork.vault.rotation import rotate
from tests.vault.conftest import Clock, Note, forget_what_was_made

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases]


class Crash(Exception):
    """The machine went down."""


class Falling(Keeper):
    """A keeper whose machine goes down at the given step of a rotation."""

    steps = 1_000

    def _step(self) -> None:
        self.steps -= 1
        if self.steps < 0:
            raise Crash

    def begin_rotation(self) -> str:
        """Go down before or after."""
        self._step()
        begun = super().begin_rotation()
        self._step()
        return begun

    def rewrap(self, keys: Sequence[Wrapped]) -> list[bytes]:
        """Go down before or after."""
        self._step()
        rewrapped = super().rewrap(keys)
        self._step()
        return rewrapped

    def finish_rotation(self, master: str) -> None:
        """Go down before or after."""
        self._step()
        super().finish_rotation(master)
        self._step()


@pytest.fixture
def key_file(tmp_path: Path) -> Path:
    path = tmp_path / "master.key"
    master.create_key_file(path)
    return path


@pytest.fixture
def keeper(key_file: Path, clock: Clock) -> Keeper:
    return Keeper(master.from_key_file(key_file), Epoch(), clock=clock, grace=0)


@pytest.fixture
def notes() -> list[Note]:
    refs = [KeyRef(KeyKind.CASE, uuid.uuid4()) for _ in range(12)]
    create_keys(refs)
    notes = [Note.objects.create(case_id=ref.subject, text=f"said {ref.subject}") for ref in refs]
    forget_what_was_made()
    return notes


def all_open(notes: list[Note]) -> bool:
    return all(Note.objects.get(pk=note.pk).text.open() == f"said {note.case_id}" for note in notes)


def test_after_a_rotation_all_opens_under_the_new_master_key(
    notes: list[Note], key_file: Path, vault: Here, at: datetime
) -> None:
    before = DataKey.objects.values_list("master", flat=True)[0]
    destroy_key(KeyRef(KeyKind.CASE, notes.pop().case_id), at=at)
    told: list[tuple[int, int]] = []

    moved = rotate(progress=lambda done, of: told.append((done, of)), chunk=5)

    assert moved == 11
    assert told == [(5, 11), (10, 11), (11, 11)]
    now = set(DataKey.objects.filter(wrapped__isnull=False).values_list("master", flat=True))
    assert len(now) == 1 and before not in now
    assert before not in key_file.read_text()
    with using(Keeper(master.from_key_file(key_file), Epoch())):
        assert all_open(notes)


@pytest.mark.parametrize("steps", range(10))
def test_a_rotation_interrupted_anywhere_loses_nothing_and_goes_on(
    notes: list[Note], key_file: Path, steps: int
) -> None:
    falling = Falling(master.from_key_file(key_file), Epoch(), grace=0)
    falling.steps = steps
    with using(falling), pytest.raises(Crash):
        rotate(chunk=4)

    with using(Keeper(master.from_key_file(key_file), Epoch(), grace=0)):
        assert all_open(notes)
        rotate(chunk=4)

    with using(Keeper(master.from_key_file(key_file), Epoch())) as restarted:
        assert all_open(notes)
        assert not restarted.holder.status().rotating


def test_keys_made_during_a_rotation_stand_under_the_new_master_key(notes: list[Note], vault: Here) -> None:
    begun = vault.holder.begin_rotation()

    create_keys([KeyRef(KeyKind.PERSON, uuid.uuid4())])

    assert DataKey.objects.get(kind="person").master == begun
    assert vault.holder.status().rotating


def test_the_old_master_key_stays_for_the_grace(notes: list[Note], key_file: Path, clock: Clock) -> None:
    waited: list[float] = []

    def wait(seconds: float) -> None:
        waited.append(seconds)
        clock.seconds += seconds

    with using(Keeper(master.from_key_file(key_file), Epoch(), clock=clock, grace=30)):
        rotate(wait=wait)

    assert waited == [31]


def test_a_spoilt_key_stops_the_rotation_and_both_master_keys_stay(notes: list[Note], vault: Here) -> None:
    row = DataKey.objects.all()[0]
    DataKey.objects.filter(pk=row.pk).update(wrapped=bytes(row.wrapped or b"")[:-1] + b"?")

    with pytest.raises(SealBroken):
        rotate(chunk=3)

    assert vault.holder.status().rotating
    refs = [KeyRef(KeyKind.CASE, note.case_id) for note in notes if note.case_id != row.subject]
    assert load_keys(refs) == set(refs)
