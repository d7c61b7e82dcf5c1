# SPDX-License-Identifier: AGPL-3.0-or-later
"""The limits of what comes in, and the sentences with which it is refused.

A sentence says what is wrong with the file and what its owner can do; none of them repeats a word
of the file or its name, for it goes into the journal.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

from exitwork.kernel.decisions import Refusal, refuse
from exitwork.settings.options import number

MEGABYTE = 1_000_000
MEGAPIXEL = 1_000_000


@dataclass(frozen=True, slots=True)
class Limits:
    """How large a file, a picture and what is packed inside may be, in bytes and pixels."""

    size: int = 20 * MEGABYTE
    pixels: int = 40 * MEGAPIXEL
    unpacked: int = 200 * MEGABYTE

    @classmethod
    def set_here(cls) -> Limits:
        """As this installation sets them."""
        return cls(
            size=number("document_megabytes") * MEGABYTE,
            pixels=number("document_megapixels") * MEGAPIXEL,
            unpacked=number("document_unpacked_megabytes") * MEGABYTE,
        )


SENTENCES = {
    "too_large": _(
        "The file is larger than %(megabytes)s MB. Make it smaller, or add it in parts. "
        "Nothing of it was kept."
    ),
    "empty": _("The file is empty. Choose it again; perhaps it was still being copied."),
    "name": _(
        "The file's name holds characters that could deceive whoever reads it. Rename it and choose it again."
    ),
    "not_taken": _(
        "Files of this kind are not taken. Save it as PDF, PNG, JPEG, WebP, plain text, ODT, ODS, DOCX, "
        "XLSX, MP3 or Ogg."
    ),
    "mislabelled": _(
        "The file is not what its name says. If you trust where it comes from, open it and save it anew."
    ),
    "damaged": _("The file is damaged or incomplete. Ask for it again, or save it anew."),
    "more_inside": _(
        "Something else is hidden before or after the content of this file. Open it and save it anew."
    ),
    "encrypted": _(
        "The file is protected by a password, so it can't be looked through. Save it without one."
    ),
    "bomb": _("The file unpacks to far more than it seems. It was not opened further."),
    "nested": _("The file holds other files inside. Take them out and add each by itself."),
    "macros": _("The file holds macros: small programs. Save it without macros, or as PDF."),
    "entities": _(
        "The file defines contents of its own that can blow up or read other files. Open it and save it anew."
    ),
    "reaches_out": _(
        "The file would fetch something from elsewhere when it is opened, and so tell that it was opened. "
        "Save it as PDF."
    ),
    "active": _("The PDF holds a program, or starts one. Print it to a new PDF and add that."),
    "attachments": _("The PDF holds other files inside. Take them out and add each by itself."),
    "opaque": _(
        "Parts of the PDF are packed in a way that can't be looked into. Print it to a new PDF and add that."
    ),
    "too_many_pixels": _(
        "The picture has more than %(megapixels)s million pixels. Make it smaller and choose it again."
    ),
    "moves": _("Moving pictures are not taken. Take a picture of the moment that matters."),
    "not_text": _("This is not plain text in UTF-8. Save it as UTF-8, or as PDF."),
    "no_reason": _("Say why the original is kept with its hidden data: what the client agreed to."),
    "no_original": _("Only pictures and MP3 recordings are cleaned; the rest is kept as it came anyway."),
}


def no(what: str, **details: Any) -> Refusal:
    """The refusal of that name, to be raised."""
    sentence = SENTENCES[what] % details if details else SENTENCES[what]
    return refuse(sentence, f"documents.file.{what}")
