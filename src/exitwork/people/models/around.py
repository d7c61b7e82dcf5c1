# SPDX-License-Identifier: AGPL-3.0-or-later
"""Who depends on a person and who stands around him.

* A dependant has his own key and his own short record; it stays when the guardian's record is
  erased and is in no export of hers (S22).
* A relation is a description inside one record, sealed under that person's key. It never points
  at another record (S4): there is no column that could.
"""

from __future__ import annotations

from typing import Any, ClassVar, Self

from django.db import models
from django.db.models import F, Q

from exitwork.access.models import Governed, GovernedQuerySet
from exitwork.kernel.references import new_reference
from exitwork.kernel.secrecy import Keep, Secrecy
from exitwork.people.models.person import Person
from exitwork.people.words.choices import Decides, Knows, Pull, RelationKind
from exitwork.vault.fields import SealedText
from exitwork.vault.keys import KeyKind


class Dependant(Governed):
    """The short record of a child or other dependant: who decides, health, school, papers."""

    organisation = models.ForeignKey("organisations.Organisation", on_delete=models.PROTECT, related_name="+")
    person = models.OneToOneField(Person, on_delete=models.PROTECT, related_name="dependant")
    guardian = models.ForeignKey(
        Person, null=True, on_delete=models.PROTECT, related_name="dependants", db_index=True
    )
    guardian_words = SealedText("people.dependant.guardian_words", kind=KeyKind.PERSON, subject="person_id")
    decides = models.CharField(max_length=20, choices=Decides.choices, blank=True, default=Decides.UNKNOWN)
    health = SealedText("people.dependant.health", kind=KeyKind.PERSON, subject="person_id")
    school = SealedText("people.dependant.school", kind=KeyKind.PERSON, subject="person_id")
    papers = SealedText("people.dependant.papers", kind=KeyKind.PERSON, subject="person_id")
    # The year after the eighteenth birthday begins, no more exact: a birthday is an identity.
    review_on = models.DateField(null=True)
    version = models.PositiveIntegerField(default=1)

    secrecy = Secrecy(
        Keep.CASE,
        operational="organisation person guardian decides review_on version",
        content="guardian_words health school papers",
    )

    class Meta:
        indexes = [models.Index(fields=["organisation", "review_on"])]
        constraints = [
            models.CheckConstraint(
                name="nobody_is_his_own_guardian",
                condition=Q(guardian__isnull=True) | ~Q(guardian=F("person")),
            ),
        ]

    def __str__(self) -> str:
        return "dependant"


class RelationQuerySet(GovernedQuerySet["Relation"]):
    """Relations."""

    def current(self) -> Self:
        """Those that were not ended."""
        return self.filter(ended_at__isnull=True)


class Relation(Governed):
    """Somebody around the client, as the client describes him."""

    organisation = models.ForeignKey("organisations.Organisation", on_delete=models.PROTECT, related_name="+")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="relations")
    ref = models.CharField(max_length=12, unique=True, default=new_reference, editable=False)
    kind = models.CharField(max_length=12, choices=RelationKind.choices)
    pull = models.CharField(max_length=12, choices=Pull.choices, blank=True, default=Pull.UNKNOWN)
    knows = models.CharField(max_length=12, choices=Knows.choices, blank=True, default=Knows.UNKNOWN)
    who = SealedText("people.relation.who", kind=KeyKind.PERSON, subject="person_id")
    words = SealedText("people.relation.words", kind=KeyKind.PERSON, subject="person_id")
    noted_at = models.DateTimeField()
    noted_by = models.UUIDField(null=True)
    ended_at = models.DateTimeField(null=True)

    objects: ClassVar[Any] = RelationQuerySet.as_manager()

    secrecy = Secrecy(
        Keep.CASE,
        operational="organisation person ref kind pull knows noted_at noted_by ended_at",
        content="who words",
    )

    class Meta:
        indexes = [models.Index(fields=["organisation", "person"])]
        constraints = [
            models.CheckConstraint(
                name="a_relation_is_of_a_known_kind", condition=Q(kind__in=RelationKind.values)
            ),
            models.CheckConstraint(
                name="a_relation_ends_after_it_was_noted",
                condition=Q(ended_at__isnull=True) | Q(ended_at__gte=F("noted_at")),
            ),
        ]

    def __str__(self) -> str:
        return f"relation {self.ref}"
