# SPDX-License-Identifier: AGPL-3.0-or-later
"""How a client may be contacted without anyone learning why (S7).

* An organisation shows several neutral faces; the database refuses the plainest telling words,
  the action the whole list.
* Nobody is contacted before it is settled how: no profile means no message.
* While a stop is open, nothing goes out. A stop is lifted by a second person, or by the same
  person after a meeting; the database keeps both.
"""

from __future__ import annotations

from typing import Any, ClassVar, Self

from django.db import models
from django.db.models import F, Q

from exitwork.access.models import Governed, GovernedQuerySet
from exitwork.kernel.references import new_reference
from exitwork.kernel.secrecy import Keep, Secrecy
from exitwork.people.models.person import Person
from exitwork.people.words.choices import Lifted, Paper
from exitwork.vault.fields import SealedText
from exitwork.vault.keys import KeyKind

_PLAINLY_TELLING = ("exit", "derad", "terror", "extrem")
_SHOWN = ("name", "sender", "letterhead", "calendar_title", "link_host")


def _tells_nothing() -> Q:
    condition = Q()
    for column in _SHOWN:
        for word in _PLAINLY_TELLING:
            condition &= ~Q(**{f"{column}__icontains": word})
    return condition


class FaceQuerySet(GovernedQuerySet["Face"]):
    """Faces."""

    def in_use(self) -> Self:
        """Those that may still be chosen."""
        return self.filter(retired_at__isnull=True)


class Face(Governed):
    """A neutral appearance of the organisation: what a client's phone, letterbox and calendar show."""

    organisation = models.ForeignKey("organisations.Organisation", on_delete=models.PROTECT, related_name="+")
    ref = models.CharField(max_length=12, unique=True, default=new_reference, editable=False)
    name = models.CharField(max_length=80)
    sender = models.CharField(max_length=80)
    letterhead = models.CharField(max_length=200, blank=True)
    calendar_title = models.CharField(max_length=80)
    link_host = models.CharField(max_length=120, blank=True)
    made_at = models.DateTimeField()
    retired_at = models.DateTimeField(null=True)

    objects: ClassVar[Any] = FaceQuerySet.as_manager()

    secrecy = Secrecy(
        Keep.ORGANISATION,
        operational="organisation ref name sender letterhead calendar_title link_host made_at retired_at",
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="a_face_in_use_has_its_own_name",
                fields=["organisation", "name"],
                condition=Q(retired_at__isnull=True),
            ),
            models.CheckConstraint(name="a_face_shows_something", condition=~Q(name="") & ~Q(sender="")),
            models.CheckConstraint(name="a_face_tells_nothing", condition=_tells_nothing()),
        ]

    def __str__(self) -> str:
        return f"face {self.ref}"

    @property
    def shown(self) -> tuple[str, ...]:
        """Everything of it that somebody may read over the client's shoulder."""
        return tuple(str(getattr(self, column)) for column in _SHOWN)


class ContactSafety(Governed):
    """What was settled with the client about being contacted.

    ``hours`` maps a channel to weekly hours as the kernel reads them (``Mon-Fri 17:00-20:00``);
    a channel that is not named is not allowed.
    """

    organisation = models.ForeignKey("organisations.Organisation", on_delete=models.PROTECT, related_name="+")
    person = models.OneToOneField(Person, on_delete=models.PROTECT, related_name="safety")
    face = models.ForeignKey(Face, on_delete=models.PROTECT, related_name="+")
    hours = models.JSONField(default=dict)
    zone = models.CharField(max_length=60)
    no_voicemail = models.BooleanField(default=True)
    paper = models.CharField(max_length=12, choices=Paper.choices, default=Paper.NONE)
    saved_as = SealedText("people.safety.saved_as", kind=KeyKind.PERSON, subject="person_id")
    paper_where = SealedText("people.safety.paper_where", kind=KeyKind.PERSON, subject="person_id")
    question = SealedText("people.safety.question", kind=KeyKind.PERSON, subject="person_id")
    answer = SealedText("people.safety.answer", kind=KeyKind.PERSON, subject="person_id")
    not_alone = SealedText("people.safety.not_alone", kind=KeyKind.PERSON, subject="person_id")
    settled_at = models.DateTimeField()
    version = models.PositiveIntegerField(default=1)

    secrecy = Secrecy(
        Keep.IDENTITY,
        operational="organisation person face hours zone no_voicemail paper settled_at version",
        identity="saved_as paper_where question answer not_alone",
    )

    class Meta:
        indexes = [models.Index(fields=["organisation"])]
        constraints = [
            models.CheckConstraint(
                name="paper_is_settled_in_known_words", condition=Q(paper__in=Paper.values)
            ),
        ]

    def __str__(self) -> str:
        return "contact safety"


class StopQuerySet(GovernedQuerySet["Stop"]):
    """Stops of everything outgoing."""

    def open(self) -> Self:
        """Those nobody has lifted."""
        return self.filter(lifted_at__isnull=True)


class Stop(Governed):
    """The phone is no longer safe: nothing goes out until this is lifted."""

    organisation = models.ForeignKey("organisations.Organisation", on_delete=models.PROTECT, related_name="+")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="stops")
    stopped_at = models.DateTimeField()
    stopped_by = models.UUIDField()
    stopped_by_name = models.CharField(max_length=200)
    lifted_at = models.DateTimeField(null=True)
    lifted_by = models.UUIDField(null=True)
    lifted_by_name = models.CharField(max_length=200, blank=True)
    lifted_how = models.CharField(max_length=20, choices=Lifted.choices, blank=True)
    met_at = models.DateTimeField(null=True)

    objects: ClassVar[Any] = StopQuerySet.as_manager()

    secrecy = Secrecy(
        Keep.CASE,
        operational="organisation person stopped_at stopped_by stopped_by_name lifted_at lifted_by "
        "lifted_by_name lifted_how met_at",
    )

    class Meta:
        indexes = [models.Index(fields=["organisation", "lifted_at"])]
        constraints = [
            models.UniqueConstraint(
                name="one_open_stop_a_person", fields=["person"], condition=Q(lifted_at__isnull=True)
            ),
            models.CheckConstraint(
                name="a_lifted_stop_says_how_and_by_whom",
                condition=Q(
                    lifted_at__isnull=True, lifted_by__isnull=True, lifted_how="", met_at__isnull=True
                )
                | Q(lifted_at__gte=F("stopped_at"), lifted_by__isnull=False, lifted_how__in=Lifted.values),
            ),
            models.CheckConstraint(
                name="a_stop_is_lifted_by_another_or_after_a_meeting",
                condition=Q(lifted_at__isnull=True)
                | (Q(lifted_how=Lifted.SECOND_PERSON) & ~Q(lifted_by=F("stopped_by")))
                | Q(lifted_how=Lifted.MEETING, met_at__gt=F("stopped_at"), met_at__lte=F("lifted_at")),
            ),
        ]

    def __str__(self) -> str:
        return f"stop of {self.stopped_at:%Y-%m-%d %H:%M}"
