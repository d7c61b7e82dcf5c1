# SPDX-License-Identifier: AGPL-3.0-or-later
"""A case belongs to one organisation and runs under one programme.

* An exit case or a concerned person's case is about a person; a consultation need not be.
* ``phase`` and ``closed_at`` say what is so now; the append-only course says how it came.
* Its reference tells nothing (S8); the title people read is the person's pseudonym.
"""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from exitwork.access.models import Governed
from exitwork.cases.words import CaseKind, Confidentiality
from exitwork.kernel.secrecy import Keep, Secrecy
from exitwork.organisations.models import Organisation
from exitwork.people.models import Person
from exitwork.programmes.models import Programme

ABOUT_A_PERSON = [CaseKind.EXIT.value, CaseKind.CONCERNED_PERSON.value, CaseKind.ASSESSMENT_ORDER.value]


class Case(Governed):
    """One piece of exit work, from the first conversation to years after."""

    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="cases")
    programme = models.ForeignKey(Programme, on_delete=models.PROTECT, related_name="cases")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="cases")
    ref = models.CharField(max_length=12, unique=True)
    kind = models.CharField(max_length=20, choices=CaseKind.choices)
    confidentiality = models.CharField(max_length=20, choices=Confidentiality.choices)
    phase = models.CharField(max_length=40)
    jurisdiction = models.CharField(max_length=20)
    works_without_file = models.BooleanField(default=False)
    opened_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True)
    version = models.PositiveIntegerField(default=1)

    secrecy = Secrecy(
        Keep.CASE,
        operational="organisation programme person ref kind confidentiality phase jurisdiction "
        "works_without_file opened_at closed_at version",
    )

    class Meta:
        indexes = [
            models.Index(fields=["organisation", "-opened_at"], name="cases_of_organisation"),
            models.Index(fields=["organisation", "programme", "-opened_at"], name="cases_of_programme"),
        ]
        constraints = [
            models.CheckConstraint(
                name="a_case_about_a_person_has_one",
                condition=Q(person__isnull=False) | ~Q(kind__in=ABOUT_A_PERSON),
            ),
            models.CheckConstraint(
                name="a_case_closes_after_it_opened",
                condition=Q(closed_at__isnull=True) | Q(closed_at__gte=F("opened_at")),
            ),
            models.CheckConstraint(
                name="a_case_is_of_a_known_kind", condition=Q(kind__in=[kind.value for kind in CaseKind])
            ),
        ]

    def __str__(self) -> str:
        return f"case {self.ref}"

    @property
    def is_open(self) -> bool:
        """Whether it is being worked on."""
        return self.closed_at is None
