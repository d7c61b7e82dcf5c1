# SPDX-License-Identifier: AGPL-3.0-or-later
"""Recordings: Ogg page by page, MP3 frame by frame, each to the last byte.

* The labels of an MP3 (ID3: title, device, pictures) are left out. Those of an Ogg stay: they are
  part of its sealed stream; voice messages carry none but the encoder's name.
"""

from __future__ import annotations

from exitwork.documents.checks.refusing import Limits, no
from exitwork.documents.words import Format

_OGG_HEAD = 27
_BEGINS, _CODECS = 0x02, (b"OpusHead", b"\x01vorbis", b"Speex   ", b"\x7fFLAC")
_FRAMES_AT_LEAST = 2
_ID3_HEAD, _ID3_TAIL = 10, 128
# Kilobits a second by index, for MPEG 1 and for MPEG 2 and 2.5, layer III.
_RATES_1 = (0, 32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320)
_RATES_2 = (0, 8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160)
_SAMPLES = {3: (44100, 48000, 32000), 2: (22050, 24000, 16000), 0: (11025, 12000, 8000)}


def ogg(content: bytes, _found: Format, _limits: Limits, _keep_original: bool) -> bytes:
    """An Ogg recording, unchanged.

    :raises Refusal: if its pages do not fill it, or it holds anything but sound.
    """
    position = 0
    while position < len(content):
        head = content[position : position + _OGG_HEAD]
        if len(head) < _OGG_HEAD or not head.startswith(b"OggS\x00"):
            raise no("damaged" if position == 0 or len(head) < _OGG_HEAD else "more_inside")
        body = position + _OGG_HEAD + head[26]
        lacing = content[position + _OGG_HEAD : body]
        if head[5] & _BEGINS and not content.startswith(_CODECS, body):
            raise no("mislabelled")
        if position == 0 and not head[5] & _BEGINS:
            raise no("damaged")
        position = body + sum(lacing)
    if position != len(content):
        raise no("damaged")
    return content


def mp3(content: bytes, _found: Format, _limits: Limits, keep_original: bool) -> bytes:
    """An MP3 recording without its labels, or as it came.

    :raises Refusal: if frames of sound do not fill it.
    """
    start, end = _between_labels(content)
    position, frames = start, 0
    while position < end:
        length = _frame(content[position : position + 4])
        if length is None:
            raise no("damaged" if frames < _FRAMES_AT_LEAST else "more_inside")
        position += length
        frames += 1
    if frames < _FRAMES_AT_LEAST:
        raise no("damaged")
    return content if keep_original else content[start:end]


def begins_like_mp3(content: bytes) -> bool:
    """Whether two frames of sound follow each other at the beginning."""
    first = _frame(content[:4])
    return first is not None and _frame(content[first : first + 4]) is not None


def _between_labels(content: bytes) -> tuple[int, int]:
    start, end = 0, len(content)
    while content.startswith(b"ID3", start):
        head = content[start : start + _ID3_HEAD]
        if len(head) < _ID3_HEAD or any(byte & 0x80 for byte in head[6:]):
            raise no("damaged")
        size = head[6] << 21 | head[7] << 14 | head[8] << 7 | head[9]
        start += _ID3_HEAD + size + (_ID3_HEAD if head[5] & 0x10 else 0)
    if end - start >= _ID3_TAIL and content.startswith(b"TAG", end - _ID3_TAIL):
        end -= _ID3_TAIL
    return start, end


def _frame(head: bytes) -> int | None:
    """The length in bytes of the frame that begins here, or None."""
    if len(head) < 4 or head[0] != 0xFF or head[1] & 0xE0 != 0xE0:
        return None
    version, layer = head[1] >> 3 & 3, head[1] >> 1 & 3
    rate, sampling, padding = head[2] >> 4, head[2] >> 2 & 3, head[2] >> 1 & 1
    if version not in _SAMPLES or layer != 1 or rate in (0, 15) or sampling == 3:
        return None
    kilobits = (_RATES_1 if version == 3 else _RATES_2)[rate]
    factor = 144 if version == 3 else 72
    return factor * kilobits * 1000 // _SAMPLES[version][sampling] + padding
