# SPDX-License-Identifier: AGPL-3.0-or-later
"""Sealed files beside the database.

* A file is cut into chunks of a mebibyte, each AES-256-GCM under the file's own key, bound to the
  declared name, the row's uuid, the chunk's number and whether it is the last: a file that was
  cut short, lengthened, reordered or put in another's place does not open.
* Its length on the disk is rounded up: it does not tell which known file this is.
* It is written to a temporary name, fsynced, and renamed while the row is written. Whatever goes
  wrong leaves neither; what a crash leaves is swept an hour later.
* No plain text ever reaches the disk.
"""

from __future__ import annotations

import base64
import os
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from uuid import UUID

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.conf import settings

from exitwork.vault.errors import SealBroken

NAME = "documents.document.content"
CHUNK = 1024 * 1024
ROUNDED_TO = 64 * 1024
LEFT_ALONE = timedelta(hours=1)  # a younger file may belong to a transaction that still runs

_VERSION = b"f1"
_NONCE = 12
_TAG = 16
_LENGTH = 8


class Waiting:
    """A sealed file under its temporary name, until ``keep``."""

    def __init__(self, file: UUID) -> None:
        self.path = path_of(file)
        self.temporary = self.path.with_name(f".{file.hex}.part")

    def write(self, parts: Iterator[bytes]) -> None:
        """Write it, and wait until the disk has it."""
        descriptor = os.open(self.temporary, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, 0o600)
        with os.fdopen(descriptor, "wb") as out:
            out.writelines(parts)
            out.flush()
            os.fsync(out.fileno())

    def keep(self) -> None:
        """Give it its name. Called inside the record that writes its row."""
        self.temporary.rename(self.path)
        folder = os.open(self.path.parent, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
        try:
            os.fsync(folder)
        finally:
            os.close(folder)

    def throw_away(self) -> None:
        """Leave nothing of it."""
        self.temporary.unlink(missing_ok=True)
        self.path.unlink(missing_ok=True)


def folder() -> Path:
    """Where the files lie: in the installation's folder, never under a web root; made at need."""
    place = Path(settings.HOME) / "files"
    place.mkdir(mode=0o700, parents=True, exist_ok=True)
    return place


def path_of(file: UUID) -> Path:
    """Where a file lies."""
    return folder() / file.hex


def new_key() -> str:
    """A key for one file, as text that a sealed field keeps."""
    return base64.b64encode(AESGCM.generate_key(256)).decode()


@contextmanager
def written(content: bytes, *, file: UUID, key: str, row: UUID) -> Iterator[Waiting]:
    """Seal content into a waiting file. If the block fails, or does not keep it, nothing is left."""
    waiting = Waiting(file)
    try:
        waiting.write(sealed(content, key=key, row=row))
        yield waiting
    except BaseException:
        waiting.throw_away()
        raise
    waiting.temporary.unlink(missing_ok=True)


def opened(*, file: UUID, key: str, row: UUID) -> bytes:
    """What a file holds, all of it checked before any of it is returned.

    :raises SealBroken: when it is gone, was changed, cut short, or stands in another's place.
    """
    try:
        data = path_of(file).read_bytes()
    except OSError:
        raise SealBroken from None
    return unsealed(data, key=key, row=row)


def erase(file: UUID) -> None:
    """Take a file off the disk. Its key went with the row."""
    path_of(file).unlink(missing_ok=True)


def sealed(content: bytes, *, key: str, row: UUID) -> Iterator[bytes]:
    """The bytes to write for a content, chunk by chunk."""
    cipher = AESGCM(base64.b64decode(key))
    padded = len(content).to_bytes(_LENGTH, "big") + content
    padded += bytes(-len(padded) % ROUNDED_TO)
    starts = range(0, len(padded), CHUNK)
    yield _VERSION
    for number, start in enumerate(starts):
        nonce = os.urandom(_NONCE)
        bound = _bound(row, number, is_last=number == len(starts) - 1)
        yield nonce + cipher.encrypt(nonce, padded[start : start + CHUNK], bound)


def unsealed(data: bytes, *, key: str, row: UUID) -> bytes:
    """What ``sealed`` made the bytes of.

    :raises SealBroken: for anything else.
    """
    cipher = AESGCM(base64.b64decode(key))
    step = _NONCE + CHUNK + _TAG
    starts = range(len(_VERSION), len(data), step)
    if not data.startswith(_VERSION) or not starts:
        raise SealBroken
    parts = []
    for number, start in enumerate(starts):
        chunk = data[start : start + step]
        bound = _bound(row, number, is_last=number == len(starts) - 1)
        try:
            parts.append(cipher.decrypt(chunk[:_NONCE], chunk[_NONCE:], bound))
        except (InvalidTag, ValueError):
            raise SealBroken from None
    padded = b"".join(parts)
    return padded[_LENGTH : _LENGTH + int.from_bytes(padded[:_LENGTH], "big")]


def strays(known: frozenset[UUID], *, at: datetime) -> list[Path]:
    """Files that no row knows and that are older than an hour: left by a crash."""
    names = {file.hex for file in known}
    return [
        path
        for path in folder().iterdir()
        if path.name not in names and datetime.fromtimestamp(path.stat().st_mtime, UTC) <= at - LEFT_ALONE
    ]


def missing(known: frozenset[UUID]) -> list[UUID]:
    """Files that rows speak of and that are not there."""
    there = {path.name for path in folder().iterdir()}
    return [file for file in known if file.hex not in there]


def _bound(row: UUID, number: int, *, is_last: bool) -> bytes:
    return f"{NAME}|{row}|{number}|{'last' if is_last else 'more'}".encode()
