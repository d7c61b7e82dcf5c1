# SPDX-License-Identifier: AGPL-3.0-or-later
"""The master key: how it is made, kept, and how it wraps the data keys.

* It is random and lies in one of two files: a *key file* (0600, outside the data folder), or a
  *sealed file* that opens only with a passphrase (Argon2id, 64 MiB, three passes).
* A wrong passphrase is told at once: the seal of the file does not open.
* A ring holds the current key first and, while a rotation goes on, the one before it.
* A wrapped data key names its master and is bound to its kind and subject; it opens nowhere else.
* Files are written beside themselves, flushed and renamed: a crash leaves the old or the new.
"""

from __future__ import annotations

import base64
import json
import os
import secrets
import stat
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Protocol

from argon2.low_level import Type, hash_secret_raw
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from exitwork.vault.problems import Code, KeeperProblem, UnableToUnlock

_WRAPPED = b"v1"
_KEY_FILE = "exitwork-key-v1"
_SEALED_FILE = "exitwork-sealed-key-v1"
_WARNING = "# Whoever has this file and the database can read everything. Keep it apart from backups."
_ID, _NONCE = 8, 12
_KIB, _PASSES, _LANES = 64 * 1024, 3, 1
_FILE_AT_MOST = 64 * 1024
LEAST_PASSPHRASE = 15


class MasterKey:
    """One master key: its public id, and a secret that no repr shows."""

    __slots__ = ("_aead", "_secret", "id")

    def __init__(self, id: bytes, secret: bytes) -> None:
        self.id = id
        self._secret = bytearray(secret)
        self._aead = AESGCM(secret)

    @classmethod
    def new(cls) -> MasterKey:
        """A fresh random key."""
        return cls(secrets.token_bytes(_ID), secrets.token_bytes(32))

    def __repr__(self) -> str:
        return f"<MasterKey {self.id.hex()}>"

    def __reduce__(self) -> str:
        raise TypeError("a master key stays where it is")

    def wrap(self, key: bytes, about: bytes) -> bytes:
        """Wrap a data key for what ``about`` names."""
        nonce = os.urandom(_NONCE)
        return _WRAPPED + self.id + nonce + self._aead.encrypt(nonce, key, about)

    def unwrap(self, wrapped: bytes, about: bytes) -> bytes:
        """Unwrap a data key.

        :raises KeeperProblem: BROKEN when it was changed or belongs elsewhere.
        """
        start = len(_WRAPPED) + _ID
        nonce, sealed = wrapped[start : start + _NONCE], wrapped[start + _NONCE :]
        try:
            return self._aead.decrypt(nonce, sealed, about)
        except (InvalidTag, ValueError):
            raise KeeperProblem(Code.BROKEN) from None

    def written(self) -> str:
        """The line that stands in a key file. For this module alone."""
        return f"{self.id.hex()} {self._secret.hex()}"

    def wipe(self) -> None:
        """Overwrite the secret, as far as Python lets us; nothing opens with it afterwards."""
        self._secret[:] = bytes(len(self._secret))
        del self._aead


class Keep(Protocol):
    """Where a ring is kept, so that a rotation survives a crash."""

    def write(self, keys: tuple[MasterKey, ...]) -> None:
        """Replace what is kept, all or nothing."""


@dataclass(slots=True, repr=False)
class Ring:
    """The current master key first, then the one a rotation is leaving."""

    keys: tuple[MasterKey, ...]
    kept: Keep | None = field(default=None)

    @property
    def current(self) -> MasterKey:
        """The key new data keys are wrapped with."""
        return self.keys[0]

    def unwrap(self, wrapped: bytes, about: bytes) -> bytes:
        """Unwrap with whichever key of the ring wrapped it.

        :raises KeeperProblem: UNKNOWN_MASTER or BROKEN.
        """
        if not wrapped.startswith(_WRAPPED):
            raise KeeperProblem(Code.BROKEN)
        named = wrapped[len(_WRAPPED) : len(_WRAPPED) + _ID]
        for key in self.keys:
            if key.id == named:
                return key.unwrap(wrapped, about)
        raise KeeperProblem(Code.UNKNOWN_MASTER)

    def replace(self, keys: tuple[MasterKey, ...]) -> None:
        """Keep other keys from now on: on disk first, then here."""
        if self.kept is not None:
            self.kept.write(keys)
        self.keys = keys

    def wipe(self) -> None:
        """Drop every key."""
        for key in self.keys:
            key.wipe()
        self.keys = ()


@dataclass(frozen=True, slots=True)
class KeyFile:
    """A ring kept in the clear in a 0600 file outside the data folder."""

    path: Path

    def write(self, keys: tuple[MasterKey, ...]) -> None:
        """Replace the file's keys."""
        lines = [_WARNING, _KEY_FILE, *(key.written() for key in keys)]
        _write(self.path, ("\n".join(lines) + "\n").encode())


class SealedFile:
    """A ring kept under a passphrase. Holds what the passphrase became, never the passphrase."""

    __slots__ = ("_aead", "_salt", "path")

    def __init__(self, path: Path, salt: bytes, passphrase: str) -> None:
        self.path = path
        self._salt = salt
        self._aead = AESGCM(hash_secret_raw(passphrase.encode(), salt, _PASSES, _KIB, _LANES, 32, Type.ID))

    def write(self, keys: tuple[MasterKey, ...]) -> None:
        """Replace the file's keys."""
        nonce = os.urandom(_NONCE)
        plain = "\n".join(key.written() for key in keys).encode()
        sealed = self._aead.encrypt(nonce, plain, _SEALED_FILE.encode())
        shape = {"shape": _SEALED_FILE, "salt": _text(self._salt), "sealed": _text(nonce + sealed)}
        _write(self.path, (json.dumps(shape, indent=1) + "\n").encode())

    def read(self, sealed: bytes) -> tuple[MasterKey, ...]:
        """Open what the file holds.

        :raises UnableToUnlock: for a wrong passphrase.
        """
        try:
            plain = self._aead.decrypt(sealed[:_NONCE], sealed[_NONCE:], _SEALED_FILE.encode())
        except InvalidTag:
            raise UnableToUnlock("wrong-passphrase") from None
        return tuple(_keys_in(self.path, plain.decode().splitlines()))


def create_key_file(path: Path, *, data_folder: Path | None = None) -> None:
    """Make a new master key in a file only its owner may read.

    :raises UnableToUnlock: when something is there already or the file would lie with the data.
    """
    _stands_apart(path, data_folder)
    _is_free(path)
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    KeyFile(path).write((MasterKey.new(),))


def create_sealed_file(path: Path, passphrase: str) -> None:
    """Make a new master key that opens only with the passphrase (S19).

    :raises UnableToUnlock: when something is there already or the passphrase is too short.
    """
    if len(passphrase) < LEAST_PASSPHRASE:
        raise UnableToUnlock("too-short", least=LEAST_PASSPHRASE)
    _is_free(path)
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    SealedFile(path, os.urandom(16), passphrase).write((MasterKey.new(),))


def from_key_file(path: Path, *, data_folder: Path | None = None) -> Ring:
    """Read a key file.

    :raises UnableToUnlock: when it is missing, readable by others, with the data, or no key file.
    """
    _stands_apart(path, data_folder)
    lines = _read(path).decode(errors="replace").splitlines()
    if lines[1:2] != [_KEY_FILE]:
        raise UnableToUnlock("not-understood", path=path)
    return Ring(tuple(_keys_in(path, lines[2:])), KeyFile(path))


def from_passphrase(path: Path, passphrase: str) -> Ring:
    """Open a sealed file. Takes about a quarter of a second and 64 MiB, on purpose.

    :raises UnableToUnlock: when it is missing, no sealed file, or the passphrase is wrong.
    """
    try:
        shape = json.loads(_read(path))
        salt, sealed = base64.b64decode(shape["salt"]), base64.b64decode(shape["sealed"])
        understood = shape["shape"] == _SEALED_FILE and len(salt) == 16
    except (ValueError, KeyError, TypeError):
        understood = False
    if not understood:
        raise UnableToUnlock("not-understood", path=path)
    kept = SealedFile(path, salt, passphrase)
    return Ring(kept.read(sealed), kept)


def asks_for_passphrase(path: Path) -> bool:
    """Whether the file at ``path`` is a sealed file.

    :raises UnableToUnlock: when it can't be read.
    """
    return _read(path).lstrip().startswith(b"{")


def _keys_in(path: Path, lines: list[str]) -> Iterator[MasterKey]:
    if not lines:
        raise UnableToUnlock("not-understood", path=path)
    for line in lines:
        try:
            id_, secret = (bytes.fromhex(word) for word in line.split(" "))
        except ValueError:
            raise UnableToUnlock("not-understood", path=path) from None
        if len(id_) != _ID or len(secret) != 32:
            raise UnableToUnlock("not-understood", path=path)
        yield MasterKey(id_, secret)


def _stands_apart(path: Path, data_folder: Path | None) -> None:
    if data_folder is not None and path.resolve().is_relative_to(data_folder.resolve()):
        raise UnableToUnlock("inside-data", path=path, folder=data_folder)


def _is_free(path: Path) -> None:
    if path.exists() or path.is_symlink():
        raise UnableToUnlock("exists", path=path)


def _read(path: Path) -> bytes:
    try:
        # Without waiting: a pipe laid in the place of the file must not hold the start.
        descriptor = os.open(path, os.O_RDONLY | os.O_CLOEXEC | os.O_NONBLOCK)
    except FileNotFoundError:
        raise UnableToUnlock("missing", path=path) from None
    except PermissionError:
        raise UnableToUnlock("someone-else's", path=path) from None
    try:
        found = os.fstat(descriptor)
        if not stat.S_ISREG(found.st_mode):
            raise UnableToUnlock("not-a-file", path=path)
        if found.st_uid != os.getuid():
            raise UnableToUnlock("someone-else's", path=path)
        if stat.S_IMODE(found.st_mode) & 0o077:
            raise UnableToUnlock("others-may-read", path=path)
        return os.read(descriptor, _FILE_AT_MOST)
    finally:
        os.close(descriptor)


def _write(path: Path, content: bytes) -> None:
    beside = path.with_name(path.name + ".new")
    beside.unlink(missing_ok=True)
    descriptor = os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, 0o600)
    with os.fdopen(descriptor, "wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    beside.replace(path)
    folder = os.open(path.parent, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)


def _text(data: bytes) -> str:
    return base64.b64encode(data).decode()
