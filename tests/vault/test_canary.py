# SPDX-License-Identifier: AGPL-3.0-or-later
"""Markers laid into sealed fields are found nowhere they must not be."""

from __future__ import annotations

import logging
import os
import secrets
import shutil
import subprocess
import sys
import tempfile
import traceback
import uuid
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.db.backends.base.base import BaseDatabaseWrapper

from exitwork.vault import master, process
from exitwork.vault.errors import SealBroken, VaultLocked
from exitwork.vault.holder import lock_everything
from exitwork.vault.keys import KeyKind, KeyRef, create_key, key_for
from exitwork.vault.sealed import open_value, seal, unseal
from tests.vault.conftest import Note, stored

# A web process in small: it seals and opens through the keyholder, locks, and looks into itself.
LOOKS_INTO_ITSELF = """
import sys, uuid
from pathlib import Path
from exitwork.vault.client import RemoteKeeper
from exitwork.vault.keeper import Wrapped
path = sys.argv[1]
remote = RemoteKeeper(Path(path))
about = f"case:{uuid.uuid4()}"
made = remote.new([about])[0]
assert remote.unwrap([Wrapped(about, made.wrapped)], account="", how="own") == [made.key]
print("used", flush=True)
sys.stdin.readline()
"""


@pytest.fixture
def folder() -> Iterator[Path]:
    path = Path(tempfile.mkdtemp(prefix="kh-"))
    yield path
    shutil.rmtree(path)


@pytest.mark.parametrize("markers", [50, pytest.param(500, marks=pytest.mark.long)])
def test_no_marker_lies_in_the_database_file_or_its_log(
    committed_database: BaseDatabaseWrapper, django_db_blocker: Any, case_id: uuid.UUID, markers: int
) -> None:
    if committed_database.vendor != "sqlite":
        pytest.skip("the files of a server are not ours to read")
    laid = [f"canary-{secrets.token_hex(8)}" for _ in range(markers)]

    with django_db_blocker.unblock():
        create_key(KeyRef(KeyKind.CASE, case_id))
        for number, marker in enumerate(laid):
            note = Note.objects.create(
                case_id=case_id, text=marker, codes={marker: [marker]}, worry=marker * 9
            )
            if number % 3 == 0:
                note.text = marker[::-1] + marker
                note.save()
            if number % 7 == 0:
                note.delete()
        kept = Note.objects.count()
        database = Path(committed_database.settings_dict["NAME"])
        lying = {path.name: path.read_bytes() for path in database.parent.glob(f"{database.name}*")}

    assert kept > markers // 2
    assert f"{database.name}-wal" in lying
    for name, content in lying.items():
        hits = [marker for marker in laid if marker.encode() in content or marker[::-1].encode() in content]
        assert (name, hits) == (name, [])


def test_the_master_key_is_nowhere_in_a_process_that_uses_the_vault(folder: Path) -> None:
    keys = folder / "master.key"
    master.create_key_file(keys)
    secret = bytes.fromhex(keys.read_text().split()[-1])
    running = process.start(keys=keys, socket=folder / "socket")
    environment = {**os.environ, "DJANGO_SETTINGS_MODULE": "exitwork.settings.site", "PYTHONPATH": "src"}
    web = subprocess.Popen(
        [sys.executable, "-c", LOOKS_INTO_ITSELF, str(running.socket)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        env=environment,
    )
    try:
        assert web.stdout is not None
        assert web.stdout.readline() == b"used\n"

        read, found = _memory_holds(web.pid, [secret, secret.hex().encode()])

        assert read > 1_000_000
        assert not found
    finally:
        web.communicate(b"\n", timeout=30)
        running.stop()


def test_no_exception_and_no_log_line_carries_what_is_secret(
    case_id: uuid.UUID, caplog: pytest.LogCaptureFixture, capsys: pytest.CaptureFixture[str], db: None
) -> None:
    caplog.set_level(logging.DEBUG)
    marker = f"canary-{secrets.token_hex(8)}"
    ref = KeyRef(KeyKind.CASE, case_id)
    create_key(ref)
    note = Note.objects.create(case_id=case_id, text=marker)
    data = stored(note)
    told: list[BaseException] = []

    def tell(broken: object) -> None:
        try:
            broken()  # type: ignore[operator]
        except (SealBroken, VaultLocked, TypeError, ValueError) as exception:
            told.append(exception)

    tell(lambda: open_value(Note, "text", data=data[:-1] + b"?", row=note.pk, subject=case_id))
    tell(
        lambda: unseal(key_for(ref), "else.where", note.pk, seal(key_for(ref), "a", note.pk, marker.encode()))
    )
    tell(lambda: Note.objects.update(text=marker))
    tell(lambda: Note(case_id=case_id, codes={marker}))
    tell(lambda: Note(case_id=None, text=marker).save())
    lock_everything()
    tell(lambda: Note.objects.create(case_id=case_id, text=marker))

    assert len(told) == 6
    lines = [line for exception in told for line in traceback.format_exception(exception)]
    seen = "".join(
        [*lines, *(repr(vars(exception)) for exception in told), caplog.text, *capsys.readouterr()]
    )
    assert marker not in seen
    assert data.hex() not in seen


def _memory_holds(pid: int, wanted: list[bytes]) -> tuple[int, list[bytes]]:
    read = 0
    found = []
    maps = Path(f"/proc/{pid}/maps").read_text().splitlines()
    with Path(f"/proc/{pid}/mem").open("rb", 0) as memory:
        for line in maps:
            span, rights = line.split()[:2]
            start, end = (int(word, 16) for word in span.split("-"))
            if not rights.startswith("rw") or "[vvar" in line:
                continue
            memory.seek(start)
            held = memory.read(end - start) or b""
            read += len(held)
            found += [word for word in wanted if word in held]
    return read, found
