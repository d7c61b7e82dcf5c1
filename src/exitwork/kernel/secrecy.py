# SPDX-License-Identifier: AGPL-3.0-or-later
"""How secret a field is, and how long what it holds may live.

* Every field of every model is named in exactly one tier of its class's ``Secrecy``.
* A tier says who may see and how it is stored (design.md 6); ``Keep`` says which retention
  rule decides its end. A field nobody declared fails a test, not a person.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum


class Tier(StrEnum):
    """How much harm a leak of the field does (design.md 6)."""

    PUBLIC = "0"
    OPERATIONAL = "1"
    IDENTITY = "I"
    CONTENT = "2"
    SECURITY = "3"
    SEALED = "4"
    AGGREGATE = "A"

    @property
    def is_encrypted(self) -> bool:
        """Whether a field of this tier may only be stored sealed."""
        return self in _ENCRYPTED


_ENCRYPTED = frozenset({Tier.IDENTITY, Tier.CONTENT, Tier.SECURITY, Tier.SEALED})


class Keep(StrEnum):
    """Which retention rule ends the life of what a field holds."""

    CASE = "case"
    IDENTITY = "identity"
    WORKING_NOTE = "working-note"
    DRAFT = "draft"
    STAFF = "staff"
    ORGANISATION = "organisation"
    JOURNAL = "journal"
    KEY = "key"
    SESSION = "session"
    TECHNICAL = "technical"
    PUBLISHED = "published"


@dataclass(frozen=True, slots=True)
class Declared:
    """What one field declared about itself."""

    tier: Tier
    keep: Keep


class Secrecy(Mapping[str, Declared]):
    """The tiers of a class's fields, named by the words of the tiers.

    ``Secrecy(Keep.CASE, operational="ref opened_at", content="text")``
    """

    def __init__(
        self,
        keep: Keep,
        *,
        public: str = "",
        operational: str = "",
        identity: str = "",
        content: str = "",
        security: str = "",
        sealed: str = "",
        aggregate: str = "",
    ) -> None:
        named = {
            Tier.PUBLIC: public,
            Tier.OPERATIONAL: operational,
            Tier.IDENTITY: identity,
            Tier.CONTENT: content,
            Tier.SECURITY: security,
            Tier.SEALED: sealed,
            Tier.AGGREGATE: aggregate,
        }
        self._declared: dict[str, Declared] = {}
        for tier, names in named.items():
            for name in names.split():
                if name in self._declared:
                    raise ValueError(f"{name} is declared in two tiers")
                self._declared[name] = Declared(tier, keep)

    def __getitem__(self, name: str) -> Declared:
        return self._declared[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._declared)

    def __len__(self) -> int:
        return len(self._declared)


def declared_by(cls: type) -> dict[str, Declared]:
    """What a class and its bases declare about their fields; the nearest class wins."""
    found: dict[str, Declared] = {}
    for base in reversed(cls.__mro__):
        own = base.__dict__.get("secrecy")
        if isinstance(own, Secrecy):
            found.update(own)
    return found
