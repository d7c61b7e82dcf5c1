# SPDX-License-Identifier: AGPL-3.0-or-later
"""What the journal asks of the vault: details sealed for their subject, commitments, a signing key.

* Details are sealed under the journal key of what the entry is about, else of the acting account,
  else of the installation. The key is made on first use and destroyed with its subject.
* A commitment is an HMAC of the details under a key derived from the same one: with the key it
  proves what was noted, without it tells nothing.
* What happens to an erased thing afterwards is noted under the account that did it.
"""

from __future__ import annotations

import hmac
import json
from dataclasses import dataclass
from hashlib import sha256
from typing import Any
from uuid import UUID

from exitwork.journal.leaves import canonical
from exitwork.journal.models import Entry
from exitwork.vault.errors import KeyDestroyed, SealBroken
from exitwork.vault.fields import SealedJSON
from exitwork.vault.holder import is_locked
from exitwork.vault.keys import KeyKind, KeyRef, create_key, key_for, load_keys

__all__ = ["INSTALLATION", "Seal", "derived", "ensure", "is_locked", "opened", "sealed"]

# Whose journal key it is when an entry is about nothing and done by nobody.
INSTALLATION = UUID("00000000-0000-8000-8000-000000000001")
_KEY_BYTES = 32


def ensure(subject: UUID) -> None:
    """Make the journal key of a subject unless it has one.

    :raises KeyDestroyed: when it was destroyed.
    :raises VaultLocked: while everything is locked.
    """
    ref = KeyRef(KeyKind.JOURNAL, subject)
    if not load_keys([ref]):
        create_key(ref)


@dataclass(frozen=True, slots=True)
class Seal:
    """Details as they lie in the table: whose key seals them, the sealed bytes, their commitment."""

    subject: UUID
    details: bytes = b""
    commitment: bytes = b""


def sealed(entry_id: UUID, about: UUID | None, account: UUID | None, details: dict[str, Any]) -> Seal:
    """Seal details for an entry. No details need no key.

    :raises VaultLocked: while everything is locked.
    :raises TypeError: if JSON can't hold them.
    """
    if not details:
        return Seal(about or account or INSTALLATION)
    subject = _ensured(about, account)
    field = _field()
    entry = Entry(id=entry_id, subject=subject, details=details)
    # Sealed now, not at save: the leaf hash binds the sealed bytes.
    stored = field.pre_save(entry, add=True)
    return Seal(subject, bytes(stored.data), _commitment(subject, field.written(details)))


def opened(entry: Entry) -> dict[str, Any] | None:
    """What was noted; nothing noted is an empty dictionary, None is erased.

    :raises VaultLocked: while everything is locked.
    :raises SealBroken: if it is not what the entry was committed to.
    """
    if not entry.details:
        return {}
    try:
        details: dict[str, Any] = entry.details.open()
        committed = _commitment(entry.subject, _field().written(details))
    except KeyDestroyed:
        return None
    if not hmac.compare_digest(committed, bytes(entry.commitment)):
        raise SealBroken
    return details


def derived(subject: UUID, purpose: bytes) -> bytes:
    """32 bytes that only the subject's journal key gives, different for each purpose.

    AES in counter mode at a nonce of the purpose's own: its first two blocks, a pseudo-random
    function of the purpose. Seals use random nonces, and no tag made here ever leaves.

    :raises KeyDestroyed: when the key was destroyed.
    :raises VaultLocked: while everything is locked.
    """
    nonce = sha256(b"exitwork journal " + purpose).digest()[:12]
    return key_for(KeyRef(KeyKind.JOURNAL, subject)).encrypt(nonce, bytes(_KEY_BYTES), None)[:_KEY_BYTES]


def _ensured(about: UUID | None, account: UUID | None) -> UUID:
    """Whose key seals: the first of thing, account and installation whose key is not destroyed."""
    for subject in (about, account):
        if subject is None:
            continue
        try:
            ensure(subject)
        except KeyDestroyed:
            continue
        return subject
    ensure(INSTALLATION)
    return INSTALLATION


def _commitment(subject: UUID, plain: bytes) -> bytes:
    return hmac.digest(derived(subject, b"commitment"), canonical(json.loads(plain)), "sha256")


def _field() -> SealedJSON:
    field = Entry._meta.get_field("details")
    assert isinstance(field, SealedJSON)
    return field
