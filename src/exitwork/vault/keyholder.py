# SPDX-License-Identifier: AGPL-3.0-or-later
"""The keyholder's process: ``python -m exitwork.vault.keyholder``.

* It takes the key file, or the passphrase from its standard input; never from arguments or the
  environment. It says one line of JSON: ready, or why not; then it closes its output.
* It listens on a socket only its own account may open, and asks the machine who is there.
* Started to replace one that crashed (``--unless-locked``), it does not undo a lock.
* It ends with the process that started it: when its standard input ends, it locks and leaves.
* It loads no Django and knows no database; locked, it goes on answering "locked".
"""

from __future__ import annotations

import argparse
import base64
import fcntl
import json
import os
import signal
import socket
import socketserver
import sys
import threading
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from exitwork.vault import hardening, master
from exitwork.vault.budget import Limits
from exitwork.vault.epoch import Epoch, epoch_path
from exitwork.vault.keeper import Keeper, Wrapped
from exitwork.vault.master import Ring
from exitwork.vault.problems import Code, KeeperProblem, UnableToUnlock
from exitwork.vault.wire import peer_uid, read_message, write_message

_SOCKET_PATH_AT_MOST = 107
_STACK = 256 * 1024


class Answers:
    """The questions a keyholder understands, over the wire."""

    def __init__(self, keeper: Keeper) -> None:
        self._keeper = keeper
        self._known: dict[str, Callable[[dict[str, Any]], Any]] = {
            "new": self._new,
            "unwrap": self._unwrap,
            "count": lambda asked: keeper.count(account=str(asked["account"]), how=str(asked["how"])),
            "forget": lambda _asked: keeper.forget(),
            "lock": lambda _asked: keeper.lock(),
            "status": lambda _asked: keeper.status()._asdict(),
            "begin-rotation": lambda _asked: keeper.begin_rotation(),
            "rewrap": lambda asked: [_text(wrapped) for wrapped in keeper.rewrap(_keys(asked))],
            "finish-rotation": lambda asked: keeper.finish_rotation(str(asked["master"])),
        }

    def to(self, asked: dict[str, Any]) -> dict[str, Any]:
        """Answer one question; a no is an answer too."""
        try:
            answer = self._known[asked["op"]](asked)
        except KeeperProblem as problem:
            return {"problem": problem.code.value, "about": problem.about}
        except (KeyError, ValueError, TypeError):
            return {"problem": Code.NOT_UNDERSTOOD.value, "about": {}}
        return {"answer": answer}

    def _new(self, asked: dict[str, Any]) -> Any:
        made = self._keeper.new([str(about) for about in asked["abouts"]])
        return [(_text(new.key), _text(new.wrapped), new.master) for new in made]

    def _unwrap(self, asked: dict[str, Any]) -> Any:
        how = str(asked["how"])
        return [
            _text(key) for key in self._keeper.unwrap(_keys(asked), account=str(asked["account"]), how=how)
        ]


class Server(socketserver.ThreadingUnixStreamServer):
    """Listens, asks who is there, and gives each connection a thread."""

    daemon_threads = True
    request_queue_size = 128

    def __init__(self, path: Path, answers: Answers, uids: frozenset[int]) -> None:
        self.answers = answers
        self._uids = uids
        before = os.umask(0o177)
        try:
            super().__init__(str(path), Conversation)
        finally:
            os.umask(before)

    def verify_request(self, request: Any, client_address: Any) -> bool:  # noqa: ARG002 -- the library's
        """Whether the other end runs under an account that may ask."""
        return peer_uid(request) in self._uids

    def handle_error(self, request: Any, client_address: Any) -> None:  # noqa: ARG002 -- the library's
        """Say that a conversation broke off, and nothing of what was said."""
        sys.stderr.write("keyholder: a conversation broke off\n")


class Conversation(socketserver.BaseRequestHandler):
    """One connection: questions and answers until the other end goes."""

    server: Server

    def handle(self) -> None:
        """Answer until the other end closes or sends what is no message."""
        connection: socket.socket = self.request
        while True:
            try:
                asked = read_message(connection)
                if asked is None:
                    return
                write_message(connection, self.server.answers.to(asked))
            except (OSError, ValueError):
                return  # the other end went away or does not speak our language


def main(arguments: Sequence[str] | None = None) -> int:
    """Start, serve until told to stop, lock, leave."""
    given = _given(arguments)
    hardening.forbid_dumps()
    threading.stack_size(_STACK)
    try:
        only_one = _only_one(given.socket)
        epoch = Epoch(epoch_path(given.socket), create=True)
        if given.unless_locked and epoch.view[0] == 0:
            raise UnableToUnlock("locked")
        ring = _unlocked(given)
    except UnableToUnlock as problem:
        details = {name: str(detail) for name, detail in problem.details.items()}
        _say({"unable": problem.code, "details": details})
        return 2
    keeper = Keeper(ring, epoch, limits=Limits.read(given.limit), grace=given.grace)
    given.socket.unlink(missing_ok=True)
    uids = frozenset(given.allow_uid or [os.getuid()])
    with only_one, Server(given.socket, Answers(keeper), uids) as server:
        memory_locked = hardening.lock_memory()
        _until_told_to_stop(server)
        _say({"ready": True, "memory_locked": memory_locked})
        sys.stdout.close()
        server.serve_forever(poll_interval=0.2)
        keeper.lock()
        given.socket.unlink(missing_ok=True)
    return 0


def _given(arguments: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="exitwork.vault.keyholder", description="Holds the master key.")
    parser.add_argument("--keys", type=Path, required=True, help="the key file or the sealed file")
    parser.add_argument("--socket", type=Path, required=True, help="where to listen")
    parser.add_argument("--data-folder", type=Path, help="a key file inside it is refused")
    parser.add_argument("--limit", type=_limit, action="append", default=[], help="outside=60/500")
    parser.add_argument(
        "--allow-uid", type=int, action="append", help="accounts that may ask; own by default"
    )
    parser.add_argument("--unless-locked", action="store_true", help="start only if the last one crashed")
    parser.add_argument("--grace", type=float, default=30.0, help="seconds a rotation lasts at least")
    given = parser.parse_args(arguments)
    given.limit = dict(given.limit)
    return given


def _limit(text: str) -> tuple[str, str]:
    name, _, numbers = text.partition("=")
    try:
        Limits.read({name: numbers})
    except ValueError as problem:
        raise argparse.ArgumentTypeError(str(problem)) from None
    return name, numbers


def _only_one(path: Path) -> Any:
    if len(os.fsencode(path)) > _SOCKET_PATH_AT_MOST:
        raise UnableToUnlock("socket-too-long", path=path)
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    descriptor = os.open(path.with_name(path.name + ".only"), os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    held = os.fdopen(descriptor, "rb")
    try:
        fcntl.flock(held, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        held.close()
        raise UnableToUnlock("already-running", path=path) from None
    return held


def _unlocked(given: argparse.Namespace) -> Ring:
    if not master.asks_for_passphrase(given.keys):
        return master.from_key_file(given.keys, data_folder=given.data_folder)
    passphrase = sys.stdin.buffer.readline().rstrip(b"\r\n").decode(errors="replace")
    if not passphrase:
        raise UnableToUnlock("no-passphrase")
    return master.from_passphrase(given.keys, passphrase)


def _until_told_to_stop(server: Server) -> None:
    def stop(*_: object) -> None:
        threading.Thread(target=server.shutdown, daemon=True).start()

    def watch() -> None:
        # Not through sys.stdin: its lock, held here, would spoil the orderly end.
        while os.read(0, 1):
            continue
        stop()

    signal.signal(signal.SIGTERM, stop)
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C reaches the whole group; serve decides
    threading.Thread(target=watch, daemon=True).start()


def _say(line: dict[str, Any]) -> None:
    sys.stdout.write(json.dumps(line) + "\n")
    sys.stdout.flush()


def _keys(asked: dict[str, Any]) -> list[Wrapped]:
    return [Wrapped(str(about), base64.b64decode(wrapped)) for about, wrapped in asked["keys"]]


def _text(data: bytes) -> str:
    return base64.b64encode(data).decode()


if __name__ == "__main__":
    sys.exit(main())
