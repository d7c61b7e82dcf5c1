# SPDX-License-Identifier: AGPL-3.0-or-later
"""What a sealed value is: bytes on disk that open only under their name, in their row.

* Format: ``v1``, 12 random bytes, AES-256-GCM of the padded text; bound to the field's declared
  name and the row's uuid, so that bytes moved elsewhere, or changed, do not open.
* Padding to 64-byte steps: the length of a name tells nothing. Empty bytes mean "nothing here".
* A ``Sealed`` tells nothing by repr, str, format, JSON, pickle or hash; only ``open()`` opens.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator
from itertools import islice
from typing import Any, Generic, NoReturn, TypeVar
from uuid import UUID

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from exitwork.vault.errors import SealBroken
from exitwork.vault.holder import KeyRef
from exitwork.vault.keys import fetched, key_for

T = TypeVar("T")

_VERSION = b"v1"
_NONCE = 12
_TAG = 16
_STEP = 64
_LENGTH = 4
_BODY = len(_VERSION) + _NONCE


def seal(key: AESGCM, name: str, row: UUID, plain: bytes) -> bytes:
    """Seal bytes for one field of one row."""
    padded = len(plain).to_bytes(_LENGTH, "big") + plain
    padded += bytes(-len(padded) % _STEP)
    nonce = os.urandom(_NONCE)
    return _VERSION + nonce + key.encrypt(nonce, padded, _bound(name, row))


def unseal(key: AESGCM, name: str, row: UUID, data: bytes) -> bytes:
    """Open what ``seal`` made for the same field and row.

    :raises SealBroken: when it was changed or was sealed for another place.
    """
    if not looks_sealed(data):
        raise SealBroken
    try:
        padded = key.decrypt(data[len(_VERSION) : _BODY], data[_BODY:], _bound(name, row))
    except InvalidTag:
        raise SealBroken from None
    return padded[_LENGTH : _LENGTH + int.from_bytes(padded[:_LENGTH], "big")]


def looks_sealed(data: bytes) -> bool:
    """Whether bytes have the outer form of something sealed."""
    return data.startswith(_VERSION) and len(data) >= _BODY + _STEP + _TAG


def _bound(name: str, row: UUID) -> bytes:
    return f"{name}|{row}".encode()


class Sealed(Generic[T]):
    """A value that nobody sees until it is opened. True when there is something inside."""

    __slots__ = ("__weakref__", "_data", "_name", "_read", "_ref", "_row")

    def __init__(self, data: bytes, *, name: str, row: UUID, ref: KeyRef, read: Callable[[bytes], T]) -> None:
        self._data = data
        self._name = name
        self._row = row
        self._ref = ref
        self._read = read

    def open(self) -> T:
        """Open it.

        :raises VaultLocked: when everything is locked.
        :raises KeyDestroyed: when it was erased.
        :raises SealBroken: when it was changed or stands in the wrong place.
        :raises BudgetSpent: when too much was opened.
        """
        if not self._data:
            return self._read(b"")
        return self._read(unseal(key_for(self._ref), self._name, self._row, self._data))

    def needs(self) -> KeyRef:
        """Which key opens it, for ``load_keys`` over a whole list."""
        return self._ref

    def __bool__(self) -> bool:
        return bool(self._data)

    def __repr__(self) -> str:
        return "<sealed>"

    def __format__(self, spec: str) -> str:
        return "<sealed>"

    def __reduce__(self) -> NoReturn:
        raise TypeError("a sealed value is not pickled or copied; open it where it is needed")

    def __deepcopy__(self, memo: Any) -> Sealed[T]:
        return self


class Unsaved(Sealed[T]):
    """A value given to a field and not yet saved; it is sealed with its row."""

    __slots__ = ("_plain",)

    def __init__(self, plain: T) -> None:
        self._plain = plain

    def open(self) -> T:
        """The value as it was given."""
        return self._plain

    def needs(self) -> NoReturn:
        """Nothing: it is not sealed yet.

        :raises LookupError: always.
        """
        raise LookupError("this value is not saved yet")

    def __bool__(self) -> bool:
        return self._plain not in ("", None)


def open_values(
    model: type[Any],
    field: str,
    rows: Iterable[tuple[UUID, UUID, bytes | memoryview]],
    *,
    at_once: int = 2_000,
) -> Iterator[tuple[UUID, Any]]:
    """Open one field of very many rows given as (row, subject, data), so many with one round trip.

    What is empty, was erased or never had a key is left out: there is nothing in it to look through.

    :raises VaultLocked, SealBroken, BudgetSpent: as ``Sealed.open``; a lock holds from the next
        so many rows on.
    """
    found = model._meta.get_field(field)
    name, read, kind = found.sealed_name, found.read, found.kind
    waiting = iter(rows)
    while batch := list(islice(waiting, at_once)):
        refs = {KeyRef(kind, subject) for _row, subject, _data in batch}
        keys = {ref.subject: key for ref, key in fetched(refs).items()}
        for row, subject, data in batch:
            key = keys.get(subject)
            if key is not None and data:
                yield row, read(unseal(key, name, row, bytes(data)))


def open_value(model: type[Any], field: str, *, data: bytes | memoryview, row: UUID, subject: UUID) -> Any:
    """Open a field of a row that was read as values.

    ``load_keys`` first for a list, else each row costs a query.

    :raises VaultLocked, KeyDestroyed, SealBroken, BudgetSpent: as ``Sealed.open``.
    """
    found = model._meta.get_field(field)
    sealed: Sealed[Any] = found.sealed(bytes(data), row=row, subject=subject)
    return sealed.open()
