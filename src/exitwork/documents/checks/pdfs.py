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
_FIRST_LOOK = 4096
_DICTIONARY = 1024  # bytes before a stream in which its dictionary is looked for
_STREAM = re.compile(rb"stream\r?\n")
_ESCAPE = re.compile(rb"#([0-9A-Fa-f]{2})")
_ACTIVE = re.compile(
    rb"/(?:JavaScript|Launch|Rendition|RichMedia(?:Content|Settings)?|SubmitForm|ImportData|GoToE|XFA|Movie|3D)"
    rb"(?![A-Za-z0-9])"
)
_ATTACHED = re.compile(rb"/(?:EmbeddedFiles?|FileAttachment)(?![A-Za-z0-9])|/EF\s*(?:<<|\d+\s+\d+\s+R)")
_ENCRYPTED = re.compile(rb"/Encrypt\s*(?:<<|\d+\s+\d+\s+R)")
_OBJECT_STREAM = re.compile(rb"/Type\s*/ObjStm")
_OTHER_FILTER = re.compile(
    rb"/(?:LZW|LZWDecode|ASCII85Decode|A85|ASCIIHexDecode|AHx|RunLengthDecode|RL|Crypt)(?![A-Za-z0-9])"
    rb"|/Predictor\s*(?:[2-9]|1\d)"
)
_LOOKS_LIKE_OBJECTS = re.compile(rb"\s*\d+\s+\d+(?:\s+\d+\s+\d+)*\s*(?:<<|\[|\(|/|\d)")
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
    """What is deflated, unpacked. Of pictures only the beginning, unless it looks like objects."""
    left = most
    for found in _STREAM.finditer(content):
        dictionary = _unescaped(content[max(0, found.start() - _DICTIONARY) : found.start()])
        dictionary = dictionary[dictionary.rfind(b" obj") + 1 :]
        if _OBJECT_STREAM.search(dictionary) and _OTHER_FILTER.search(dictionary):
            raise no("opaque")
        packed = memoryview(content)[found.end() :]
        if not _may_be_deflated(packed):
            continue
        is_picture = bool(_PICTURE.search(dictionary)) and not _OBJECT_STREAM.search(dictionary)
        unpacked = _inflated(packed, _FIRST_LOOK if is_picture else left)
        if is_picture and _LOOKS_LIKE_OBJECTS.match(unpacked):
            unpacked = _inflated(packed, left)
        left -= len(unpacked)
        if left <= 0:
            raise no("bomb")
        yield unpacked


def _may_be_deflated(packed: memoryview) -> bool:
    return len(packed) > 2 and packed[0] & 0x0F == 8 and (packed[0] << 8 | packed[1]) % 31 == 0


def _inflated(packed: memoryview, most: int) -> bytes:
    """As much of it as there is, up to ``most``; what is broken ends where it breaks."""
    engine = zlib.decompressobj()
    out = bytearray()
    step = 64 * 1024
    for start in range(0, len(packed), step):
        waiting = bytes(packed[start : start + step])
        while waiting and not engine.eof:
            try:
                out += engine.decompress(waiting, most - len(out))
            except zlib.error:
                return bytes(out)
            waiting = engine.unconsumed_tail
            if len(out) >= most:
                return bytes(out)
        if engine.eof:
            break
    return bytes(out)


def _unescaped(text: bytes) -> bytes:
    """Names may write any letter as #xx."""
    return _ESCAPE.sub(lambda found: bytes([int(found[1], 16)]), text) if b"#" in text else text
