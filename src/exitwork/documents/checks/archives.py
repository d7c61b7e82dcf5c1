# SPDX-License-Identifier: AGPL-3.0-or-later
"""The zip that an office file is: its directory is weighed before anything is unpacked.

* It begins at the first byte and ends at the last: nothing stands before or behind.
* Few entries, each stored or deflated, none encrypted, none twice, none with a name that leads
  elsewhere; together, and each against its packed size, within bounds.
* No entry is itself an archive or a program.
"""

from __future__ import annotations

import struct
import zipfile
import zlib
from collections.abc import Iterator
from io import BytesIO

from exitwork.documents.checks.refusing import Limits, no

ENTRIES_AT_MOST = 2_000
RATIO_AT_MOST = 200
RATIO_COUNTS_FROM = 2_000_000
_END = struct.Struct("<4s4H2LH")
_ENCRYPTED = 0x1 | 0x40
_AN_ENTRY = 46 + 600  # bytes of a directory entry with a long name
INNER = (
    b"PK\x03\x04", b"PK\x05\x06", b"\x1f\x8b", b"7z\xbc\xaf\x27\x1c", b"Rar!\x1a\x07", b"BZh", b"\xfd7zXZ",
    b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", b"MZ", b"\x7fELF", b"\x28\xb5\x2f\xfd", b"%PDF-", b"#!",
)  # fmt: skip


class Archive:
    """A zip whose directory has been found in order; entries come out within bounds.

    :raises Refusal: if it is not.
    """

    def __init__(self, content: bytes, limits: Limits) -> None:
        _weigh_directory(content)
        try:
            self._zip = zipfile.ZipFile(BytesIO(content))
        except (zipfile.BadZipFile, ValueError, struct.error, UnicodeDecodeError, NotImplementedError):
            raise no("damaged") from None
        self._entries = [entry for entry in self._zip.infolist() if not entry.is_dir()]
        self._check_entries(limits)

    @property
    def names(self) -> list[str]:
        """The names of its entries, in order."""
        return [entry.filename for entry in self._entries]

    def read(self, name: str) -> bytes:
        """One entry.

        :raises Refusal: if it is damaged or not there.
        """
        try:
            return self._zip.read(name)
        except (zipfile.BadZipFile, zlib.error, EOFError, KeyError, ValueError, NotImplementedError, OSError):
            raise no("damaged") from None

    def each(self) -> Iterator[tuple[str, bytes]]:
        """Every entry with its content.

        :raises Refusal: if one is damaged, or is an archive or a program itself.
        """
        for name in self.names:
            content = self.read(name)
            if content.startswith(INNER):
                raise no("nested")
            yield name, content

    def _check_entries(self, limits: Limits) -> None:
        names = [entry.filename for entry in self._zip.infolist()]
        if len({name.lower() for name in names}) != len(names) or not all(map(_is_plain, names)):
            raise no("more_inside")
        if min((entry.header_offset for entry in self._zip.infolist()), default=-1) != 0:
            raise no("more_inside")
        for entry in self._zip.infolist():
            if entry.flag_bits & _ENCRYPTED:
                raise no("encrypted")
            if entry.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
                raise no("damaged")
            ratio = entry.file_size / max(entry.compress_size, 1)
            if entry.file_size > RATIO_COUNTS_FROM and ratio > RATIO_AT_MOST:
                raise no("bomb")
        if sum(entry.file_size for entry in self._zip.infolist()) > limits.unpacked:
            raise no("bomb")


def _weigh_directory(content: bytes) -> None:
    """Read the end record alone: a directory of a million entries is not loaded to be counted."""
    if len(content) < _END.size:
        raise no("damaged")
    mark, disk, first_disk, here, entries, size, offset, comment = _END.unpack(content[-_END.size :])
    if mark != b"PK\x05\x06" or comment:
        raise no("more_inside" if b"PK\x05\x06" in content else "damaged")
    if disk or first_disk or here != entries or entries == 0:
        raise no("damaged")
    if entries > ENTRIES_AT_MOST or size > entries * _AN_ENTRY:
        raise no("bomb")
    if offset + size + _END.size != len(content):
        raise no("more_inside")


def _is_plain(name: str) -> bool:
    parts = name.rstrip("/").split("/")
    return (
        bool(name)
        and not name.startswith("/")
        and not any(sign in name for sign in ("\\", ":", "\x00"))
        and not any(part in ("", ".", "..") for part in parts)
    )
