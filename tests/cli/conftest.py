# SPDX-License-Identifier: AGPL-3.0-or-later
"""A folder for an installation, and nothing set from outside."""

from __future__ import annotations

import os
from pathlib import Path

import pytest


@pytest.fixture
def installation(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty folder that commands take for the installation's."""
    for name in list(os.environ):
        if name.startswith("EXITWORK_"):
            monkeypatch.delenv(name)
    folder = tmp_path / "home"
    folder.mkdir(mode=0o700)
    monkeypatch.setenv("EXITWORK_HOME", str(folder))
    return folder
