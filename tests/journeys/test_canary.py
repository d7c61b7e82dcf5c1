# SPDX-License-Identifier: AGPL-3.0-or-later
"""A stolen disk tells nothing: 500 markers in every sensitive field, and not one on disk (T1, F11)."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from tests.journeys.marked import MARKERS

ROOT = Path(__file__).resolve().parents[2]
MARKER = re.compile(rb"canary\d{4}bird")


@pytest.fixture(scope="module")
def stolen(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, str]:
    """The folder of an installation in which people have worked, and what it said on the way."""
    folder = tmp_path_factory.mktemp("stolen")
    environment = {**os.environ, "PYTHONPATH": f"{ROOT / 'src'}:{ROOT}", "EXITWORK_TEST_DATABASE": "sqlite"}
    done = subprocess.run(
        [sys.executable, "-m", "tests.journeys.marked", str(folder)],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
        timeout=180,
    )
    assert done.returncode == 0, done.stderr[-3_000:]
    assert int(done.stdout.split()[-1]) >= MARKERS
    return folder, done.stdout + done.stderr


def test_no_marker_stands_in_any_file_of_the_installation(stolen: tuple[Path, str]) -> None:
    folder, _said = stolen
    files = [path for path in folder.rglob("*") if path.is_file()]
    found = {path.name: MARKER.findall(path.read_bytes())[:3] for path in files}

    assert any(path.name == "exitwork.sqlite3" for path in files)
    assert {name: words for name, words in found.items() if words} == {}


def test_no_marker_was_logged(stolen: tuple[Path, str]) -> None:
    _folder, said = stolen

    assert MARKER.findall(said.encode()) == []
