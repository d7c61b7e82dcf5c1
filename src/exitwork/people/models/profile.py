# SPDX-License-Identifier: AGPL-3.0-or-later
"""Target groups and ideologies of a person worked with in his own right (R31, R41).

* Each row is the whole picture as of one day, sealed; a later row follows it, none is changed.
* It points at ``Person.own_right_id``, which a dependant does not have: the database can't hold
  an ideology or a target group of a child (S22).
* Nothing is inferred: a row says who noted it.
* An organisation adds ideologies of its own; each is reported under one of the common ones, so
  figures of several organisations can be put side by side.
"""

from __future__ import annotations

from django.db import models

from exitwork.access.models import Governed
from exitwork.kernel.references import new_reference
from exitwork.kernel.secrecy import Keep, Secrecy
from exitwork.people.models.person import Person
from exitwork.people.words.choices import Ideology
from exitwork.vault.fields import SealedJSON
from exitwork.vault.keys import KeyKind


class OwnIdeology(Governed):
    """An ideology the organisation names itself, reported under one of the common ones (R41)."""

    organisation = models.ForeignKey("organisations.Organisation", on_delete=models.PROTECT, related_name="+")
    ref = models.CharField(max_length=12, unique=True, default=new_reference, editable=False)
    label = models.CharField(max_length=80)
    reported_as = models.CharField(max_length=20, choices=Ideology.choices)
    added_at = models.DateTimeField()
    retired_at = models.DateTimeField(null=True)

    secrecy = Secrecy(Keep.ORGANISATION, operational="organisation ref label reported_as added_at retired_at")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="an_own_ideology_is_named_once",
                fields=["organisation", "label"],
                condition=models.Q(retired_at__isnull=True),
            ),
            models.CheckConstraint(
                name="an_own_ideology_is_reported_under_a_common_one",
                condition=~models.Q(label="") & models.Q(reported_as__in=Ideology.values),
            ),
        ]

    def __str__(self) -> str:
        return f"ideology {self.ref}"


class Profile(Governed):
    """Where somebody comes from and what he believes or believed, as of a day.

    ``content`` holds ``target_groups`` and ``ideologies`` (codes) and ``words`` (text).
    """

    organisation = models.ForeignKey("organisations.Organisation", on_delete=models.PROTECT, related_name="+")
    person = models.ForeignKey(
        Person, to_field="own_right_id", on_delete=models.PROTECT, related_name="profiles"
    )
    as_of = models.DateField()
    content = SealedJSON("people.profile.content", kind=KeyKind.PERSON, subject="person_id")
    noted_at = models.DateTimeField()
    noted_by = models.UUIDField(null=True)
    noted_by_name = models.CharField(max_length=200)

    secrecy = Secrecy(
        Keep.CASE,
        operational="organisation person as_of noted_at noted_by noted_by_name",
        content="content",
    )

    class Meta:
        indexes = [
            models.Index(fields=["organisation", "as_of"]),
            models.Index(fields=["person", "noted_at"]),
        ]

    def __str__(self) -> str:
        return f"profile as of {self.as_of}"
