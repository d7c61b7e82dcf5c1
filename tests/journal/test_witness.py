# SPDX-License-Identifier: AGPL-3.0-or-later
"""Signed notes, and the witness: it cosigns what begins with what it saw, and nothing else."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from django.db import connection

from exitwork import journal
from exitwork.journal import checkpoints, commands, cosigning, sequencer
from exitwork.journal.models import Cosignature, Entry
from exitwork.journal.notes import COSIGNATURE, Asked, BadNote, Head, Note, SignatureLine, Signer, Verifier
from exitwork.journal.witness import Inconsistent, Witness
from tests.journal.events import ASA, MADE, THE_TEST

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases]
NAME = "exit-norway.example/witness"


def _grow(at: datetime, entries: int) -> None:
    for _ in range(entries):
        with journal.recorded(MADE, by=ASA, at=at):
            pass
    sequencer.place_all(at=at)
    checkpoints.make(at=at)


@pytest.fixture
def witness(tmp_path: Path) -> Witness:
    return Witness.begin(tmp_path / "witness", name=NAME, log=checkpoints.signer().verifier)


def test_a_note_is_written_as_c2sp_writes_it() -> None:
    """The example of C2SP signed-note, with its key and its signature."""
    key = "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW"
    note = (
        "If you think cryptography is the answer to your problem,\n"
        "then you don't know what your problem is.\n"
        "\n"
        "— PeterNeumann x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdng"
        "otpRZb6KE6RyyBwJnAM=\n"
    )
    assert str(Verifier.read(key)) == key
    assert str(Note.read(note)) == note
    assert Verifier.read(key).accepts(Note.read(note))
    assert not Verifier.read(key).accepts(Note.read(note.replace("answer", "question")))


def test_a_checkpoint_says_size_and_root(at: datetime) -> None:
    _grow(at, 3)
    checkpoint = checkpoints.latest()
    assert checkpoint is not None
    note = Note.read(checkpoint.note)
    head = Head.read(note.text)
    assert (head.size, head.root, head.at, head.number) == (3, bytes(checkpoint.root), at, 1)
    assert head.origin == checkpoints.signer().name
    assert checkpoints.signer().verifier.accepts(note)
    assert checkpoints.make(at=at + timedelta(days=1)) == checkpoint


def test_the_key_is_the_same_whoever_asks_and_names_nobody() -> None:
    assert str(checkpoints.signer().verifier) == str(checkpoints.signer().verifier)
    assert checkpoints.signer().name.startswith("exitwork/")


def test_a_witness_cosigns_a_journal_that_grows(witness: Witness, at: datetime) -> None:
    for entries in (1, 1, 5, 9):
        _grow(at, entries)
        line = witness.cosign(str(checkpoints.asked(since=witness.seen)), at=at)
        kept = cosigning.keep_cosignature(line=str(line), witness=witness.signer.verifier, by=THE_TEST, at=at)
        assert kept.at == at.replace(microsecond=0)
    assert witness.seen == 19  # the sixteen and the three entries that keep the cosignatures before
    assert Entry.objects.filter(event="journal.checkpoint.cosigned").count() == 4
    last = checkpoints.latest()
    assert last is not None
    assert witness.signer.verifier.accepts(Note.read(checkpoints.full_note(last)))


def test_a_witness_does_not_cosign_another_past(witness: Witness, at: datetime) -> None:
    _grow(at, 4)
    witness.cosign(str(checkpoints.asked(since=0)), at=at)
    seen = witness.folder / "seen.json"
    # The installation has rewritten its journal: what the witness saw was another root.
    seen.write_text(json.dumps(json.loads(seen.read_text()) | {"root": "00" * 32}))
    _grow(at, 4)
    before = seen.read_text()
    with pytest.raises(Inconsistent):
        witness.cosign(str(checkpoints.asked(since=4)), at=at)
    assert seen.read_text() == before


def test_a_witness_does_not_cosign_a_shorter_past(witness: Witness, at: datetime) -> None:
    _grow(at, 4)
    early = str(checkpoints.asked(since=0))
    _grow(at, 4)
    witness.cosign(str(checkpoints.asked(since=0)), at=at)
    with pytest.raises(BadNote, match="has seen 8"):
        witness.cosign(early, at=at)
    asked = Asked.read(early)
    with pytest.raises(Inconsistent):
        witness.cosign(str(Asked(8, (), asked.note)), at=at)


def test_a_witness_cosigns_only_for_the_key_it_was_given(witness: Witness, at: datetime) -> None:
    _grow(at, 2)
    asked = checkpoints.asked(since=0)
    stranger = Signer(checkpoints.signer().name, Ed25519PrivateKey.generate())
    forged = Note(asked.note.text, (stranger.line(asked.note.text, at),))
    with pytest.raises(BadNote, match="not signed"):
        witness.cosign(str(Asked(0, asked.proof, forged)), at=at)


def test_only_a_cosignature_of_that_witness_is_kept(witness: Witness, at: datetime) -> None:
    _grow(at, 2)
    last = checkpoints.latest()
    assert last is not None
    stranger = Signer(NAME, Ed25519PrivateKey.generate(), COSIGNATURE)
    line = stranger.line(Note.read(last.note).text, at)
    with pytest.raises(BadNote, match="not a cosignature"):
        cosigning.keep_cosignature(line=str(line), witness=witness.signer.verifier, by=THE_TEST, at=at)
    assert not Cosignature.objects.exists()


def test_a_witness_can_wait_no_longer_than_there_is(at: datetime) -> None:
    with pytest.raises(BadNote, match="no checkpoint yet"):
        checkpoints.asked(since=0)
    _grow(at, 2)
    with pytest.raises(BadNote, match="has seen 7"):
        checkpoints.asked(since=7)


def test_the_witnesss_secret_is_readable_by_its_owner_alone(witness: Witness) -> None:
    assert (witness.folder / "witness.key").stat().st_mode & 0o777 == 0o600
    with pytest.raises(BadNote, match="already"):
        Witness.begin(witness.folder, name=NAME, log=checkpoints.signer().verifier)


@pytest.mark.parametrize("text", ["", "a", "a\n\nb", "a\n\n— b c d\n", "a\n\n— b ???\n", "\n\n— b YQ==\n"])
def test_what_is_no_note_is_refused(text: str) -> None:
    with pytest.raises(BadNote):
        Note.read(text)


@pytest.mark.parametrize(
    "text",
    ["", "a\n1\n", "a\nx\nAA==\nexitwork 1 x\n", "a\n-1\nAA==\nexitwork 1 2026-11-19T13:00:00+00:00\n"],
)
def test_what_is_no_checkpoint_is_refused(text: str) -> None:
    with pytest.raises(BadNote):
        Head.read(text)


def test_from_installation_to_witness_and_back_by_command(tmp_path: Path, at: datetime) -> None:
    _grow(at, 3)
    said: list[str] = []
    folder, request, line, note = (tmp_path / name for name in ("w", "request", "line", "note"))

    def run(command: commands.Command, *argv: object) -> str:
        said.clear()
        assert command([str(word) for word in argv], said.append) == 0, said
        return "\n".join(said)

    key = run(commands.checkpoint_command, "--key")
    ours = run(commands.witness_command, "begin", folder, "--name", NAME, "--key", key).rpartition(" ")[2]
    since = run(commands.witness_command, "seen", folder)
    request.write_text(run(commands.checkpoint_command, "--since", since))
    line.write_text(run(commands.witness_command, "cosign", folder, request))
    assert run(commands.checkpoint_command, "--cosigned", line, "--witness", ours).startswith("Kept")
    note.write_text(run(commands.checkpoint_command))
    assert Head.read(Note.read(note.read_text()).text).size == 4
    where = connection.settings_dict["NAME"]
    if connection.vendor == "sqlite":  # seen from another connection nothing is committed in this test
        assert commands.verify_command([str(where), str(note), "--key", key], said.append) == 1
        assert said[-1].startswith("Not intact")


@pytest.mark.parametrize(
    ("command", "argv"),
    [
        (commands.verify_command, ["copy.sqlite3", "no-such-checkpoint"]),
        (commands.witness_command, ["seen", "no-such-folder"]),
        (commands.witness_command, ["cosign", "no-such-folder", "no-such-request"]),
        (commands.witness_command, ["begin", "w", "--name", "with space", "--key", "x"]),
        (commands.checkpoint_command, ["--cosigned", "x"]),
        (commands.checkpoint_command, ["--since", "5"]),
    ],
)
def test_what_was_typed_wrong_is_said_in_a_sentence(
    command: commands.Command, argv: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    said: list[str] = []
    assert command(argv, said.append) == 2
    assert said[-1].endswith(".")
    assert "Traceback" not in said[-1]


def test_a_cosignature_says_when() -> None:
    signer = Signer("w", Ed25519PrivateKey.generate(), COSIGNATURE)
    moment = datetime(2026, 11, 19, 13, 0, tzinfo=UTC)
    assert SignatureLine.read(str(signer.line("text\n", moment))).at == moment
