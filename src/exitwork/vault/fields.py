# SPDX-License-Identifier: AGPL-3.0-or-later
"""Model fields whose values are sealed at save and open only on request.

* The first argument is the declared name: a literal, bound into every value, never changed.
* Assigning keeps the value in memory; saving seals it under the key of ``subject`` with the
  row's uuid, and the plain value leaves the instance. Reading gives a ``Sealed``.
* Only what ``pre_save`` sealed reaches the database: ``update(text="...")``, ``bulk_update``,
  expressions and lookups on the content are refused.
* Tier 4 is declared with ``SealedCompartment``; until compartments exist it stores and reads
  nothing.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, Generic, NoReturn, TypeVar
from uuid import UUID

from django.core import checks
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.db.models.query_utils import DeferredAttribute

from exitwork.vault import words
from exitwork.vault.errors import NoCompartment
from exitwork.vault.holder import KeyRef
from exitwork.vault.keys import key_for
from exitwork.vault.sealed import Sealed, Unsaved, looks_sealed, seal

T = TypeVar("T")

if TYPE_CHECKING:
    _Binary = models.BinaryField[Any, Any]
else:
    _Binary = models.BinaryField


class _Stored:
    """Sealed bytes on an instance, and the row they were read for."""

    __slots__ = ("data", "row")

    def __init__(self, data: bytes, row: UUID | None) -> None:
        self.data = data
        self.row = row


class _Opening(DeferredAttribute):
    """Gives a Sealed, takes a plain value; knows sealed bytes from a plain value by their type."""

    field: SealedField[Any]

    def __get__(self, instance: models.Model | None, cls: Any = None) -> Any:
        if instance is None:
            return self
        name = self.field.attname
        if name not in instance.__dict__:
            super().__get__(instance, cls)  # fetches a deferred field and sets it through __set__
        held = instance.__dict__[name]
        if not isinstance(held, _Stored):
            return held
        row = held.row if held.row is not None else instance.pk
        return self.field.sealed(held.data, row=row, subject=self.field.subject_of(instance))

    def __set__(self, instance: models.Model, value: Any) -> None:
        instance.__dict__[self.field.attname] = self.field.taken(value, instance.pk)


class SealedField(_Binary, Generic[T]):
    """A sealed value of one type; ``SealedText`` and ``SealedJSON`` say which."""

    descriptor_class = _Opening

    def __init__(self, sealed_name: str, *, kind: str, subject: str, **options: Any) -> None:
        self.sealed_name = sealed_name
        self.kind = str(kind)
        self.subject = subject
        options["editable"] = False
        options["blank"] = True
        options.setdefault("default", b"")
        super().__init__(**options)

    def deconstruct(self) -> Any:
        """What a migration writes down."""
        name, path, _args, options = super().deconstruct()
        for given in ("default", "blank", "editable"):
            options.pop(given, None)
        return name, path, [self.sealed_name], {**options, "kind": self.kind, "subject": self.subject}

    def written(self, value: Any) -> bytes:
        """The bytes to seal; nothing to seal gives none.

        :raises TypeError: for a value of another type.
        """
        raise NotImplementedError

    def read(self, plain: bytes) -> T:
        """The value that ``written`` made bytes of."""
        raise NotImplementedError

    def sealed(self, data: bytes, *, row: UUID, subject: UUID) -> Sealed[T]:
        """The sealed value of a row's bytes."""
        ref = KeyRef(self.kind, subject)
        return Sealed(data, name=self.sealed_name, row=row, ref=ref, read=self.read)

    def subject_of(self, instance: models.Model) -> UUID:
        """Whose key seals this instance's value."""
        subject = getattr(instance, self.subject)
        if not isinstance(subject, UUID):
            raise ValueError(f"{self.sealed_name} needs {self.subject} before it can be sealed")
        return subject

    def taken(self, value: Any, row: UUID | None) -> Any:
        """What an instance keeps of an assigned value.

        :raises TypeError: for a value this field does not hold, so that it is told where it happens.
        """
        if isinstance(value, memoryview | bytes):
            data = bytes(value)
            if data and not looks_sealed(data):
                raise TypeError(f"{self.sealed_name} takes a value, not bytes")
            return _Stored(data, row)
        if isinstance(value, Unsaved):
            return value
        if isinstance(value, Sealed):
            return self._own(value, row)
        self.written(value)
        return Unsaved(value)

    def _own(self, value: Sealed[Any], row: UUID | None) -> _Stored:
        if (value._name, value._row) != (self.sealed_name, row):
            raise TypeError(f"{self.sealed_name} was given a value sealed elsewhere; open it first")
        return _Stored(value._data, row)

    def pre_save(self, model_instance: models.Model, add: bool) -> Any:  # noqa: ARG002 -- Django's
        """Seal what was assigned; leave what was read as it is.

        :raises KeyMissing, KeyDestroyed, VaultLocked: when it can't be sealed.
        """
        held = model_instance.__dict__.get(self.attname)
        if isinstance(held, Unsaved):
            plain = self.written(held.open())
            row = model_instance.pk
            if plain:
                key = key_for(KeyRef(self.kind, self.subject_of(model_instance)))
                plain = seal(key, self.sealed_name, row, plain)
            held = model_instance.__dict__[self.attname] = _Stored(plain, row)
        elif isinstance(held, _Stored) and held.data and held.row not in (None, model_instance.pk):
            raise ValueError(f"{self.sealed_name} was sealed for another row; assign it anew")
        return held

    def get_db_prep_value(self, value: Any, connection: Any, prepared: bool = False) -> Any:
        """Let through what was sealed, and emptiness; nothing else.

        :raises TypeError: for anything plain.
        """
        if isinstance(value, _Stored):
            value = value.data
        elif value not in (None, b""):
            raise TypeError(str(words.NOT_STORABLE))
        return super().get_db_prep_value(value, connection, prepared)

    def get_lookup(self, lookup_name: str) -> Any:
        """Whether there is a value can be asked of the database; what it says can't."""
        return super().get_lookup(lookup_name) if lookup_name == "isnull" else None

    def to_python(self, value: Any) -> Any:
        """Leave it as it is."""
        return value

    def value_to_string(self, obj: models.Model) -> NoReturn:  # noqa: ARG002 -- Django's
        """Refuse: a serialised copy would leave the vault.

        :raises TypeError: always.
        """
        raise TypeError(f"{self.sealed_name} is not serialised")

    def check(self, **options: Any) -> list[checks.CheckMessage]:
        """Complain about a row without a uuid, a subject that is no column, a name used twice."""
        return [*super().check(**options), *_complaints(self)]


class SealedText(SealedField[str]):
    """Sealed text; "" is nothing."""

    def written(self, value: Any) -> bytes:
        """UTF-8."""
        if value is None or not isinstance(value, str):
            raise TypeError(f"{self.sealed_name} takes text")
        return str(value).encode()

    def read(self, plain: bytes) -> str:
        """Text."""
        return plain.decode()


class SealedJSON(SealedField[Any]):
    """A sealed value of lists, dictionaries, text and numbers; None is nothing."""

    def written(self, value: Any) -> bytes:
        """JSON; dates, moments, decimals and uuids become text."""
        if value is None:
            return b""
        return json.dumps(value, cls=DjangoJSONEncoder, ensure_ascii=False, separators=(",", ":")).encode()

    def read(self, plain: bytes) -> Any:
        """The value, dates and the like as text."""
        return json.loads(plain) if plain else None


def _complaints(field: SealedField[Any]) -> list[checks.CheckMessage]:
    found = []
    own = field.model._meta
    if not isinstance(own.pk, models.UUIDField):
        found.append("stands in a model whose key is not a uuid")
    if field.subject not in {column.attname for column in own.concrete_fields} | {"pk"}:
        found.append(f"names a subject, {field.subject}, that is no column of its model")
    for model in own.apps.get_models():
        for other in model._meta.local_concrete_fields:
            if (
                isinstance(other, SealedField)
                and other.sealed_name == field.sealed_name
                and other.creation_counter != field.creation_counter
            ):
                found.append(f"shares its declared name with {other}")
    return [checks.Error(f"{field} {what}.", obj=field, id="vault.E001") for what in found]


class Compartment:
    """What a tier 4 field gives: nothing, with a reason."""

    __slots__ = ()

    def open(self) -> NoReturn:
        """Refuse.

        :raises NoCompartment: always, until there are compartments.
        """
        raise NoCompartment

    def __bool__(self) -> bool:
        return False

    def __repr__(self) -> str:
        return "<sealed compartment>"


_CLOSED = Compartment()


class _Closed(DeferredAttribute):
    def __get__(self, instance: models.Model | None, cls: Any = None) -> Any:
        return self if instance is None else _CLOSED

    def __set__(self, instance: models.Model, value: Any) -> None:
        if value is not None and value is not _CLOSED:
            raise NoCompartment
        instance.__dict__[self.field.attname] = None


class SealedCompartment(_Binary):
    """Tier 4: sealed to named people. Declared, and refused until compartments exist (S19, issue 2)."""

    descriptor_class = _Closed

    def __init__(self, sealed_name: str, **options: Any) -> None:
        self.sealed_name = sealed_name
        super().__init__(**{**options, "null": True, "blank": True, "editable": False})

    def deconstruct(self) -> Any:
        """What a migration writes down."""
        name, path, _args, options = super().deconstruct()
        for given in ("null", "blank", "editable"):
            options.pop(given, None)
        return name, path, [self.sealed_name], options

    def pre_save(self, model_instance: models.Model, add: bool) -> None:
        """Store nothing."""

    def get_db_prep_value(self, value: Any, connection: Any, prepared: bool = False) -> None:  # noqa: ARG002
        """Refuse everything but nothing.

        :raises NoCompartment: for any value.
        """
        if value is not None:
            raise NoCompartment

    def from_db_value(self, value: Any, expression: Any, connection: Any) -> None:
        """Read nothing, whatever lies there."""
