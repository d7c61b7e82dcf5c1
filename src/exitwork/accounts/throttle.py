# SPDX-License-Identifier: AGPL-3.0-or-later
"""How often something may be tried, without keeping who tried it.

* A bucket is an HMAC under a key that is drawn when the process starts and again every day,
  and that never leaves its memory: no address is stored, and yesterday's can't be matched.
* Buckets live in memory: each web process counts for itself, a restart forgets. With N
  processes an attacker has N times the tries; the limits are chosen with that in mind.
* The number of buckets is bounded; the oldest is forgotten first.
"""

from __future__ import annotations

import hmac
import secrets
from collections import OrderedDict
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from threading import Lock

BUCKETS = 20_000


@dataclass(slots=True)
class _DayKey:
    day: date | None = None
    key: bytes = b""
    lock: Lock = field(default_factory=Lock)

    def of(self, at: datetime) -> bytes:
        with self.lock:
            if self.day != at.date():
                self.day, self.key = at.date(), secrets.token_bytes(32)
            return self.key


_DAY_KEY = _DayKey()


def bucket(purpose: str, value: str, *, at: datetime) -> str:
    """A name for whoever tries, that tells nothing and is good for one day."""
    return hmac.digest(_DAY_KEY.of(at), f"{purpose}\0{value}".encode(), "sha256").hex()[:32]


@dataclass(slots=True)
class Throttle:
    """At most ``tries`` within ``within`` for one purpose and one trier."""

    purpose: str
    tries: int
    within: timedelta
    _seen: OrderedDict[str, list[datetime]] = field(default_factory=OrderedDict)
    _lock: Lock = field(default_factory=Lock)

    def allows(self, who: str, *, at: datetime) -> bool:
        """Whether one more try is allowed now; it is counted."""
        name = bucket(self.purpose, who, at=at)
        with self._lock:
            recent = [tried for tried in self._seen.pop(name, []) if tried > at - self.within]
            allowed = len(recent) < self.tries
            self._seen[name] = [*recent, at] if allowed else recent
            while len(self._seen) > BUCKETS:
                self._seen.popitem(last=False)
        return allowed
