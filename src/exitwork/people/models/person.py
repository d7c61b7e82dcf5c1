# SPDX-License-Identifier: AGPL-3.0-or-later
"""A person: a pseudonym and how he takes things in. The identity lies apart, sealed.

* Nothing in this row says who somebody is; its reference and pseudonym tell nothing (S8).
* A dependant has no ideology, target group, threat or "returning" (S22): those stand in tables
  whose guard refuses a person of that kind.
"""

from __future__ import annotations

from typing import ClassVar

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

    secrecy: ClassVar[Secrecy] = Secrecy(
        Keep.CASE,
        operational="organisation ref pseudonym kind languages reads script sight hearing "
        "created_by created_at version",
    )

    class Meta:
        indexes = [models.Index(fields=["organisation", "created_at"])]
        constraints = [
            models.CheckConstraint(name="a_person_has_a_pseudonym", condition=~models.Q(pseudonym="")),
            models.CheckConstraint(
                name="a_person_is_of_a_known_kind", condition=models.Q(kind__in=PersonKind.values)
            ),
        ]

    def __str__(self) -> str:
        return f"person {self.ref}"

    @property
    def is_dependant(self) -> bool:
        """Whether somebody depends on another, and so has only the short record (S22)."""
        return self.kind == PersonKind.DEPENDANT
