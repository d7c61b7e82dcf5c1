# SPDX-License-Identifier: AGPL-3.0-or-later
"""The session engine: what a cookie opens, and for how long.

* The database holds the SHA-256 of the session key and data encrypted under a key made from
  it; a copy of the database opens no session and reads none (not the one-time codes on their
  way, not a form kept over a second sign-in).
* Fifteen minutes without a click, or twelve hours in all, and it is over (security.md 3.10).
* Device and account stand in columns so that a person sees where he is signed in and anyone
  entitled can end it in one statement.

This is machinery below the actions: it reads the clock itself.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any, cast

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.backends.base import CreateError, SessionBase, UpdateError
from django.core import signing
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.crypto import get_random_string

from exitwork.accounts.models.signin import SignIn, idle_limit, longest
from exitwork.accounts.words import Device

STARTED = "exitwork.started"
DEVICE = "exitwork.device"
LOCKED = "exitwork.locked"
HAS_FACTOR = "exitwork.has_factor"
FIRST_FACTOR = "exitwork.first_factor"

ON_THE_WAY = timedelta(hours=1)
TOUCH_EVERY = timedelta(seconds=60)
NONCE = 12


def digest(key: str) -> str:
    """What the database holds of a session key."""
    return hashlib.sha256(key.encode()).hexdigest()


class SessionStore(SessionBase):
    """One browser's session."""

    seen_at: datetime | None = None

    def load(self) -> dict[str, Any]:
        """What the session carries; nothing when it is over, unknown or tampered with."""
        key = cast(str, self.session_key)
        row = SignIn.objects.open(timezone.now()).filter(pk=digest(key)).first()
        opened = _opened(key, bytes(row.data)) if row is not None else None
        if row is None or opened is None:
            self._session_key = None
            return {}
        self.seen_at = row.seen_at
        return opened

    def exists(self, session_key: str) -> bool:
        """Whether a session has this key."""
        return SignIn.objects.filter(pk=digest(session_key)).exists()

    def create(self) -> None:
        """Begin a new session under a new key."""
        while True:
            self._session_key = get_random_string(40)
            try:
                self.save(must_create=True)
            except CreateError:  # forty random symbols met twice: draw again
                continue
            self.modified = True
            return

    def save(self, must_create: bool = False) -> None:
        """Write the session.

        :raises UpdateError: when it was ended meanwhile.
        """
        if self.session_key is None:
            self.create()
            return
        at = timezone.now()
        data: dict[str, Any] = self._get_session(no_load=must_create)  # type: ignore[attr-defined]
        key = self.session_key
        row = _columns(data, at)
        row["data"] = _sealed(key, data)
        if must_create:
            try:
                with transaction.atomic():
                    SignIn.objects.create(pk=digest(key), **row)
            except IntegrityError as error:
                raise CreateError from error
        elif not SignIn.objects.filter(pk=digest(key)).update(**row):
            raise UpdateError
        self.seen_at = at

    def delete(self, session_key: str | None = None) -> None:
        """End the session."""
        key = session_key or self.session_key
        if key is not None:
            SignIn.objects.filter(pk=digest(key)).delete()

    def touch(self, at: datetime) -> None:
        """Note a click, at most once a minute."""
        if self.session_key and self.seen_at is not None and at - self.seen_at >= TOUCH_EVERY:
            SignIn.objects.filter(pk=digest(self.session_key)).update(seen_at=at)
            self.seen_at = at

    def seconds_left(self, at: datetime) -> int:
        """How long the session stays open without another click; for the warning before it ends."""
        started = self.get(STARTED)
        if started is None:
            return 0
        ends = min(at + idle_limit(), datetime.fromisoformat(started) + longest())
        return max(0, int((ends - at).total_seconds()))

    @classmethod
    def clear_expired(cls) -> None:
        """Remove what is over."""
        SignIn.objects.over(timezone.now()).delete()


def _columns(data: dict[str, Any], at: datetime) -> dict[str, Any]:
    account = data.get(SESSION_KEY)
    if account is None:
        return {"account_id": None, "seen_at": at, "started_at": at, "ends_at": at + ON_THE_WAY}
    # Kept in the session itself: a new key (after a new password) does not lengthen the day.
    started = datetime.fromisoformat(data.setdefault(STARTED, at.isoformat()))
    return {
        "account_id": account,
        "device": data.get(DEVICE, Device.OTHER),
        "seen_at": at,
        "started_at": started,
        "ends_at": started + longest(),
    }


def _cipher(key: str) -> AESGCM:
    made = HKDF(algorithm=SHA256(), length=32, salt=None, info=b"exitwork session data").derive(key.encode())
    return AESGCM(made)


def _sealed(key: str, data: Mapping[str, Any]) -> bytes:
    nonce = os.urandom(NONCE)
    plain = signing.JSONSerializer().dumps(data)
    return nonce + _cipher(key).encrypt(nonce, plain, digest(key).encode())


def _opened(key: str, sealed: bytes) -> dict[str, Any] | None:
    try:
        plain = _cipher(key).decrypt(sealed[:NONCE], sealed[NONCE:], digest(key).encode())
    except InvalidTag:
        return None
    return cast("dict[str, Any]", signing.JSONSerializer().loads(plain))
