# SPDX-License-Identifier: AGPL-3.0-or-later
"""Who a person is: apart from the person, every field sealed under his own key (R32).

* Destroying that one key ends everything here at once.
* An earlier value is never overwritten: the state before each change stands in a version.
* Every opening beyond what reaches one's own client is a row with its reason (S12).
* Residence status is never asked for and stands in no export (R37).
"""

from __future__ import annotations

from datetime import datetime
from typing import Any, ClassVar, Final, Self

from django.db import models
from django.db.models import F, Q

from exitwork.access.models import Governed, GovernedQuerySet
from exitwork.kernel.secrecy import Keep, Secrecy
from exitwork.people.models.person import Person
from exitwork.people.words.choices import OpeningReason
from exitwork.vault.fields import SealedJSON, SealedText
from exitwork.vault.keys import KeyKind

# What reaches one's own client with one click, and what asks a reason (S12).
REACHING: Final = ("wanted_name", "phone", "safe_channel")
REASONED: Final = ("legal_name", "birth_date", "documents", "address", "residence_status")
SEALED: Final = REACHING + REASONED
# R37: never compulsory, never in an export, whoever asks.
NEVER_EXPORTED: Final = ("residence_status",)


class Identity(Governed):
    """Who the person is, as far as anyone needed to know."""

    organisation = models.ForeignKey("organisations.Organisation", on_delete=models.PROTECT, related_name="+")
    person = models.OneToOneField(Person, on_delete=models.PROTECT, related_name="identity")
    wanted_name = SealedText("people.identity.wanted_name", kind=KeyKind.PERSON, subject="person_id")
    phone = SealedText("people.identity.phone", kind=KeyKind.PERSON, subject="person_id")
    safe_channel = SealedText("people.identity.safe_channel", kind=KeyKind.PERSON, subject="person_id")
    legal_name = SealedText("people.identity.legal_name", kind=KeyKind.PERSON, subject="person_id")
    birth_date = SealedText("people.identity.birth_date", kind=KeyKind.PERSON, subject="person_id")
    documents = SealedText("people.identity.documents", kind=KeyKind.PERSON, subject="person_id")
    address = SealedText("people.identity.address", kind=KeyKind.PERSON, subject="person_id")
    residence_status = SealedText(
        "people.identity.residence_status", kind=KeyKind.PERSON, subject="person_id"
    )
    version = models.PositiveIntegerField(default=1)

    secrecy = Secrecy(
        Keep.IDENTITY,
        operational="organisation person version",
        identity="wanted_name phone safe_channel legal_name birth_date documents address residence_status",
    )

    class Meta:
        indexes = [models.Index(fields=["organisation"])]

    def __str__(self) -> str:
        return "identity"

    # Queries

    def opened(self, *names: str) -> dict[str, str]:
        """The plain values of these fields; empty text where nothing is known."""
        return {name: value.open() if (value := getattr(self, name)) else "" for name in names}


class IdentityVersion(Governed):
    """What stood in an identity before a change; never changed, never deleted but by its key."""

    organisation = models.ForeignKey("organisations.Organisation", on_delete=models.PROTECT, related_name="+")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    number = models.PositiveIntegerField()
    values = SealedJSON("people.identity_version.values", kind=KeyKind.PERSON, subject="person_id")
    until_at = models.DateTimeField()
    changed_by = models.UUIDField(null=True)
    changed_by_name = models.CharField(max_length=200)

    secrecy = Secrecy(
        Keep.IDENTITY,
        operational="organisation person number until_at changed_by changed_by_name",
        identity="values",
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(name="one_identity_version_a_number", fields=["person", "number"])
        ]

    def __str__(self) -> str:
        return f"version {self.number}"


class IdentityOpeningQuerySet(GovernedQuerySet["IdentityOpening"]):
    """Openings of identities."""

    def unseen(self) -> Self:
        """Those from outside the case team that nobody of the team has taken note of."""
        return self.filter(is_outside=True, seen_at__isnull=True)

    def since(self, at: datetime) -> Self:
        """Those made at this moment or later."""
        return self.filter(opened_at__gte=at)


class IdentityOpening(Governed):
    """Somebody opened a name, birth date, papers or address, and said why (S12)."""

    organisation = models.ForeignKey("organisations.Organisation", on_delete=models.PROTECT, related_name="+")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="openings")
    opened_by = models.UUIDField()
    opened_by_name = models.CharField(max_length=200)
    opened_at = models.DateTimeField()
    reason = models.CharField(max_length=20, choices=OpeningReason.choices)
    words = SealedText("people.identity_opening.words", kind=KeyKind.PERSON, subject="person_id")
    is_outside = models.BooleanField()
    seen_at = models.DateTimeField(null=True)
    seen_by = models.UUIDField(null=True)

    objects: ClassVar[Any] = IdentityOpeningQuerySet.as_manager()

    secrecy = Secrecy(
        Keep.IDENTITY,
        operational="organisation person opened_by opened_by_name opened_at reason is_outside "
        "seen_at seen_by",
        content="words",
    )

    class Meta:
        indexes = [
            models.Index(fields=["organisation", "is_outside", "seen_at"]),
            models.Index(fields=["person", "opened_at"]),
        ]
        constraints = [
            models.CheckConstraint(
                name="an_identity_opens_for_a_known_reason", condition=Q(reason__in=OpeningReason.values)
            ),
            models.CheckConstraint(
                name="an_opening_taken_note_of_names_who",
                condition=Q(seen_at__isnull=True, seen_by__isnull=True)
                | Q(seen_at__isnull=False, seen_by__isnull=False),
            ),
            models.CheckConstraint(
                name="nobody_takes_note_of_his_own_opening",
                condition=Q(seen_by__isnull=True) | ~Q(seen_by=F("opened_by")),
            ),
        ]

    def __str__(self) -> str:
        return f"opening of an identity at {self.opened_at:%Y-%m-%d %H:%M}"
