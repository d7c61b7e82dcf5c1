# SPDX-License-Identifier: AGPL-3.0-or-later
"""A person: a pseudonym and how he takes things in. The identity lies apart, sealed.

* Nothing in this row says who somebody is; its reference and pseudonym tell nothing (S8).
* A dependant has no ideology, target group, threat or "returning" (S22): the tables that hold
  those point at ``own_right_id``, which is empty for a dependant; so the database itself can't
  hold such a row of a child.
"""

from __future__ import annotations

from datetime import datetime
from typing import Self
from uuid import UUID, uuid4

from django.conf import settings
from django.db import models

from exitwork.access.models import Governed
from exitwork.kernel.references import new_reference
from exitwork.kernel.secrecy import Keep, Secrecy
from exitwork.people.words.choices import Hearing, PersonKind, Reads, Script, Sight


class Person(Governed):
    """Somebody the work is about or for, under a pseudonym."""

    organisation = models.ForeignKey("organisations.Organisation", on_delete=models.PROTECT, related_name="+")
    ref = models.CharField(max_length=12, unique=True, default=new_reference, editable=False)
    pseudonym = models.CharField(max_length=60)
    kind = models.CharField(max_length=12, choices=PersonKind.choices, default=PersonKind.PERSON)
    # The same id again for somebody worked with in his own right; empty for a dependant (S22).
    own_right_id = models.UUIDField(null=True, unique=True, editable=False)
    languages = models.JSONField(default=list)
    reads = models.CharField(max_length=12, choices=Reads.choices, blank=True, default=Reads.UNKNOWN)
    script = models.CharField(max_length=12, choices=Script.choices, blank=True, default=Script.UNKNOWN)
    sight = models.CharField(max_length=12, choices=Sight.choices, blank=True, default=Sight.UNKNOWN)
    hearing = models.CharField(max_length=12, choices=Hearing.choices, blank=True, default=Hearing.UNKNOWN)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    created_at = models.DateTimeField()
    version = models.PositiveIntegerField(default=1)

    secrecy = Secrecy(
        Keep.CASE,
        operational="organisation ref pseudonym kind own_right_id languages reads script sight "
        "hearing created_by created_at version",
    )

    class Meta:
        indexes = [models.Index(fields=["organisation", "created_at"])]
        constraints = [
            models.CheckConstraint(name="a_person_has_a_pseudonym", condition=~models.Q(pseudonym="")),
            models.CheckConstraint(
                name="a_person_is_of_a_known_kind", condition=models.Q(kind__in=PersonKind.values)
            ),
            models.CheckConstraint(
                name="a_dependant_has_no_record_in_his_own_right",
                condition=models.Q(own_right_id__isnull=True)
                | models.Q(kind=PersonKind.PERSON, own_right_id=models.F("id")),
            ),
        ]

    def __str__(self) -> str:
        return f"person {self.ref}"

    # Factories

    @classmethod
    def called(
        cls,
        pseudonym: str,
        *,
        organisation_id: UUID,
        created_by_id: UUID | None,
        at: datetime,
        kind: PersonKind,
    ) -> Self:
        """A new person under this pseudonym, not yet saved."""
        key = uuid4()
        return cls(
            id=key,
            own_right_id=key if kind is PersonKind.PERSON else None,
            kind=kind,
            pseudonym=pseudonym,
            organisation_id=organisation_id,
            created_by_id=created_by_id,
            created_at=at,
        )

    # Properties

    @property
    def is_dependant(self) -> bool:
        """Whether somebody depends on another, and so has only the short record (S22)."""
        return self.kind == PersonKind.DEPENDANT
