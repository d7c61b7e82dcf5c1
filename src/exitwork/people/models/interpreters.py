# SPDX-License-Identifier: AGPL-3.0-or-later
"""Interpreters, and what a client says about them (S24).

* An interpreter gets a time and a place; nothing here points from an interpreter to a case.
* Places and families an interpreter must not be near are sealed under the organisation's key.
* A client's word on an interpreter follows the one before; the last one counts.
"""

from __future__ import annotations

from datetime import date
from typing import Any, ClassVar, Self

from django.db import models
from django.db.models import Q

from exitwork.access.models import Governed, GovernedQuerySet
from exitwork.kernel.references import new_reference
from exitwork.kernel.secrecy import Keep, Secrecy
from exitwork.people.models.person import Person
from exitwork.people.words.choices import Wish
from exitwork.vault.fields import SealedText
from exitwork.vault.keys import KeyKind


class InterpreterQuerySet(GovernedQuerySet["Interpreter"]):
    """Interpreters."""

    def in_use(self) -> Self:
        """Those that may still be asked."""
        return self.filter(retired_at__isnull=True)


class Interpreter(Governed):
    """Somebody who interprets for the organisation, bound to confidentiality from a day on."""

    organisation = models.ForeignKey("organisations.Organisation", on_delete=models.PROTECT, related_name="+")
    ref = models.CharField(max_length=12, unique=True, default=new_reference, editable=False)
    name = models.CharField(max_length=120)
    languages = models.JSONField(default=list)
    confidential_from = models.DateField(null=True)
    not_near = SealedText("people.interpreter.not_near", kind=KeyKind.ORGANISATION, subject="organisation_id")
    added_at = models.DateTimeField()
    retired_at = models.DateTimeField(null=True)

    objects: ClassVar[Any] = InterpreterQuerySet.as_manager()

    secrecy = Secrecy(
        Keep.STAFF,
        operational="organisation ref name languages confidential_from added_at retired_at",
        content="not_near",
    )

    class Meta:
        indexes = [models.Index(fields=["organisation", "retired_at"])]
        constraints = [models.CheckConstraint(name="an_interpreter_has_a_name", condition=~Q(name=""))]

    def __str__(self) -> str:
        return f"interpreter {self.ref}"

    def is_bound(self, on: date) -> bool:
        """Whether confidentiality was signed by this day."""
        return self.confidential_from is not None and self.confidential_from <= on


class InterpreterWish(Governed):
    """A client wants, or does not want, an interpreter. No reason is asked."""

    organisation = models.ForeignKey("organisations.Organisation", on_delete=models.PROTECT, related_name="+")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    interpreter = models.ForeignKey(Interpreter, on_delete=models.PROTECT, related_name="+")
    wish = models.CharField(max_length=12, choices=Wish.choices)
    said_at = models.DateTimeField()
    noted_by = models.UUIDField(null=True)

    secrecy = Secrecy(Keep.CASE, operational="organisation person interpreter wish said_at noted_by")

    class Meta:
        indexes = [models.Index(fields=["organisation", "person", "said_at"])]
        constraints = [
            models.CheckConstraint(name="a_wish_is_of_a_known_kind", condition=Q(wish__in=Wish.values))
        ]

    def __str__(self) -> str:
        return "wish about an interpreter"
