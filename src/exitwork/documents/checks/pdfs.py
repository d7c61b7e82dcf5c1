# SPDX-License-Identifier: AGPL-3.0-or-later
"""PDF: refused when it could do anything but be read.

A scan, not a full reading of the format. It looks for the names of what acts (programs, starting
others, attached files, forms that send) in all raw bytes and in everything deflated, wherever it
stands, with the escapes names may be written in. Object streams packed otherwise are refused.
Not looked into: pictures and fonts packed otherwise (LZW, ASCII85), which hold no objects; and the
author, title and place that a PDF tells of itself, which stay.
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterator

from exitwork.documents.checks.refusing import Limits, no
from exitwork.documents.words import Format

_ENDS_WITHIN = 2048
_PIECE = 1024 * 1024
_OVERLAP = 64  # bytes: longer than any name looked for, every letter escaped
_PICTURE_WEIGHS = 0.25  # a scanned page unpacks to much and may
_DICTIONARY = 1024  # bytes before a stream in which its dictionary is looked for
_STREAM = re.compile(rb"stream\r?\n")
_ESCAPE = re.compile(rb"#([0-9A-Fa-f]{2})")
_ACTIVE = re.compile(
    # Short names only with what must follow them: the noise of a scan says "/3D" once in a while.
    rb"/(?:JavaScript|Launch|Rendition|RichMedia(?:Content|Settings)?|SubmitForm|ImportData|GoToE|Movie)"
    rb"(?![A-Za-z0-9])|/Subtype\s*/3D(?![A-Za-z0-9])|/XFA\s*(?:\[|\d+\s+\d+\s+R)"
)
_ATTACHED = re.compile(rb"/(?:EmbeddedFiles?|FileAttachment)(?![A-Za-z0-9])|/EF\s*(?:<<|\d+\s+\d+\s+R)")
_ENCRYPTED = re.compile(rb"/Encrypt\s*(?:<<|\d+\s+\d+\s+R)")
_OBJECT_STREAM = re.compile(rb"/Type\s*/ObjStm")
_OTHER_FILTER = re.compile(
    rb"/(?:LZW|LZWDecode|ASCII85Decode|A85|ASCIIHexDecode|AHx|RunLengthDecode|RL|Crypt)(?![A-Za-z0-9])"
    rb"|/Predictor\s*(?:[2-9]|1\d)"
)
_PICTURE = re.compile(rb"/Subtype\s*/Image")


def as_it_is(content: bytes, _found: Format, limits: Limits, _keep_original: bool) -> bytes:
    """The PDF, unchanged.

    :raises Refusal: if it acts, holds other files, is encrypted, cut short or a bomb.
    """
    if not re.match(rb"%PDF-[12]\.\d", content) or b"%%EOF" not in content[-_ENDS_WITHIN:]:
        raise no("damaged")
    plain = _unescaped(content)
    if _ENCRYPTED.search(plain):
        raise no("encrypted")
    _refuse_what_acts(plain)
    for unpacked in _streams(content, limits.unpacked):
        _refuse_what_acts(_unescaped(unpacked))
    return content


def _refuse_what_acts(text: bytes) -> None:
    if _ACTIVE.search(text):
        raise no("active")
    if _ATTACHED.search(text):
        raise no("attachments")


def _streams(content: bytes, most: int) -> Iterator[bytes]:
    """What is deflated, unpacked, in pieces that overlap: pictures too, for they may only be called so."""
    left = float(most)
    for found in _STREAM.finditer(content):
        dictionary = _unescaped(content[max(0, found.start() - _DICTIONARY) : found.start()])
        dictionary = dictionary[dictionary.rfind(b" obj") + 1 :]
        if _OBJECT_STREAM.search(dictionary) and _OTHER_FILTER.search(dictionary):
            raise no("opaque")
        packed = memoryview(content)[found.end() :]
        weight = _PICTURE_WEIGHS if _PICTURE.search(dictionary) else 1
        before = b""
        for piece in _inflated(packed) if _may_be_deflated(packed) else ():
            yield before + piece
            before = piece[-_OVERLAP:]
            left -= len(piece) * weight
            if left <= 0:
                raise no("bomb")


def _may_be_deflated(packed: memoryview) -> bool:
    return len(packed) > 2 and packed[0] & 0x0F == 8 and (packed[0] << 8 | packed[1]) % 31 == 0


def _inflated(packed: memoryview) -> Iterator[bytes]:
    """Piece by piece; what is broken ends where it breaks."""
    engine = zlib.decompressobj()
    for start in range(0, len(packed), _PIECE // 16):
        waiting = bytes(packed[start : start + _PIECE // 16])
        while waiting and not engine.eof:
            try:
                yield engine.decompress(waiting, _PIECE)
            except zlib.error:
                return
            waiting = engine.unconsumed_tail
        if engine.eof:
            return


def _unescaped(text: bytes) -> bytes:
    """Names may write any letter as #xx."""
    return _ESCAPE.sub(lambda found: bytes([int(found[1], 16)]), text) if b"#" in text else text
