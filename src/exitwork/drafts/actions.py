# SPDX-License-Identifier: AGPL-3.0-or-later
"""Keeping and dropping drafts. Outside the journal, for the reason in ``models``."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from exitwork.drafts.models import Draft
from exitwork.kernel.decisions import refuse
from exitwork.kernel.standing import Standing
from exitwork.vault.keys import KeyKind, KeyRef, create_key

LARGEST = 500_000
LIVES = timedelta(days=30)


def keep_draft(*, form: str, about: str, words: Mapping[str, Any], by: Standing, at: datetime) -> Draft:
    """Keep what has been typed so far; the same form's earlier draft gives way.

    :raises Refusal: if it is larger than half a megabyte, which no form of ours is.
    """
    if len(json.dumps(words)) > LARGEST:
        raise refuse(_("This is too long to be kept as a draft. Save it in parts."), "drafts.too_long")
    create_key(KeyRef(KeyKind.DRAFT, by.me))
    draft = Draft.objects.filter(account=by.me, form=form, about=about).first()
    if draft is None:
        return Draft.objects.create(account=by.me, form=form, about=about, words=dict(words), saved_at=at)
    draft.words = dict(words)
    draft.saved_at = at
    draft.save(update_fields=["words", "saved_at"])
    return draft


def drop_draft(*, form: str, about: str, by: Standing) -> None:
    """Throw a draft away: it has been sent, or is not wanted."""
    Draft.objects.filter(account=by.me, form=form, about=about).delete()


def end_drafts(*, account: UUID) -> None:
    """Throw away every draft of an account that was paused (S2)."""
    Draft.objects.filter(account=account).delete()


def expire_drafts(*, at: datetime) -> int:
    """Throw away what has lain for thirty days. Returns how many."""
    return Draft.objects.filter(saved_at__lte=at - LIVES).delete()[0]
