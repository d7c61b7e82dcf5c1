# SPDX-License-Identifier: AGPL-3.0-or-later
"""The packs that are shipped, read once each.

* A shipped pack with a fault stops the program: a test reads them all.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path
from types import MappingProxyType

from exitwork.programmes.packs.pack import Pack
from exitwork.programmes.packs.reading import read_file

FOLDER = Path(__file__).parent


@lru_cache(maxsize=1)
def shipped() -> Mapping[str, Pack]:
    """Every shipped pack by its key, in the order of names.

    :raises FaultyPack: if one can't be read.
    """
    packs = sorted((read_file(path) for path in FOLDER.glob("*.toml")), key=lambda pack: pack.name.casefold())
    return MappingProxyType({pack.key: pack for pack in packs})
