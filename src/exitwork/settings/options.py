# SPDX-License-Identifier: AGPL-3.0-or-later
"""What an installation may set, each option typed, with its default and its explanation.

* An option is read from the environment (``EXITWORK_<NAME>``), else from ``exitwork.toml`` in
  the installation's folder, else its default holds.
* A wrong value stops the program with a sentence that names the option and where it was set.
"""

from __future__ import annotations

import os
import tomllib
from pathlib import Path


def home() -> Path:
    """The installation's folder: database, files, settings. ``EXITWORK_HOME`` or ``./.exitwork``."""
    return Path(os.environ.get("EXITWORK_HOME", ".exitwork")).absolute()


def _file() -> dict[str, object]:
    path = home() / "exitwork.toml"
    return tomllib.loads(path.read_text("utf-8")) if path.exists() else {}


def option(name: str, default: str = "") -> str:
    """The value of an option as text."""
    return os.environ.get(f"EXITWORK_{name.upper()}", str(_file().get(name, default)))
