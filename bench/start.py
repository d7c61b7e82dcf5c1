# SPDX-License-Identifier: AGPL-3.0-or-later
"""From nothing to the first page: a new clone without an environment, then the same demo again.

* Cold is ``git clone``, then ``run.py demo``: environment, packages (their download included, unless
  this machine's package cache has them), invented network, first page.
* Warm is the same command again; its floor is this Python starting and ending.
"""

from __future__ import annotations

import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path

from bench.figure import Figure, median_ms
from bench.place import ROOT

COLD, WARM = 60.0, 4.0
HOST = "127.0.0.1"
PATIENCE = 300.0


def figures() -> Iterator[Figure]:
    """Cold once, warm three times."""
    with tempfile.TemporaryDirectory(prefix="exitwork-start-") as folder:
        clone = Path(folder) / "exitwork"
        git = shutil.which("git")
        if git is None:
            raise RuntimeError("git is needed to make a new clone")
        subprocess.run([git, "clone", "--quiet", "--depth", "1", ROOT.as_uri(), str(clone)], check=True)
        cold = _first_page(clone, empty_caches=True)
        yield Figure("a new clone to its first page, empty caches", cold, "s", limit=COLD)
        floor = median_ms(lambda: subprocess.run([sys.executable, "-c", ""], check=True), times=5, warm=1)
        warm = min(_first_page(clone) for _ in range(3))
        yield Figure("the same again", warm, "s", limit=WARM)
        yield Figure("the same again, to a Python that does nothing", warm * 1000, "ms", floor=floor)


def _first_page(clone: Path, *, empty_caches: bool = False) -> float:
    """Seconds from the command to the first page, after which it is stopped."""
    with socket.socket() as probe:
        probe.bind((HOST, 0))
        port = int(probe.getsockname()[1])
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("EXITWORK", "DJANGO"))}
    kept.pop("PYTHONPATH", None)
    if empty_caches:
        caches = clone.parent / "caches"
        kept |= {"XDG_CACHE_HOME": str(caches), "PIP_CACHE_DIR": str(caches), "UV_CACHE_DIR": str(caches)}
    begun = time.perf_counter()
    command = [getattr(sys, "_base_executable", sys.executable), "run.py", "demo", "--no-browser"]
    running = subprocess.Popen(
        [*command, "--port", str(port)], cwd=clone, env=kept, stdout=subprocess.DEVNULL
    )
    try:
        while time.perf_counter() - begun < PATIENCE and running.poll() is None:
            try:
                with urllib.request.urlopen(f"http://{HOST}:{port}/", timeout=10) as page:
                    page.read()
                return time.perf_counter() - begun
            except OSError:
                time.sleep(0.02)
        raise RuntimeError("the demo did not start")
    finally:
        running.send_signal(signal.SIGTERM)
        running.wait(60)
