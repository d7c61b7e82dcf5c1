# SPDX-License-Identifier: AGPL-3.0-or-later
"""The words of documents: what they are, which files are taken, why one goes, what can happen to them."""

from __future__ import annotations

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from exitwork.kernel.events import Event, Happening


class DocumentKind(TextChoices):
    """What a document is for the work."""

    LETTER = "letter", _("Letter")
    COURT = "court", _("Paper of a court or an authority")
    CONSENT = "consent", _("Signed consent")
    REPORT = "report", _("Report or assessment")
    CERTIFICATE = "certificate", _("Certificate or proof")
    BIOGRAPHY = "biography", _("Something of the client's own")
    PICTURE = "picture", _("Picture or screenshot")
    RECORDING = "recording", _("Recording or voice message")
    OTHER = "other", _("Something else")


class Format(TextChoices):
    """The files that are taken. The value is the extension they are given out with."""

    PDF = "pdf", _("PDF")
    PNG = "png", _("PNG picture")
    JPEG = "jpg", _("JPEG picture")
    WEBP = "webp", _("WebP picture")
    TEXT = "txt", _("Plain text")
    ODT = "odt", _("OpenDocument text")
    ODS = "ods", _("OpenDocument spreadsheet")
    DOCX = "docx", _("Word document")
    XLSX = "xlsx", _("Excel spreadsheet")
    MP3 = "mp3", _("MP3 recording")
    OGG = "ogg", _("Ogg recording")

    @property
    def content_type(self) -> str:
        """What the browser is told it gets."""
        return CONTENT_TYPES[self]

    @property
    def is_picture(self) -> bool:
        """Whether it is made anew, without its hidden data."""
        return self in (Format.PNG, Format.JPEG, Format.WEBP)


_OPEN_DOCUMENT = "application/vnd.oasis.opendocument."
_OPEN_XML = "application/vnd.openxmlformats-officedocument."
CONTENT_TYPES = {
    Format.PDF: "application/pdf",
    Format.PNG: "image/png",
    Format.JPEG: "image/jpeg",
    Format.WEBP: "image/webp",
    Format.TEXT: "text/plain; charset=utf-8",
    Format.ODT: f"{_OPEN_DOCUMENT}text",
    Format.ODS: f"{_OPEN_DOCUMENT}spreadsheet",
    Format.DOCX: f"{_OPEN_XML}wordprocessingml.document",
    Format.XLSX: f"{_OPEN_XML}spreadsheetml.sheet",
    Format.MP3: "audio/mpeg",
    Format.OGG: "audio/ogg",
}


class WhyRemoved(TextChoices):
    """Why a document was taken away."""

    WRONG_CASE = "wrong-case", _("It belongs to another case")
    WISH = "wish", _("The client wants it gone")
    NOT_NEEDED = "not-needed", _("It is not needed any more")
    REPLACED = "replaced", _("Another document replaces it")
    MISTAKE = "mistake", _("It should never have been added")


ADDED = Event("documents.document.added", _("Document added"))
FETCHED = Event("documents.document.fetched", _("Document downloaded"), Happening.LOOK)
REMOVED = Event("documents.document.removed", _("Document erased"))
