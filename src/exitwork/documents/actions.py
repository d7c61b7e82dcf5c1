# SPDX-License-Identifier: AGPL-3.0-or-later
"""Adding a document, taking a copy, erasing it, and sweeping what a crash left."""

from __future__ import annotations

from datetime import datetime
from functools import partial
from typing import Any
from uuid import uuid4

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _

from exitwork.cases.facts import is_assigned, manages
from exitwork.cases.models import Case
from exitwork.cases.rules import may_write_in_case
from exitwork.documents import queries, rules, store
from exitwork.documents.checks import Checked, Limits, look_through
from exitwork.documents.checks.names import is_honest, stem
from exitwork.documents.checks.refusing import no
from exitwork.documents.models import Document
from exitwork.documents.words import ADDED, FETCHED, REMOVED, DocumentKind
from exitwork.journal.recording import recorded
from exitwork.kernel.decisions import refuse
from exitwork.kernel.references import new_reference
from exitwork.kernel.standing import Standing
from exitwork.pages.uploads import Upload
from exitwork.vault.errors import SealBroken
from exitwork.vault.holder import counting
from exitwork.vault.keys import KeyKind, KeyRef, load_keys

KILOBYTE = 1_000
LONGEST_TITLE = 200


def add_document(
    *,
    case: Case,
    upload: Upload,
    title: str = "",
    kind: str = DocumentKind.OTHER,
    note: str = "",
    keep_original: bool = False,
    original_reason: str = "",
    by: Standing,
    at: datetime,
) -> Document:
    """Look a file through, seal it and add it to a case (security.md 3.10).

    The looking and the writing to the disk come before the transaction, so that nobody waits for
    them; the rule is asked before and inside it.

    :param keep_original: keep hidden data (place, device, time) because the client agreed to it.
    :raises Refusal: if a rule says no, or the file is not taken; nothing of it is kept then.
    """
    may_write_in_case.decide(by, case, at).or_raise()
    if keep_original and not original_reason.strip():
        raise no("no_reason")
    checked = look_through(upload, keep_original=keep_original, limits=Limits.set_here())
    document = _new(case, checked, at)
    document.kind, document.title, document.note = kind, _title(title, upload), note.strip()
    document.original_reason = original_reason.strip() if keep_original else ""
    document.file_key = key = store.new_key()
    file = document.file = uuid4()
    with (
        store.written(checked.content, file=file, key=key, row=document.pk) as waiting,
        recorded(ADDED, by=by, about=case, at=at) as entry,
    ):
        may_write_in_case.decide(by, case, at).or_raise()
        document.added_by_id = by.me
        document.save(force_insert=True)
        waiting.keep()
        entry.note(document=document.ref, kind=kind, format=document.format, original=keep_original)
    return document


def fetch_document(*, document: Document, by: Standing, at: datetime) -> bytes:
    """The content of a document, to be given out. The look is recorded before the file is opened.

    :raises Refusal: if a rule says no, more was opened than one person may, or the file was changed,
        cut short or is gone.
    """
    with recorded(FETCHED, by=by, about=document.case, at=at) as entry:
        document = _current(document)
        rules.may_fetch_document.decide(by, document, at).or_raise()
        Document.objects.filter(pk=document.pk).update(downloads=F("downloads") + 1)
        entry.note(document=document.ref)
    is_own = manages.truth(by, document.case, at) or is_assigned.truth(by, document.case, at)
    with counting(account=by.account, how="own" if is_own else "outside"):
        load_keys([KeyRef(KeyKind.CASE, document.case_id)])
        key = document.file_key.open()
    if document.file is None:
        raise LookupError("a document that may be fetched has a file")
    try:
        return store.opened(file=document.file, key=key, row=document.pk)
    except SealBroken:
        raise refuse(
            _("The file was damaged or is gone. An administrator may find it in a backup."),
            "documents.file.broken",
        ) from None


def remove_document(*, document: Document, why: str, by: Standing, at: datetime) -> Document:
    """Erase a document: its file, its key and its words. The row says by whom, when and why.

    :raises Refusal: if a rule says no.
    """
    with recorded(REMOVED, by=by, about=document.case, at=at) as entry:
        document = _current(document)
        rules.may_remove_document.decide(by, document, at).or_raise()
        file = document.file
        document.title = document.note = document.original_reason = document.file_key = ""
        document.file, document.removed_at, document.removed_by_id = None, at, by.me
        document.why_removed = why
        document.save(update_fields=_ERASED)
        entry.note(document=document.ref, why=why)
        if file is not None:
            transaction.on_commit(partial(store.erase, file), robust=True)
    return document


def sweep_strays(*, at: datetime) -> int:
    """Take files off the disk that no row knows and that are older than an hour. Returns how many.

    No row changes, so nothing is recorded: their rows were rolled back, or erased with a record.
    """
    found = queries.strays(at=at)
    for path in found:
        path.unlink(missing_ok=True)
    return len(found)


def forget_files(case: Case) -> int:
    """Take every file of a case off the disk; its key is destroyed by whoever erases the case."""
    files = list(Document.objects.filter(case=case, file__isnull=False).values_list("file", flat=True))
    for file in files:
        if file is not None:
            transaction.on_commit(partial(store.erase, file), robust=True)
    return len(files)


_ERASED = [
    "title", "note", "original_reason", "file_key", "file", "removed_at", "removed_by", "why_removed",
]  # fmt: skip


def _new(case: Case, checked: Checked, at: datetime) -> Document:
    values: dict[str, Any] = {
        "organisation_id": case.organisation_id,
        "case": case,
        "ref": new_reference(),
        "format": checked.format,
        "kilobytes": -(-len(checked.content) // KILOBYTE),
        "is_original": checked.is_original,
        "added_at": at,
    }
    return Document(**values)


def _title(given: str, upload: Upload) -> str:
    title = given.strip() or stem(upload.name)
    if not is_honest(title):
        raise refuse(
            _("The title holds signs that can't be seen. Type it again."), "documents.title.deceives"
        )
    return title[:LONGEST_TITLE]


def _current(document: Document) -> Document:
    """The document as it is now that its case is locked."""
    return Document.objects.select_related("case").get(pk=document.pk)
