# SPDX-License-Identifier: AGPL-3.0-or-later
"""Checkpoints: the tree's size and root, signed, to be held by somebody else.

* One is made every 256 entries, or 15 minutes after the last when anything happened.
* The signing key is derived from the installation's own journal key: nothing more to keep,
  the same on every machine, at hand only while the vault is unlocked (docs/adr).
* Numbers run 1, 2, 3 without a gap and sizes grow: a checkpoint taken out of the middle is missed.
"""

from __future__ import annotations

import logging
from datetime import datetime, timedelta
from hashlib import sha256

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from django.db import connections, transaction

from exitwork.journal import placed, sealing
from exitwork.journal.guard import opened
from exitwork.journal.models import Checkpoint
from exitwork.journal.notes import Asked, BadNote, Head, Note, SignatureLine, Signer

ENTRIES = 256
AFTER = timedelta(minutes=15)
_log = logging.getLogger(__name__)


def signer() -> Signer:
    """The key that signs checkpoints; its name says which key it is and nothing about anybody.

    :raises VaultLocked: if the keys are not at hand.
    """
    sealing.ensure(sealing.INSTALLATION)
    private = Ed25519PrivateKey.from_private_bytes(sealing.derived(sealing.INSTALLATION, b"checkpoint key"))
    public = private.public_key().public_bytes(Encoding.Raw, PublicFormat.Raw)
    return Signer(f"exitwork/{sha256(public).hexdigest()[:12]}", private)


def latest(*, using: str = "default") -> Checkpoint | None:
    """The last checkpoint made."""
    return Checkpoint.objects.using(using).order_by("-number").first()


def make(*, at: datetime, using: str = "default") -> Checkpoint | None:
    """Sign the tree as it stands; the last checkpoint again if nothing was placed since, None of nothing.

    :raises VaultLocked: if the keys are not at hand.
    """
    connection = connections[using]
    with opened(connection), transaction.atomic(using=using):
        if connection.vendor == "postgresql":
            with connection.cursor() as cursor:
                cursor.execute("SELECT pg_advisory_xact_lock(%s)", [placed.LOCK])
        before, size = latest(using=using), placed.size(using=using)
        if size == (before.size if before else 0):
            return before
        key = signer()
        head = Head(
            origin=key.name,
            size=size,
            root=placed.root(size, using=using),
            number=before.number + 1 if before else 1,
            at=at,
        )
        note = Note(str(head), (key.line(str(head), at),))
        return Checkpoint.objects.using(using).create(
            number=head.number, size=head.size, root=head.root, at=at, note=str(note)
        )


def is_due(*, at: datetime, using: str = "default") -> bool:
    """Whether enough entries, or enough time with any entry, have passed since the last checkpoint."""
    before, size = latest(using=using), placed.size(using=using)
    if before is None:
        return size > 0
    return size - before.size >= ENTRIES or (size > before.size and at - before.at >= AFTER)


def make_if_due(*, at: datetime, using: str = "default") -> Checkpoint | None:
    """Make a checkpoint when one is due. While everything is locked none is made; the next one covers it."""
    if not is_due(at=at, using=using):
        return None
    if sealing.is_locked():
        _log.info("no checkpoint: the vault is locked")
        return None
    return make(at=at, using=using)


def asked(*, since: int, using: str = "default") -> Asked:
    """What to hand to a witness whose last checkpoint had ``since`` entries.

    :raises BadNote: if there is no checkpoint yet, or the witness knows of more than there is.
    """
    last = latest(using=using)
    if last is None:
        raise BadNote("there is no checkpoint yet")
    if since > last.size:
        raise BadNote(f"the witness has seen {since} entries and the last checkpoint covers {last.size}")
    return Asked(since, tuple(placed.consistency(since, last.size, using=using)), Note.read(last.note))


def full_note(checkpoint: Checkpoint) -> str:
    """The checkpoint as it is handed out: our signature and those of its witnesses."""
    note = Note.read(checkpoint.note)
    lines = checkpoint.cosignatures.order_by("witness").values_list("line", flat=True)
    return str(Note(note.text, (*note.signatures, *(SignatureLine.read(line) for line in lines))))
