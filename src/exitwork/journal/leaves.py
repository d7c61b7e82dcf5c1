# SPDX-License-Identifier: AGPL-3.0-or-later
"""What of an entry goes into its leaf, byte for byte. Plain Python; read by the offline verifier too.

* Every column but the leaf hash itself is bound. The sealed details are bound by their hash
  and by the commitment, so the leaf can be checked without a key, before and after erasure.
* The text is canonical JSON of the first version (``exitwork/entry/1``); a later version
  gets a new first item and the old one is kept for ever.
"""

from __future__ import annotations

import json
import os
import threading
from collections.abc import Mapping
from datetime import UTC, datetime
from hashlib import sha256
from typing import Any
from uuid import UUID

from exitwork.journal.tree import leaf_hash

VERSION = "exitwork/entry/1"
FIELDS = (
    "id",
    "event",
    "happening",
    "at",
    "by_account",
    "by_name",
    "machine",
    "organisation_id",
    "about_kind",
    "about_id",
    "about_ref",
    "subject",
    "details",
    "commitment",
    "token",
)

_canonical = json.JSONEncoder(sort_keys=True, separators=(",", ":"), allow_nan=False)
_counting = threading.Lock()
_last = [0, 0]  # the last millisecond, and how many keys it has had


def new_id(at: datetime) -> UUID:
    """A new key, ordered by time (RFC 9562, version 7), so that new entries lie side by side on disk.

    Of two made by this process for the same millisecond, the later sorts later.
    """
    moment = int(at.timestamp() * 1000) & ((1 << 48) - 1)
    with _counting:
        _last[1] = min(_last[1] + 1, 0xFFF) if _last[0] == moment else 0
        _last[0] = moment
        count = _last[1]
    low = (0b10 << 62) | (int.from_bytes(os.urandom(8), "big") >> 2)
    return UUID(int=(moment << 80) | (0x7 << 76) | (count << 64) | low)


def canonical(value: Any) -> bytes:
    """The one way to write a value as JSON.

    :raises TypeError: if JSON cannot hold it.
    """
    return json.dumps(
        value, sort_keys=True, separators=(",", ":"), ensure_ascii=True, allow_nan=False
    ).encode()


def _plain(value: Any) -> Any:
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat(timespec="microseconds")
    if isinstance(value, UUID):
        return str(value)
    if isinstance(value, bytes | memoryview):
        return sha256(bytes(value)).hexdigest()
    return value


def hash_of(columns: Mapping[str, Any]) -> bytes:
    """The leaf hash of an entry given as its columns; ``details`` are the sealed bytes."""
    return leaf_hash(canonical([VERSION, *(_plain(columns[name]) for name in FIELDS)]))
