# SPDX-License-Identifier: AGPL-3.0-or-later
"""Documents: a row of the case, and a sealed file beside the database.

* The file's name on the disk is random and stands only here; its key stands only here, sealed
  under the case's key: blanking the row erases the file wherever a copy of it lies.
* What is kept openly tells nothing of the content: a format, a rounded size, who and when. The
  name the file came with is not kept.
* A document is never changed. It is erased, and the row says by whom, when and why.
"""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q

from exitwork.cases.models import CasePart
from exitwork.documents.words import DocumentKind, Format, WhyRemoved
from exitwork.kernel.secrecy import Keep, Secrecy
from exitwork.vault.fields import SealedText
from exitwork.vault.keys import KeyKind


class Document(CasePart):
    """A file of a case."""

    ref = models.CharField(max_length=12, unique=True)
    kind = models.CharField(max_length=20, choices=DocumentKind.choices)
    format = models.CharField(max_length=8, choices=Format.choices)
    kilobytes = models.PositiveIntegerField()
    is_original = models.BooleanField(default=False)
    title = SealedText("documents.document.title", kind=KeyKind.CASE, subject="case_id")
    note = SealedText("documents.document.note", kind=KeyKind.CASE, subject="case_id")
    original_reason = SealedText("documents.document.original_reason", kind=KeyKind.CASE, subject="case_id")
    file = models.UUIDField(null=True, unique=True)
    file_key = SealedText("documents.document.file_key", kind=KeyKind.CASE, subject="case_id")
    added_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    added_at = models.DateTimeField()
    downloads = models.PositiveIntegerField(default=0)
    removed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    removed_at = models.DateTimeField(null=True)
    why_removed = models.CharField(max_length=20, choices=WhyRemoved.choices, blank=True)

    secrecy = Secrecy(
        Keep.CASE,
        operational="ref kind format kilobytes is_original file added_by added_at downloads removed_by "
        "removed_at why_removed",
        content="title note original_reason file_key",
    )

    class Meta:
        indexes = [
            models.Index(fields=["case", "-added_at"], name="documents_of_case"),
            models.Index(fields=["organisation", "-added_at"], name="documents_of_organisation"),
        ]
        constraints = [
            models.CheckConstraint(
                name="a_document_is_there_or_was_removed_by_somebody",
                condition=Q(
                    file__isnull=False, removed_at__isnull=True, removed_by__isnull=True, why_removed=""
                )
                | (
                    Q(file__isnull=True, removed_at__isnull=False, removed_by__isnull=False)
                    & ~Q(why_removed="")
                ),
            ),
            models.CheckConstraint(
                name="a_document_is_of_a_known_format",
                condition=Q(format__in=[known.value for known in Format]),
            ),
        ]

    def __str__(self) -> str:
        return f"document {self.ref}"

    @property
    def is_removed(self) -> bool:
        """Whether its file was erased."""
        return self.removed_at is not None

    @property
    def given_name(self) -> str:
        """The name it is given out under: neutral, for a phone may be read by others (S7)."""
        return f"{self.ref}.{self.format}"
