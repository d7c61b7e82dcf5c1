# SPDX-License-Identifier: AGPL-3.0-or-later
"""What this room hands upward: a tab of the case, a strand of its timeline, what it holds."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from exitwork.access.seams import Holding, Moment, Panel, Place, Strand
from exitwork.cases.models import Case
from exitwork.documents.actions import forget_files
from exitwork.documents.models import Document
from exitwork.documents.queries import documents_of
from exitwork.kernel.standing import Standing


def _tab(_by: Standing, case: Case, _at: datetime) -> dict[str, Any]:
    url = reverse("documents:list", args=[case.ref])
    return {"name": "documents", "label": _("Documents"), "url": url, "count": None}


def _moments(by: Standing, case: Case, at: datetime, before: datetime | None, limit: int) -> Iterable[Moment]:
    documents = documents_of(case, by=by, at=at)
    if before is not None:
        documents = documents.filter(added_at__lt=before)
    return [_moment(document, case) for document in documents[:limit]]


def _moment(document: Document, case: Case) -> Moment:
    return Moment(
        at=document.added_at,
        title=_("Document: %(kind)s") % {"kind": document.get_kind_display()},
        kind="calm",
        by=document.added_by.name,
        text=document.title.open(),
        marks=(("", _("Erased")),) if document.is_removed else (),
        meta=(document.get_format_display(),),
        url=reverse("documents:read", args=[case.ref, document.ref]),
    )


def _rows(case: Any) -> Iterable[Document]:
    return Document.objects.filter(case=case)


Panel(Place.CASE_TABS, 40, _tab).register()
Strand("documents", _("Documents"), _moments).register()
Holding("documents", _("Documents"), _rows, forget_files).register()
