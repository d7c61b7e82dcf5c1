# SPDX-License-Identifier: AGPL-3.0-or-later
"""The course of a case: the phases it entered, and how it ended."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from exitwork.cases.models.part import CasePart
from exitwork.cases.words import Ending
from exitwork.kernel.secrecy import Keep, Secrecy
from exitwork.vault.fields import SealedText
from exitwork.vault.keys import KeyKind


class PhaseStep(CasePart):
    """A case entered a phase. Append-only; the last step is the case's phase."""

    phase = models.CharField(max_length=40)
    from_at = models.DateTimeField()
    reason = SealedText("cases.phasestep.reason", kind=KeyKind.CASE, subject="case_id")

    secrecy = Secrecy(Keep.CASE, operational="phase from_at", content="reason")

    class Meta:
        constraints = [
            models.UniqueConstraint(name="one_phase_begins_at_a_time", fields=["case", "from_at"]),
        ]

    def __str__(self) -> str:
        return f"phase {self.phase}"


class Closing(CasePart):
    """A case ended, for a reason. Reopening adds a moment and keeps the row."""

    ending = models.CharField(max_length=20, choices=Ending.choices)
    closed_at = models.DateTimeField()
    reopened_at = models.DateTimeField(null=True)
    remark = SealedText("cases.closing.remark", kind=KeyKind.CASE, subject="case_id")

    secrecy = Secrecy(Keep.CASE, operational="ending closed_at reopened_at", content="remark")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="a_case_is_closed_once_at_a_time",
                fields=["case"],
                condition=Q(reopened_at__isnull=True),
            ),
            models.CheckConstraint(
                name="a_case_is_reopened_after_it_closed",
                condition=Q(reopened_at__isnull=True) | Q(reopened_at__gte=F("closed_at")),
            ),
        ]

    def __str__(self) -> str:
        return "closing"
