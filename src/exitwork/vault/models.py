# SPDX-License-Identifier: AGPL-3.0-or-later
"""The table of data keys, and the ledger of those destroyed.

* One row for each kind and subject, for ever: a destroyed key leaves kind, subject and moment,
  so that a restored backup can be emptied again and no second key is made for the subject.
* A row holds a wrapped key or the moment of its destruction, never both, never neither.
* The table is exempt from the journal's guard: what happens to keys is recorded by the actions
  that make, use and destroy what they seal.
"""

from __future__ import annotations

import uuid

from django.db import models
from django.db.models import Q

from exitwork.kernel.secrecy import Keep, Secrecy
from exitwork.vault.words import KeyKind


class DataKey(models.Model):
    """One data key, wrapped by the master key named in ``master``."""

    secrecy = Secrecy(Keep.KEY, operational="id kind subject wrapped master destroyed_at")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    kind = models.CharField(max_length=20, choices=KeyKind)
    subject = models.UUIDField()
    wrapped = models.BinaryField(null=True, editable=False)
    master = models.CharField(max_length=16, blank=True, editable=False)
    destroyed_at = models.DateTimeField(null=True, editable=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["kind", "subject"], name="vault_one_key_for_each_subject"),
            models.CheckConstraint(
                name="vault_key_is_wrapped_or_destroyed",
                condition=Q(wrapped__isnull=False, destroyed_at__isnull=True) & ~Q(master="")
                | Q(wrapped__isnull=True, destroyed_at__isnull=False, master=""),
            ),
        ]
        indexes = [
            # Rotation asks for rows that still stand under another master key.
            models.Index(fields=["master", "id"], name="vault_by_master"),
        ]

    def __str__(self) -> str:
        return "data key"
