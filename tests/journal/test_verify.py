# SPDX-License-Identifier: AGPL-3.0-or-later
"""A copy and a checkpoint held elsewhere show whether the journal is what it was."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from django.db.backends.base.base import BaseDatabaseWrapper

from exitwork import journal
from exitwork.journal import checkpoints, cosigning, sequencer
from exitwork.journal.models import Checkpoint, Entry
from exitwork.journal.notes import Signer
from exitwork.journal.verify import verify
from exitwork.journal.witness import Witness
from exitwork.vault.keys import KeyKind, KeyRef, destroy_key
from tests.journal.events import ASA, CHANGED, LOOKED, PER, THE_TEST, a_thing
from tests.journal.tampering import all_in_his_hands

pytestmark = pytest.mark.both_databases


@dataclass(frozen=True)
class Held:
    """A journal with a history, and what is held of it elsewhere."""

    connection: BaseDatabaseWrapper
    checkpoint: str
    key: str
    signer: Signer
    size: int


@pytest.fixture
def held(committed_database: BaseDatabaseWrapper, at: datetime, tmp_path: Path) -> Held:
    """Some forty entries, four checkpoints, one of them cosigned, and two entries that wait."""
    thing = a_thing(at)
    witness = Witness.begin(
        tmp_path / "witness", name="exit-norway.example/w", log=checkpoints.signer().verifier
    )
    for number in range(37):
        moment = at + timedelta(seconds=number)
        by = ASA if number % 3 else PER
        if number % 4 == 0:
            journal.looked(LOOKED, by=by, about=thing, at=moment)
        else:
            with journal.recorded(CHANGED, by=by, about=thing if number % 2 else None, at=moment) as entry:
                entry.note(number=number)
        if number in (5, 6, 20, 36):
            sequencer.place_all(at=moment)
            checkpoints.make(at=moment)
            if number == 20:
                line = witness.cosign(str(checkpoints.asked(since=0)), at=moment)
                cosigning.keep_cosignature(
                    line=str(line), witness=witness.signer.verifier, by=THE_TEST, at=moment
                )
    last = checkpoints.latest()
    assert last is not None
    for _ in range(2):
        journal.looked(LOOKED, by=ASA, about=thing, at=at + timedelta(hours=1))
    signer = checkpoints.signer()
    return Held(committed_database, last.note, str(signer.verifier), signer, last.size)


def where(connection: BaseDatabaseWrapper) -> Any:
    """What an outsider would be given: the file, or an address."""
    settings = connection.settings_dict
    if connection.vendor == "sqlite":
        return settings["NAME"]
    return f"postgresql://{settings['USER']}@/{settings['NAME']}?host={settings['HOST']}"


@pytest.mark.django_db
def test_a_journal_in_which_nothing_happened_is_intact() -> None:
    assert str(verify(connection)).startswith("Intact: 0 entries in the tree")


def test_an_untouched_journal_is_intact(held: Held) -> None:
    verdict = verify(where(held.connection), held.checkpoint, held.key)
    assert verdict, str(verdict)
    assert (verdict.entries, verdict.checkpoints) == (39, 4)
    assert verify(held.connection, held.checkpoint, held.key) == verdict
    assert verify(where(held.connection)) == verdict


def test_a_cosigned_checkpoint_serves_as_well(held: Held) -> None:
    third = Checkpoint.objects.get(number=3)
    assert len(checkpoints.full_note(third).splitlines()) == len(third.note.splitlines()) + 1
    assert verify(held.connection, checkpoints.full_note(third), held.key)


def test_it_stays_intact_when_what_it_tells_is_erased(held: Held, at: datetime) -> None:
    with journal.recorded(CHANGED, by=ASA, at=at):
        for entry in Entry.objects.exclude(commitment=b""):
            destroy_key(KeyRef(KeyKind.JOURNAL, entry.subject), at=at)
    assert verify(held.connection, held.checkpoint)


def _tamper(held: Held, times: int, seed: int) -> Counter[str]:
    """Tamper so many times; say how often each way was seen. Fails on the first that is not."""
    seen: Counter[str] = Counter()
    with all_in_his_hands(held.connection, seed=seed, signer=held.signer, below=held.size) as tamperer:
        with tamperer.undone():
            assert verify(tamperer.connection, held.checkpoint, held.key)
        for number in range(times):
            with tamperer.undone():
                how = tamperer.tampers()
                verdict = verify(tamperer.connection, held.checkpoint, held.key)
            assert not verdict, f"not seen, number {number} of seed {seed}: {how}"
            assert 10 < len(verdict.fault) < 200
            seen[how.partition(":")[0]] += 1
    return seen


def test_two_hundred_tamperings_are_all_seen(held: Held) -> None:
    assert _tamper(held, 200, seed=7).total() == 200


@pytest.mark.long
def test_ten_thousand_tamperings_are_all_seen(held: Held, capsys: pytest.CaptureFixture[str]) -> None:
    seen = _tamper(held, 10_000, seed=2026)
    with capsys.disabled():
        print(f"\n{seen.total()} tamperings, all seen: {dict(sorted(seen.items()))}")


def test_an_end_cut_off_above_what_is_held_is_not_seen_and_we_say_so(held: Held) -> None:
    """The limit that the documentation states: the held checkpoint is all that is known outside."""
    with (
        all_in_his_hands(held.connection, seed=1, signer=held.signer, below=held.size) as tamperer,
        tamperer.undone(),
    ):
        third = tamperer.rows("SELECT note, size FROM journal_checkpoint WHERE number = 3")[0]
        tamperer.rows("DELETE FROM journal_checkpoint WHERE number = 4")
        gone = tamperer.rows('SELECT entry_id FROM journal_leaf WHERE "index" >= ?', third[1])
        tamperer.rows('DELETE FROM journal_leaf WHERE "index" >= ?', third[1])
        for (key,) in gone:
            tamperer.rows("DELETE FROM journal_entry WHERE id = ?", key)
        tamperer._tree_anew()
        assert verify(tamperer.connection, third[0], held.key)
        assert "held elsewhere" in verify(tamperer.connection, held.checkpoint, held.key).fault


@pytest.mark.parametrize(
    ("checkpoint", "key", "says"),
    [
        ("nonsense", "", "can't be used"),
        ("a\n\n— b YQ==\n", "", "can't be used"),
        ("", "nonsense", "can't be used"),
        ("", "a+00000000+AQ==", "can't be used"),
    ],
)
def test_what_was_typed_wrong_is_told(held: Held, checkpoint: str, key: str, says: str) -> None:
    assert says in verify(held.connection, checkpoint, key).fault


def test_a_file_that_is_none_is_told(tmp_path: Path) -> None:
    assert "there is no file" in verify(tmp_path / "gone.sqlite3").fault
    (tmp_path / "text.sqlite3").write_text("not a database, but long enough to be taken for one " * 20)
    assert "no database" in verify(tmp_path / "text.sqlite3").fault
    (tmp_path / "empty.sqlite3").touch()
    assert "no database" in verify(tmp_path / "empty.sqlite3").fault
