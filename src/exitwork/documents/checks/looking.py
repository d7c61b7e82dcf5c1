# SPDX-License-Identifier: AGPL-3.0-or-later
"""Looks through a file: name, size, beginning, then all of it by its own kind.

* The content decides what a file is; the name must agree.
* Every kind is read from its first byte to its last: what is before, after or between is refused.
* Pictures are made anew from their pixels, recordings lose their labels: neither place nor device
  nor name of the person who made them stays, unless the client agreed to keep the original.
* The action may refuse; it never fails on what somebody sends.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from exitwork.documents.checks import office, pdfs, pictures, sounds, texts
from exitwork.documents.checks.names import format_by_name
from exitwork.documents.checks.refusing import MEGABYTE, Limits, no
from exitwork.documents.words import Format
from exitwork.pages.uploads import Upload

CLEANED = frozenset({Format.PNG, Format.JPEG, Format.WEBP, Format.MP3})

_Cleaner = Callable[[bytes, Format, Limits, bool], bytes]
_CLEANERS: dict[Format, _Cleaner] = {
    Format.PNG: pictures.cleaned,
    Format.JPEG: pictures.cleaned,
    Format.WEBP: pictures.cleaned,
    Format.MP3: sounds.mp3,
    Format.OGG: sounds.ogg,
    Format.PDF: pdfs.as_it_is,
    Format.TEXT: texts.as_it_is,
    Format.ODT: office.as_it_is,
    Format.ODS: office.as_it_is,
    Format.DOCX: office.as_it_is,
    Format.XLSX: office.as_it_is,
}


@dataclass(frozen=True, slots=True)
class Checked:
    """What may be kept: its format, its bytes, and whether they are as they came."""

    format: Format
    content: bytes
    is_original: bool


def look_through(upload: Upload, *, keep_original: bool, limits: Limits) -> Checked:
    """What of an upload may be kept.

    :raises Refusal: with what is wrong and what to do.
    """
    if not upload.is_whole or len(upload.content) > limits.size:
        raise no("too_large", megabytes=limits.size // MEGABYTE)
    claimed = format_by_name(upload.name)
    if not upload.content:
        raise no("empty")
    if keep_original and claimed not in CLEANED:
        raise no("no_original")
    found = _by_content(upload.content, limits)
    if found is not claimed:
        raise no("mislabelled")
    content = _CLEANERS[found](upload.content, found, limits, keep_original)
    return Checked(found, content, is_original=keep_original)


def _by_content(content: bytes, limits: Limits) -> Format | None:
    if content.startswith(b"%PDF-"):
        return Format.PDF
    if content.startswith(b"\x89PNG\r\n\x1a\n"):
        return Format.PNG
    if content.startswith(b"\xff\xd8\xff"):
        return Format.JPEG
    if content[:4] == b"RIFF" and content[8:12] == b"WEBP":
        return Format.WEBP
    if content.startswith(b"OggS"):
        return Format.OGG
    if content.startswith(b"ID3") or sounds.begins_like_mp3(content):
        return Format.MP3
    if content.startswith(b"PK\x03\x04"):
        return office.format_of(content, limits)
    return Format.TEXT if texts.looks_like_text(content) else None
