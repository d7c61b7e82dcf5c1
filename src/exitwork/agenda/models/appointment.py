# SPDX-License-Identifier: AGPL-3.0-or-later
"""Appointments of a case: when, where it is safe, with whom, and how it went.

* ``state`` says how it stands now; the append-only steps say how it came, and hold what stood
  there before every change.
* ``number`` is counted per worker: it is all that a calendar outside this program shows (S7).
* A visit in prison says on what ground one goes in (S27).
"""

from __future__ import annotations

from datetime import datetime
from typing import Any, ClassVar, Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.dateparse import parse_datetime

from exitwork.access.models import GovernedQuerySet
from exitwork.agenda.words import Happened, Kind, PrisonFooting, State, Whose
from exitwork.cases.models import CasePart
from exitwork.kernel.secrecy import Keep, Secrecy
from exitwork.people.models import Interpreter
from exitwork.vault.fields import SealedJSON, SealedText
from exitwork.vault.keys import KeyKind


class AppointmentQuerySet(GovernedQuerySet["Appointment"]):
    """Appointments."""

    def planned(self) -> Self:
        """Those that nobody has said an outcome of."""
        return self.filter(state=State.PLANNED)

    def without_outcome(self, at: datetime) -> Self:
        """Those that are over and of which nobody has said how they went."""
        return self.planned().filter(ends_at__lte=at)

    def touching(self, from_at: datetime, until_at: datetime) -> Self:
        """Those that take some of a stretch of time."""
        return self.filter(starts_at__lt=until_at, ends_at__gt=from_at)


class Appointment(CasePart):
    """Somebody of the team is to meet somebody."""

    ref = models.CharField(max_length=12, unique=True)
    account = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    number = models.PositiveIntegerField()
    kind = models.CharField(max_length=20, choices=Kind.choices)
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    place = SealedText("agenda.appointment.place", kind=KeyKind.CASE, subject="case_id")
    with_whom = SealedText("agenda.appointment.with_whom", kind=KeyKind.CASE, subject="case_id")
    needs_interpreter = models.BooleanField(default=False)
    interpreter = models.ForeignKey(Interpreter, on_delete=models.PROTECT, null=True, related_name="+")
    prison_footing = models.CharField(max_length=20, choices=PrisonFooting.choices, blank=True)
    permit = SealedText("agenda.appointment.permit", kind=KeyKind.CASE, subject="case_id")
    state = models.CharField(max_length=20, choices=State.choices, default=State.PLANNED)
    planned_at = models.DateTimeField()
    version = models.PositiveIntegerField(default=1)

    objects: ClassVar[Any] = AppointmentQuerySet.as_manager()

    secrecy = Secrecy(
        Keep.CASE,
        operational="ref account number kind starts_at ends_at needs_interpreter interpreter "
        "prison_footing state planned_at version",
        content="place with_whom permit",
    )

    class Meta:
        indexes = [
            models.Index(fields=["organisation", "account", "starts_at"], name="appointments_of_account"),
            models.Index(fields=["case", "-starts_at"], name="appointments_of_case"),
        ]
        constraints = [
            models.UniqueConstraint(name="appointments_are_counted", fields=["account", "number"]),
            models.CheckConstraint(
                name="an_appointment_ends_after_it_starts", condition=Q(ends_at__gt=F("starts_at"))
            ),
            models.CheckConstraint(
                name="a_prison_visit_says_on_what_ground",
                condition=Q(kind=Kind.PRISON_VISIT.value, prison_footing__in=PrisonFooting.values)
                | (~Q(kind=Kind.PRISON_VISIT.value) & Q(prison_footing="")),
            ),
            models.CheckConstraint(
                name="an_interpreter_comes_where_one_is_needed",
                condition=Q(interpreter__isnull=True) | Q(needs_interpreter=True),
            ),
            models.CheckConstraint(name="an_appointment_stands_somehow", condition=Q(state__in=State.values)),
        ]

    def __str__(self) -> str:
        return f"appointment {self.ref}"

    def is_over(self, at: datetime) -> bool:
        """Whether its time has passed."""
        return self.ends_at <= at

    @property
    def minutes(self) -> int:
        """How long it is planned to take."""
        return int((self.ends_at - self.starts_at).total_seconds() // 60)


class Step(CasePart):
    """Something happened to an appointment. Append-only.

    ``before`` is what a change or a move replaced: the values by name, sealed.
    """

    appointment = models.ForeignKey(Appointment, on_delete=models.PROTECT, related_name="steps")
    happened = models.CharField(max_length=20, choices=Happened.choices)
    whose = models.CharField(max_length=20, choices=Whose.choices, blank=True)
    at = models.DateTimeField()
    by_account = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    version = models.PositiveIntegerField()
    before = SealedJSON("agenda.step.before", kind=KeyKind.CASE, subject="case_id")

    secrecy = Secrecy(
        Keep.CASE, operational="appointment happened whose at by_account version", content="before"
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(name="one_step_a_version", fields=["appointment", "version"]),
            models.CheckConstraint(
                name="a_step_is_of_a_known_kind", condition=Q(happened__in=Happened.values)
            ),
            models.CheckConstraint(
                name="a_move_or_cancellation_says_whose_doing",
                condition=~Q(happened__in=[Happened.MOVED.value, Happened.CANCELLED.value])
                | Q(whose__in=Whose.values),
            ),
        ]

    def __str__(self) -> str:
        return self.happened

    @property
    def moved_from(self) -> datetime | None:
        """When the appointment was to begin before this move; None for any other step."""
        return parse_datetime(self.before.open()["starts_at"]) if self.happened == Happened.MOVED else None
