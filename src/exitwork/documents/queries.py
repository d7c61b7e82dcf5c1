# SPDX-License-Identifier: AGPL-3.0-or-later
"""Reads worth a name: the documents of a case, and whether rows and files agree."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from uuid import UUID

from django.db.models import QuerySet

from exitwork.cases.models import Case
from exitwork.documents import store
from exitwork.documents.models import Document
from exitwork.kernel.standing import Standing


def documents_of(case: Case, *, by: Standing, at: datetime) -> QuerySet[Document, Document]:
    """The documents of a case that may be read, newest first, the erased ones too."""
    readable = Document.objects.visible_in(case, by, at, column="case")
    return readable.select_related("added_by", "removed_by").order_by("-added_at", "ref")


def strays(*, at: datetime) -> list[Path]:
    """Files older than an hour that no row knows."""
    return store.strays(_known(), at=at)


def missing() -> int:
    """How many rows speak of a file that is not there."""
    return len(store.missing(_known()))


def _known() -> frozenset[UUID]:
    files = Document.objects.filter(file__isnull=False).values_list("file", flat=True)
    return frozenset(file for file in files.iterator() if file is not None)
