# SPDX-License-Identifier: AGPL-3.0-or-later
"""The program as it is served, asked by sixteen clients at once from the same machine.

* ``exitwork serve`` as an installation starts it: keyholder, two web processes, worker, every
  middleware, every look in the journal on a durable disk.
* The clients are one process of ours over loopback, on the same cores; each asks again as soon
  as it was answered.
* The floor is ``/healthz``: a page of one word through the same server.
"""

from __future__ import annotations

import os
import selectors
import signal
import socket
import statistics
import subprocess
import sys
import time
from collections.abc import Iterator
from datetime import UTC, datetime
from itertools import count

from bench.figure import Figure
from bench.requests import session
from bench.world import world
from exitwork.cases.models import Case

CLIENTS = 16
HOST = "127.0.0.1"
PATIENCE = 60.0
SLOWEST = 150.0
WARM = 4.0  # seconds


def figures() -> Iterator[Figure]:
    """Requests a second and the slowest of each twenty, for the list and the page of a case."""
    made = world()
    seconds = 8.0 if os.environ.get("EXITWORK_BENCH_QUICK") else 15.0
    cookies = [session(account, made.large) for account in made.workers[:CLIENTS]]
    at = datetime.now(UTC)
    mine = [
        list(Case.objects.visible_to(made.standing(account), at).values_list("ref", flat=True)[:20])
        for account in made.workers[:CLIENTS]
    ]
    with _served() as port:
        # Every process has loaded the program and has its connections before anything counts.
        _load(port, [(cookie, ["/healthz"]) for cookie in cookies], WARM)
        floor = _load(port, [(cookie, ["/healthz"]) for cookie in cookies], seconds / 2)
        yield Figure("one word: requests", floor.per_second, "/s")
        for what, paths, least in (
            ("list of cases", [["/cases/"]] * CLIENTS, 200),
            ("case page", [[f"/cases/{ref}/" for ref in refs] for refs in mine], 120),
        ):
            asked = list(zip(cookies, paths, strict=True))
            _load(port, asked, WARM)
            found = _load(port, asked, seconds)
            yield Figure(f"{what}: requests", found.per_second, "/s", limit=least, at_least=True)
            yield Figure(f"{what}: of the requests for one word", found.per_second / floor.per_second, "x")
            yield Figure(f"{what}: middle", found.at(0.5), "ms")
            yield Figure(f"{what}: 95 of 100 within", found.at(0.95), "ms", limit=SLOWEST)


class _Served:
    """A served installation while it is measured."""

    def __enter__(self) -> int:
        with socket.socket() as probe:
            probe.bind((HOST, 0))
            self.port = int(probe.getsockname()[1])
        environment = {**os.environ, "EXITWORK_PORT": str(self.port)}
        environment.pop("DJANGO_SETTINGS_MODULE")
        self.running = subprocess.Popen(
            [sys.executable, "-m", "exitwork.cli", "serve"],
            env=environment,
            stdout=subprocess.DEVNULL,
        )
        until = time.monotonic() + PATIENCE
        while time.monotonic() < until:
            try:
                socket.create_connection((HOST, self.port), timeout=1).close()
                return self.port
            except OSError:
                if self.running.poll() is not None:
                    break
                time.sleep(0.1)
        self.__exit__()
        raise RuntimeError("the program did not start")

    def __exit__(self, *_problem: object) -> None:
        self.running.send_signal(signal.SIGTERM)
        self.running.wait(30)


def _served() -> _Served:
    return _Served()


class Taken:
    """How long each answer took, in milliseconds, and how many there were a second."""

    def __init__(self, taken: list[float], seconds: float) -> None:
        self.sorted = sorted(taken)
        self.per_second = len(taken) / seconds

    def at(self, share: float) -> float:
        """The time within which this share of the answers came."""
        return self.sorted[min(len(self.sorted) - 1, int(len(self.sorted) * share))]

    @property
    def mean(self) -> float:
        """The mean."""
        return statistics.fmean(self.sorted)


class _Client:
    """One connection that asks again as soon as it was answered."""

    def __init__(self, port: int, cookie: str, paths: list[str], number: int) -> None:
        self.socket = socket.create_connection((HOST, port))
        self.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self.requests = [
            f"GET {path} HTTP/1.1\r\nHost: localhost:{port}\r\nCookie: {cookie}\r\n\r\n".encode()
            for path in paths
        ]
        self.turn = count(number)
        self.asked_at = 0.0
        self.buffer = bytearray()
        self.wanted = 0

    def ask(self) -> None:
        """Send the next request."""
        self.buffer.clear()
        self.wanted = 0
        self.asked_at = time.perf_counter()
        self.socket.sendall(self.requests[next(self.turn) % len(self.requests)])

    def read(self) -> bool:
        """Take what came; whether the answer is whole.

        :raises RuntimeError: for any answer but a page.
        """
        came = self.socket.recv(262_144)
        if not came:
            raise RuntimeError("the server hung up")
        self.buffer += came
        if not self.wanted:
            end = self.buffer.find(b"\r\n\r\n")
            if end < 0:
                return False
            head = bytes(self.buffer[:end]).lower()
            if not head.startswith(b"http/1.1 200"):
                raise RuntimeError(head.decode("latin-1").splitlines()[0])
            place = head.find(b"content-length:")
            if place < 0:
                raise RuntimeError("an answer without a length")
            self.wanted = end + 4 + int(head[place + 15 :].split(b"\r\n", 1)[0])
        return len(self.buffer) >= self.wanted


def _load(port: int, asked: list[tuple[str, list[str]]], seconds: float) -> Taken:
    """Ask for so many seconds."""
    taken: list[float] = []
    with selectors.DefaultSelector() as selector:
        clients = [_Client(port, cookie, paths, number) for number, (cookie, paths) in enumerate(asked)]
        for client in clients:
            selector.register(client.socket, selectors.EVENT_READ, client)
            client.ask()
        began = time.perf_counter()
        until = began + seconds
        while time.perf_counter() < until:
            for key, _events in selector.select(1.0):
                client = key.data
                if client.read():
                    taken.append((time.perf_counter() - client.asked_at) * 1000)
                    client.ask()
        ended = time.perf_counter()
        for client in clients:
            client.socket.close()
    return Taken(taken, ended - began)
