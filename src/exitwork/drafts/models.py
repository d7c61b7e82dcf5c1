# SPDX-License-Identifier: AGPL-3.0-or-later
"""A draft: what somebody has typed and not yet sent, sealed under his own key.

* One draft for an account, a form and what it is about; nobody else reads it.
* Its table is exempt from the journal: a draft changes nothing but itself, and every pause in
  typing would be an entry. What it becomes is recorded.
"""

from __future__ import annotations

from typing import Any

from django.db import models

from exitwork.access.models import Governed
from exitwork.kernel.secrecy import Keep, Secrecy
from exitwork.vault.fields import SealedJSON
from exitwork.vault.keys import KeyKind


class Draft(Governed):
    """Words not yet sent."""

    account = models.UUIDField()
    form = models.CharField(max_length=60)
    about = models.CharField(max_length=40, blank=True)
    words: Any = SealedJSON("drafts.draft.words", kind=KeyKind.DRAFT, subject="account")
    saved_at = models.DateTimeField()

    secrecy = Secrecy(Keep.DRAFT, operational="account form about saved_at", content="words")

    class Meta:
        constraints = [
            models.UniqueConstraint(name="one_draft_a_form", fields=["account", "form", "about"]),
        ]

    def __str__(self) -> str:
        return "draft"
