# SPDX-License-Identifier: AGPL-3.0-or-later
"""Tasks: what somebody has still to do, about a case or about none.

* About a case the words are sealed under the case's key and read by whoever reads the case;
  about none they are sealed under the organisation's and read by whom it concerns.
* Putting off has a reason, one of five words, and leaves the day it was due.
"""

from __future__ import annotations

from datetime import date
from typing import Any, ClassVar, Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Coalesce

from exitwork.access.models import Governed, GovernedQuerySet
from exitwork.agenda.words import Arose, WaitsFor
from exitwork.cases.models import Case
from exitwork.kernel.secrecy import Keep, Secrecy
from exitwork.organisations.models import Organisation
from exitwork.vault.fields import SealedText
from exitwork.vault.keys import KeyKind


class TaskQuerySet(GovernedQuerySet["Task"]):
    """Tasks."""

    def open(self) -> Self:
        """Those nobody has done."""
        return self.filter(done_at__isnull=True)

    def standing(self) -> Self:
        """Each with ``stands_on``: the day it is due, or was put off to."""
        return self.annotate(stands_on=Coalesce("put_off_until", "due"))

    def by_day(self, on: date) -> Self:
        """Those that stand on a day or before, or have no day at all."""
        return self.standing().filter(Q(stands_on__lte=on) | Q(stands_on__isnull=True))


class Task(Governed):
    """Something to do."""

    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    case = models.ForeignKey(Case, on_delete=models.PROTECT, null=True, related_name="+")
    ref = models.CharField(max_length=12, unique=True)
    account = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    title = SealedText("agenda.task.title", kind=KeyKind.CASE, subject="case_id")
    own_title = SealedText("agenda.task.own_title", kind=KeyKind.ORGANISATION, subject="organisation_id")
    due = models.DateField(null=True)
    put_off_until = models.DateField(null=True)
    arose = models.CharField(max_length=20, choices=Arose.choices, default=Arose.BY_HAND)
    arose_ref = models.CharField(max_length=12, blank=True)
    set_at = models.DateTimeField()
    set_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    done_at = models.DateTimeField(null=True)
    done_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    version = models.PositiveIntegerField(default=1)

    objects: ClassVar[Any] = TaskQuerySet.as_manager()

    secrecy = Secrecy(
        Keep.CASE,
        operational="organisation case ref account due put_off_until arose arose_ref set_at set_by "
        "done_at done_by version",
        content="title own_title",
    )

    class Meta:
        indexes = [
            models.Index(fields=["organisation", "account", "done_at", "due"], name="tasks_of_account"),
            models.Index(fields=["case", "done_at"], name="tasks_of_case"),
        ]
        constraints = [
            models.CheckConstraint(
                name="a_task_is_done_by_somebody",
                condition=Q(done_at__isnull=True, done_by__isnull=True)
                | Q(done_at__isnull=False, done_by__isnull=False),
            ),
            models.CheckConstraint(
                name="a_task_is_done_after_it_was_set",
                condition=Q(done_at__isnull=True) | Q(done_at__gte=F("set_at")),
            ),
        ]

    def __str__(self) -> str:
        return f"task {self.ref}"

    @property
    def is_open(self) -> bool:
        """Whether it has still to be done."""
        return self.done_at is None

    @property
    def words(self) -> str:
        """What is to do."""
        sealed = self.title if self.case_id else self.own_title
        return str(sealed.open())

    @property
    def day(self) -> date | None:
        """The day it stands on: when it is due, or was put off to."""
        return self.put_off_until or self.due

    def is_overdue(self, on: date) -> bool:
        """Whether the day it stands on is past."""
        return self.is_open and self.day is not None and self.day < on


class PutOff(Governed):
    """A task was put off, and why. Append-only."""

    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    task = models.ForeignKey(Task, on_delete=models.PROTECT, related_name="put_offs")
    until = models.DateField()
    why = models.CharField(max_length=20, choices=WaitsFor.choices)
    at = models.DateTimeField()
    by_account = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    secrecy = Secrecy(Keep.CASE, operational="organisation task until why at by_account")

    class Meta:
        constraints = [
            models.CheckConstraint(name="a_task_waits_for_something", condition=Q(why__in=WaitsFor.values)),
        ]

    def __str__(self) -> str:
        return "put off"


class TaskVersion(Governed):
    """What a task said before it was changed. Append-only."""

    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    case = models.ForeignKey(Case, on_delete=models.PROTECT, null=True, related_name="+")
    task = models.ForeignKey(Task, on_delete=models.PROTECT, related_name="versions")
    version = models.PositiveIntegerField()
    account = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    title = SealedText("agenda.taskversion.title", kind=KeyKind.CASE, subject="case_id")
    own_title = SealedText(
        "agenda.taskversion.own_title", kind=KeyKind.ORGANISATION, subject="organisation_id"
    )
    due = models.DateField(null=True)
    until_at = models.DateTimeField()

    secrecy = Secrecy(
        Keep.CASE,
        operational="organisation case task version account due until_at",
        content="title own_title",
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(name="one_earlier_task_a_version", fields=["task", "version"]),
        ]

    def __str__(self) -> str:
        return f"version {self.version}"
