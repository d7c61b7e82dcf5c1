# SPDX-License-Identifier: AGPL-3.0-or-later
"""The journal's tables.

* ``Entry``, ``Leaf``, ``Node`` and ``Checkpoint`` are only ever added to: triggers of the
  database refuse UPDATE and DELETE, and the tree shows what the triggers did not stop.
* Every column of an entry goes into its leaf, so that no part can be changed unseen.
* What an entry tells beyond who, what and when is sealed under a key of its subject. When
  that key is destroyed the meaning is gone and every proof still holds.
* ``Waiting`` is filled by a trigger of the database when an entry is inserted and emptied by
  the sequencer: an entry is in the tree or waiting, never neither.
"""

from __future__ import annotations

import uuid
from typing import Any

from django.db import models
from django.db.models import Q

from exitwork.journal.words import Kind, MessageState, says
from exitwork.kernel.events import Happening
from exitwork.kernel.secrecy import Keep, Secrecy
from exitwork.vault.fields import SealedJSON
from exitwork.vault.keys import KeyKind


class Recorded(models.Model):
    """A row that changes only inside ``journal.recorded(...)``; elsewhere the connection refuses."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)

    secrecy = Secrecy(Keep.TECHNICAL, operational="id")

    class Meta:
        abstract = True


class Entry(models.Model):
    """One thing that happened: who did it, about what, when.

    ``about_ref`` is the reference people know the thing by; it tells nothing. ``subject`` is whose
    journal key seals ``details``: the thing, else the acting account, else the installation.
    ``commitment`` is the HMAC of the details under a key of the same subject.
    """

    id = models.UUIDField(primary_key=True, editable=False)
    event = models.CharField(max_length=80)
    happening = models.CharField(max_length=10, choices=[(h.value, h.value) for h in Happening])
    at = models.DateTimeField()
    by_account = models.UUIDField(null=True)
    by_name = models.CharField(max_length=200, blank=True)
    machine = models.CharField(max_length=60, blank=True)
    organisation_id = models.UUIDField(null=True)
    about_kind = models.CharField(max_length=60, blank=True)
    about_id = models.UUIDField(null=True)
    about_ref = models.CharField(max_length=40, blank=True)
    subject = models.UUIDField()
    details = SealedJSON("journal.entry.details", kind=KeyKind.JOURNAL, subject="subject")
    commitment = models.BinaryField(max_length=32, default=b"")
    token = models.CharField(max_length=64, null=True)
    leaf_hash = models.BinaryField(max_length=32)

    secrecy = Secrecy(
        Keep.JOURNAL,
        operational="id event happening at by_account by_name machine organisation_id about_kind about_id "
        "about_ref subject commitment token leaf_hash",
        content="details",
    )

    class Meta:
        indexes = [
            models.Index(fields=["about_id", "at"], name="entry_about"),
            models.Index(fields=["by_account", "at"], name="entry_by"),
            models.Index(fields=["organisation_id", "at"], name="entry_organisation"),
        ]
        constraints = [
            # Only where there is a token: most entries are looks and have none to index.
            models.UniqueConstraint(
                fields=["token"], name="a_token_is_used_once", condition=Q(token__isnull=False)
            ),
        ]

    def __str__(self) -> str:
        return f"{self.event} {self.about_ref}".strip()

    @property
    def says(self) -> str:
        """What happened, as people read it."""
        return says(self.event)


class Waiting(models.Model):
    """An entry that has no place in the tree yet. The trigger that fills it does so once an entry."""

    id = models.BigAutoField(primary_key=True)
    entry_id = models.UUIDField()

    secrecy = Secrecy(Keep.JOURNAL, operational="id entry_id")

    def __str__(self) -> str:
        return "waiting entry"


class Leaf(models.Model):
    """An entry's place in the tree, counted from 0."""

    index = models.BigIntegerField(primary_key=True)
    entry = models.OneToOneField(Entry, on_delete=models.PROTECT, related_name="leaf")

    secrecy = Secrecy(Keep.JOURNAL, operational="index entry")

    def __str__(self) -> str:
        return f"leaf {self.index}"


class Node(models.Model):
    """The hash of a complete subtree; level 0 are the leaves."""

    id = models.BigAutoField(primary_key=True)
    level = models.PositiveSmallIntegerField()
    index = models.BigIntegerField()
    hash = models.BinaryField(max_length=32)

    secrecy = Secrecy(Keep.JOURNAL, operational="id level index hash")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["level", "index"], name="a_node_has_one_place")]

    def __str__(self) -> str:
        return f"node {self.level}/{self.index}"


class Checkpoint(models.Model):
    """The tree's size and root at a moment, signed by this installation (C2SP tlog-checkpoint)."""

    number = models.BigIntegerField(primary_key=True)
    size = models.BigIntegerField(unique=True)
    root = models.BinaryField(max_length=32)
    at = models.DateTimeField()
    note = models.TextField()

    secrecy = Secrecy(Keep.JOURNAL, operational="number size root at note")

    def __str__(self) -> str:
        return f"checkpoint {self.number}"


class Cosignature(Recorded):
    """An outside witness has seen a checkpoint and found it consistent with the last it saw."""

    checkpoint = models.ForeignKey(Checkpoint, on_delete=models.PROTECT, related_name="cosignatures")
    witness = models.CharField(max_length=200)
    line = models.TextField()
    at = models.DateTimeField()

    secrecy = Secrecy(Keep.JOURNAL, operational="checkpoint witness line at")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["checkpoint", "witness"], name="a_witness_signs_once")]

    def __str__(self) -> str:
        return f"cosignature of checkpoint {self.checkpoint_id}"


class Message(Recorded):
    """Something to send once the change that caused it is kept. It never carries content.

    ``address`` is one of staff or of an invited colleague, never a client's. ``data`` are the few
    words its template allows, such as a one-time link.
    """

    kind = models.CharField(max_length=10, choices=Kind.choices)
    address = models.CharField(max_length=254)
    template = models.CharField(max_length=60)
    language = models.CharField(max_length=12, default="en")
    data = SealedJSON("journal.message.data", kind=KeyKind.JOURNAL, subject="subject")
    subject = models.UUIDField()
    is_sealed = models.BooleanField(default=False)
    idempotency_key = models.CharField(max_length=120, unique=True)
    put_at = models.DateTimeField()
    due_at = models.DateTimeField(null=True)

    secrecy = Secrecy(
        Keep.STAFF,
        operational="kind address template language subject is_sealed idempotency_key put_at due_at",
        content="data",
    )

    class Meta:
        indexes = [models.Index(fields=["due_at"], name="message_due", condition=Q(due_at__isnull=False))]

    def __str__(self) -> str:
        return f"message {self.template}"


class Sending(Recorded):
    """What became of a message, one row each time it was tried."""

    message = models.ForeignKey(Message, on_delete=models.CASCADE, related_name="sendings")
    state = models.CharField(max_length=10, choices=MessageState.choices)
    at = models.DateTimeField()
    problem = models.CharField(max_length=60, blank=True)

    secrecy = Secrecy(Keep.STAFF, operational="message state at problem")

    class Meta:
        indexes = [models.Index(fields=["message", "at"], name="sending_of_message")]

    def __str__(self) -> str:
        return f"sending {self.state}"


def about_of(thing: Any) -> tuple[str, uuid.UUID | None, str]:
    """What an entry keeps of the thing it is about: its kind, id and reference."""
    if thing is None:
        return "", None, ""
    key = thing.pk
    if not isinstance(key, uuid.UUID):
        raise TypeError("an entry is about a row whose key is a uuid")
    return thing._meta.label_lower, key, str(getattr(thing, "ref", "") or "")
