# SPDX-License-Identifier: AGPL-3.0-or-later
"""The keyholder's own process, talked to by real processes."""

from __future__ import annotations

import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
import uuid
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from exitwork.vault import master, process
from exitwork.vault.client import RemoteKeeper
from exitwork.vault.epoch import Epoch, epoch_path
from exitwork.vault.errors import BudgetSpent, VaultLocked
from exitwork.vault.holder import counting, is_locked, lock_everything, using
from exitwork.vault.keeper import Wrapped
from exitwork.vault.keys import KeyKind, KeyRef, create_key, create_keys, key_for
from exitwork.vault.problems import Code, KeeperProblem, UnableToUnlock
from exitwork.vault.process import Running
from exitwork.vault.rotation import rotate
from exitwork.vault.wire import AT_MOST, read_message
from tests.vault.conftest import Note, forget_what_was_made

SAID = "seven quiet herons at the ferry"
Starts = Callable[..., Running]

# A web process in small: remembers a key and opens with it as fast as it can; says when it can't.
WEB_PROCESS = """
import sys, time
from pathlib import Path
from exitwork.vault.client import RemoteKeeper
from exitwork.vault.holder import KeyRef, Here, VaultLocked
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
import uuid
here = Here(RemoteKeeper(Path(sys.argv[1])))
ref = KeyRef("case", uuid.uuid4())
seen_at = here.remembered.look()
here.remembered.put("", ref, AESGCM(here.holder.new([ref.about])[0].key), seen_at=seen_at)
assert here.remembered.get("", ref) is not None
print("open", flush=True)
until = time.monotonic() + 30
while time.monotonic() < until:
    try:
        here.remembered.get("", ref)
    except VaultLocked:
        print("locked", flush=True)
        sys.exit(0)
print("still open", flush=True)
"""


@pytest.fixture
def folder() -> Iterator[Path]:
    """A folder with a path short enough for a socket."""
    path = Path(tempfile.mkdtemp(prefix="kh-"))
    yield path
    shutil.rmtree(path)


@pytest.fixture
def keys(folder: Path) -> Path:
    path = folder / "master.key"
    master.create_key_file(path)
    return path


@pytest.fixture
def starts(folder: Path, keys: Path) -> Iterator[Starts]:
    """Starts keyholders and stops them in the end."""
    started: list[Running] = []

    def start(**options: Any) -> Running:
        given = {"keys": keys, "socket": folder / "socket", "grace": 0.0, **options}
        started.append(process.start(**given))
        return started[-1]

    yield start
    for running in started:
        running.stop()


@pytest.fixture
def running(starts: Starts) -> Running:
    return starts()


@pytest.fixture
def remote(running: Running) -> RemoteKeeper:
    return RemoteKeeper(running.socket)


def test_it_makes_and_opens_keys_as_the_one_in_process_does(remote: RemoteKeeper) -> None:
    abouts = [f"case:{uuid.uuid4()}" for _ in range(300)]
    made = remote.new(abouts)

    opened = remote.unwrap(
        [Wrapped(about, new.wrapped) for about, new in zip(abouts, made, strict=True)],
        account="",
        how="own",
    )

    assert opened == [new.key for new in made]
    assert remote.status().master == made[0].master
    with pytest.raises(KeeperProblem) as problem:
        remote.unwrap([Wrapped(abouts[0], made[1].wrapped)], account="", how="own")
    assert problem.value.code is Code.BROKEN


@pytest.mark.django_db
def test_the_program_works_with_it_from_making_a_key_to_rotation(
    remote: RemoteKeeper, case_id: uuid.UUID, keys: Path
) -> None:
    before = keys.read_text()
    with using(remote):
        create_key(KeyRef(KeyKind.CASE, case_id))
        note = Note.objects.create(case_id=case_id, text="said")
        forget_what_was_made()
        assert Note.objects.get(pk=note.pk).text.open() == "said"

        assert rotate() == 1

        assert Note.objects.get(pk=note.pk).text.open() == "said"
    assert keys.read_text() != before


@pytest.mark.django_db
def test_it_counts(starts: Starts) -> None:
    running = starts(limits={"outside": "2/2"})
    refs = [KeyRef(KeyKind.CASE, uuid.uuid4()) for _ in range(3)]

    with using(RemoteKeeper(running.socket)):
        create_keys(refs)
        forget_what_was_made()
        with counting(account=uuid.uuid4(), how="outside"), pytest.raises(BudgetSpent):
            for ref in refs:
                key_for(ref)


def test_locking_from_one_process_locks_two_others(running: Running) -> None:
    command = [sys.executable, "-c", WEB_PROCESS, str(running.socket)]
    environment = {**os.environ, "DJANGO_SETTINGS_MODULE": "exitwork.settings.site", "PYTHONPATH": "src"}
    others = [subprocess.Popen(command, stdout=subprocess.PIPE, env=environment, text=True) for _ in range(2)]
    try:
        for other in others:
            assert other.stdout is not None
            assert other.stdout.readline() == "open\n"

        with using(RemoteKeeper(running.socket)):
            lock_everything()
            assert is_locked()

        for other in others:
            assert other.stdout is not None
            assert other.stdout.readline() == "locked\n"
            assert other.wait(30) == 0
    finally:
        for other in others:
            other.kill()
            other.communicate()


def test_a_lock_is_undone_only_by_starting_again(running: Running, starts: Starts) -> None:
    remote = RemoteKeeper(running.socket)
    remote.lock()

    assert running.alive()
    assert remote.status().locked
    for attempt in (lambda: remote.new(["case:x"]), remote.forget, remote.begin_rotation):
        with pytest.raises(KeeperProblem) as problem:
            attempt()
        assert problem.value.code is Code.LOCKED

    running.stop()
    starts()

    assert remote.new(["case:x"])
    with using(remote):
        assert not is_locked()


def test_replacing_one_that_crashed_undoes_no_lock(running: Running, starts: Starts) -> None:
    os.kill(running.process.pid, signal.SIGKILL)
    running.process.wait()
    running = starts(after_crash=True)
    remote = RemoteKeeper(running.socket)
    remote.lock()
    os.kill(running.process.pid, signal.SIGKILL)
    running.process.wait()

    with pytest.raises(UnableToUnlock, match="Everything was locked"):
        starts(after_crash=True)

    starts()
    assert remote.new(["case:x"])


def test_locking_works_though_the_keyholder_hangs_or_is_gone(running: Running) -> None:
    with using(RemoteKeeper(running.socket)):
        os.kill(running.process.pid, signal.SIGKILL)
        running.process.wait()

        lock_everything()

        assert is_locked()


@pytest.mark.django_db
def test_a_killed_keyholder_is_told_plainly_and_found_again(
    running: Running, starts: Starts, case_id: uuid.UUID
) -> None:
    with using(RemoteKeeper(running.socket)) as here:
        ref = KeyRef(KeyKind.CASE, case_id)
        create_key(ref)
        forget_what_was_made()
        key_for(ref)
        os.kill(running.process.pid, signal.SIGKILL)
        running.process.wait()
        here.remembered.drop(ref)

        with pytest.raises(VaultLocked, match="does not answer") as told:
            key_for(ref)
        assert "nothing is lost" in str(told.value)

        starts()
        key_for(ref)


def test_no_keyholder_at_all_is_told_plainly(folder: Path) -> None:
    with pytest.raises(VaultLocked, match="does not answer"), using(RemoteKeeper(folder / "nobody")):
        pytest.fail("there is none to use")


def test_it_survives_clients_that_die_or_talk_nonsense(running: Running) -> None:
    remote = RemoteKeeper(running.socket)
    for sent in (
        b"",
        b"\x00\x00",
        b"\x00\x00\x00\x05hel",
        b"\x00\x00\x00\x02{]",
        b"\x00\x00\x00\x04null",
        (AT_MOST + 1).to_bytes(4, "big"),
    ):
        with socket.socket(socket.AF_UNIX) as talker:
            talker.connect(str(running.socket))
            talker.sendall(sent)
            talker.shutdown(socket.SHUT_WR)
            assert talker.recv(10) == b""

    for asked in (
        {},
        {"op": "give"},
        {"op": "unwrap"},
        {"op": "unwrap", "keys": 7},
        {"op": "new", "abouts": 3},
    ):
        with socket.socket(socket.AF_UNIX) as talker:
            talker.connect(str(running.socket))
            body = json.dumps(asked).encode()
            talker.sendall(len(body).to_bytes(4, "big") + body)
            assert read_message(talker) == {"problem": "not-understood", "about": {}}

    assert remote.new(["case:x"])


def test_an_account_of_the_machine_that_may_not_ask_gets_no_answer(starts: Starts) -> None:
    running = starts(allowed_uids=(os.getuid() + 1,))

    with pytest.raises(VaultLocked):
        RemoteKeeper(running.socket).new(["case:x"])


def test_what_it_lays_on_disk_belongs_to_its_account_alone(running: Running, folder: Path) -> None:
    laid = [running.socket, epoch_path(running.socket), folder / "socket.only"]

    assert [path.stat().st_mode & 0o777 for path in laid] == [0o600, 0o600, 0o600]


def test_it_can_be_neither_dumped_nor_looked_into(running: Running) -> None:
    status = Path(f"/proc/{running.process.pid}")

    limits = (status / "limits").read_text()

    core = next(line for line in limits.splitlines() if line.startswith("Max core file size"))
    assert core.split()[4:6] == ["0", "0"]
    if os.getuid() == 0:
        running_as = (status / "status").stat().st_uid
        assert running_as == 0  # dumpable = 0 gives /proc/PID to root; seen by others as a refusal
    else:
        with pytest.raises(PermissionError):
            (status / "mem").read_bytes()


def test_no_secret_stands_in_arguments_or_environment(starts: Starts, folder: Path) -> None:
    sealed = folder / "sealed"
    master.create_sealed_file(sealed, SAID)
    running = starts(keys=sealed, passphrase=SAID)
    told = Path(f"/proc/{running.process.pid}")

    seen = (told / "cmdline").read_bytes() + (told / "environ").read_bytes()

    assert b"herons" not in seen
    assert b"EXITWORK" not in seen
    assert RemoteKeeper(running.socket).new(["case:x"])


def test_a_wrong_passphrase_is_told_at_once(starts: Starts, folder: Path) -> None:
    sealed = folder / "sealed"
    master.create_sealed_file(sealed, SAID)

    with pytest.raises(UnableToUnlock, match="not the passphrase"):
        starts(keys=sealed, passphrase=SAID[:-1])
    with pytest.raises(UnableToUnlock, match="No passphrase"):
        starts(keys=sealed)


def test_a_key_file_others_may_read_stops_the_start(starts: Starts, keys: Path) -> None:
    keys.chmod(0o644)

    with pytest.raises(UnableToUnlock, match="chmod 600"):
        starts()


def test_a_second_keyholder_in_the_same_place_is_refused(running: Running, starts: Starts) -> None:
    with pytest.raises(UnableToUnlock, match="already answers"):
        starts()

    assert RemoteKeeper(running.socket).new(["case:x"])


def test_a_path_too_long_for_a_socket_is_told(starts: Starts, folder: Path) -> None:
    with pytest.raises(UnableToUnlock, match="too long"):
        starts(socket=folder / ("s" * 120))


def test_it_leaves_with_the_process_that_started_it(running: Running) -> None:
    remote = RemoteKeeper(running.socket)
    remote.status()
    assert running.process.stdin is not None

    running.process.stdin.close()

    assert running.process.wait(30) == 0
    assert Epoch(epoch_path(running.socket)).view[0] == 0
    assert not running.socket.exists()


def test_told_to_stop_it_locks_and_leaves(running: Running) -> None:
    running.process.send_signal(signal.SIGTERM)

    assert running.process.wait(30) == 0
    assert Epoch(epoch_path(running.socket)).view[0] == 0


def test_an_epoch_file_removed_and_made_anew_is_found(running: Running, starts: Starts) -> None:
    with using(RemoteKeeper(running.socket)) as here:
        here.holder.status()
        running.stop()
        epoch_path(running.socket).unlink()
        starts()

        here.holder.status()

        assert not is_locked()


def test_it_loads_no_django() -> None:
    seen = subprocess.run(
        [
            sys.executable,
            "-c",
            "import sys, exitwork.vault.keyholder; print([m for m in sys.modules if m.startswith('django')])",
        ],
        capture_output=True,
        text=True,
        check=True,
        env={**os.environ, "PYTHONPATH": "src"},
    )

    assert seen.stdout == "[]\n"


def test_many_threads_and_a_fork_each_have_a_connection_of_their_own(remote: RemoteKeeper) -> None:
    remote.status()
    child = os.fork()
    if child == 0:
        os._exit(0 if remote.new(["case:x"]) else 1)
    made = remote.new(["case:y"])
    for _ in range(300):
        done, code = os.waitpid(child, os.WNOHANG)
        if done:
            break
        time.sleep(0.1)

    assert made
    assert (done, code) == (child, 0)
