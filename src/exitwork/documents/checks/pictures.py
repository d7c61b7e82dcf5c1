# SPDX-License-Identifier: AGPL-3.0-or-later
"""Pictures: made anew from their pixels, so that place, device, time and hidden riders stay behind.

* The number of pixels is read from the first bytes, before anything is unpacked.
* One picture at a time a process: a large one takes a few hundred megabytes for a second.
* An original that is kept must end where its picture ends: no second file behind it.
"""

from __future__ import annotations

import threading
from io import BytesIO
from typing import Any

from PIL import Image, ImageOps

from exitwork.documents.checks.refusing import MEGAPIXEL, Limits, no
from exitwork.documents.words import Format

# We look before we open (below), at our own limit; Pillow's would only warn.
Image.MAX_IMAGE_PIXELS = None

QUALITY = 90
SCANS_AT_MOST = 100  # a progressive JPEG of thousands of scans costs minutes
_NAMES = {Format.PNG: "PNG", Format.JPEG: "JPEG", Format.WEBP: "WEBP"}
_MODES = {
    Format.PNG: ("1", "L", "LA", "P", "RGB", "RGBA", "I", "I;16"),
    Format.JPEG: ("L", "RGB"),
    Format.WEBP: ("RGB", "RGBA"),
}
_JPEG_SIZES = frozenset(range(0xC0, 0xD0)) - {0xC4, 0xC8, 0xCC}
_one_at_a_time = threading.Lock()


def cleaned(content: bytes, found: Format, limits: Limits, keep_original: bool) -> bytes:
    """The picture made anew; or, kept as it came, looked through all the same.

    :raises Refusal: if it is no whole picture, has too many pixels, or moves.
    """
    size = _size(content, found)
    if size is None or 0 in size:
        raise no("damaged")
    if size[0] * size[1] > limits.pixels:
        raise no("too_many_pixels", megapixels=limits.pixels // MEGAPIXEL)
    if found is Format.JPEG and content.count(b"\xff\xda") > SCANS_AT_MOST:
        raise no("bomb")
    if keep_original and not _ends_with_its_picture(content, found):
        raise no("more_inside")
    with _one_at_a_time:
        anew = _made_anew(content, found, size)
    return content if keep_original else anew


def _made_anew(content: bytes, found: Format, size: tuple[int, int]) -> bytes:
    try:
        with Image.open(BytesIO(content), formats=[_NAMES[found]]) as picture:
            moves = getattr(picture, "n_frames", 1) > 1
            if not moves and picture.size == size:
                picture.load()
                return _written(ImageOps.exif_transpose(picture), found)
    except Exception:  # whatever a library says of hostile bytes, to people it is one thing
        raise no("damaged") from None
    raise no("moves" if moves else "damaged")


def _written(picture: Image.Image, found: Format) -> bytes:
    if picture.mode not in _MODES[found]:
        has_alpha = "A" in picture.mode and found is not Format.JPEG
        picture = picture.convert("RGBA" if has_alpha else "RGB")
    options: dict[str, Any] = {"quality": QUALITY} if found is not Format.PNG else {}
    if found is Format.PNG and "transparency" in picture.info:
        options["transparency"] = picture.info["transparency"]
    picture.info = {}
    out = BytesIO()
    picture.save(out, _NAMES[found], **options)
    return out.getvalue()


def _size(content: bytes, found: Format) -> tuple[int, int] | None:
    """Width and height as the first bytes say, or None."""
    if found is Format.PNG:
        if content[12:16] != b"IHDR" or len(content) < 24:
            return None
        return int.from_bytes(content[16:20], "big"), int.from_bytes(content[20:24], "big")
    return _jpeg_size(content) if found is Format.JPEG else _webp_size(content)


def _jpeg_size(content: bytes) -> tuple[int, int] | None:
    """From the first frame header; a second one is nothing a camera writes."""
    position = 2
    while position + 9 <= len(content):
        if content[position] != 0xFF:
            return None
        marker = content[position + 1]
        if marker == 0xFF:  # filling
            position += 1
            continue
        if marker in _JPEG_SIZES:
            height = int.from_bytes(content[position + 5 : position + 7], "big")
            return int.from_bytes(content[position + 7 : position + 9], "big"), height
        if marker == 0xDA:
            return None
        position += 2 + int.from_bytes(content[position + 2 : position + 4], "big")
    return None


def _webp_size(content: bytes) -> tuple[int, int] | None:
    """From the first chunk: simple, lossless or extended."""
    kind, head = content[12:16], content[20:30]
    if len(head) < 10:
        return None
    if kind == b"VP8X":
        return 1 + int.from_bytes(head[4:7], "little"), 1 + int.from_bytes(head[7:10], "little")
    if kind == b"VP8L" and head[0] == 0x2F:
        bits = int.from_bytes(head[1:5], "little")
        return 1 + (bits & 0x3FFF), 1 + (bits >> 14 & 0x3FFF)
    if kind == b"VP8 " and head[3:6] == b"\x9d\x01\x2a":
        return int.from_bytes(head[6:8], "little") & 0x3FFF, int.from_bytes(head[8:10], "little") & 0x3FFF
    return None


def _ends_with_its_picture(content: bytes, found: Format) -> bool:
    if found is Format.WEBP:
        return 8 + int.from_bytes(content[4:8], "little") == len(content)
    if found is Format.PNG:
        return _png_end(content) == len(content)
    # Inside a JPEG's data an end marker can't stand, but a preview in its labels has one: the first
    # end after the last scan must be the file's.
    last_scan = content.rfind(b"\xff\xda")
    return content.find(b"\xff\xd9", last_scan) == len(content) - 2


def _png_end(content: bytes) -> int:
    position = 8
    while position + 12 <= len(content):
        length = int.from_bytes(content[position : position + 4], "big")
        kind = content[position + 4 : position + 8]
        position += 12 + length
        if kind == b"IEND":
            return position
    return -1
