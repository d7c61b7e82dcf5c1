# SPDX-License-Identifier: AGPL-3.0-or-later
"""A legal profile as a value: references, answers, defaults; no advice.

* Everything has an evidence tag: "S" read in a source, "OK" general knowledge to be verified.
* Where nothing is known the answer is ``NOT_REVIEWED``, and its sentence says who fills it in.
* A profile is reviewed only when a named person said so on a date.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

from django.utils.translation import gettext_lazy as _

NOT_REVIEWED = _("Not reviewed: fill in with your lawyer.")


class Answer(StrEnum):
    """Yes, no, or nobody has looked yet."""

    YES = "yes"
    NO = "no"
    NOT_REVIEWED = "not reviewed"


ANSWERS = {Answer.YES: _("Yes"), Answer.NO: _("No"), Answer.NOT_REVIEWED: NOT_REVIEWED}


@dataclass(frozen=True, slots=True)
class Duty:
    """A duty to report, named shortly and neutrally."""

    code: str
    says: str
    reference: str
    evidence: str


@dataclass(frozen=True, slots=True)
class Ground:
    """A ground on which something may leave; ``dpv`` are codes of the W3C Data Privacy Vocabulary."""

    code: str
    dpv: tuple[str, ...]
    reference: str
    evidence: str


@dataclass(frozen=True, slots=True)
class Stated:
    """Something else stated about this jurisdiction that people here should know."""

    says: str
    reference: str
    evidence: str


@dataclass(frozen=True, slots=True)
class Retention:
    """How long things live unless a programme says otherwise (practice.md 5.5)."""

    call_text_days: int = 90
    referral_not_taken_months: int = 6
    working_note_days: int = 60
    closed_case_years: int = 3
    minor_review_age: int = 18
    journal_years: int = 5


@dataclass(frozen=True, slots=True)
class Profile:
    """What one jurisdiction asks."""

    name: str
    jurisdiction: str
    version: str
    holidays: str
    reviewed: bool
    reviewed_by: str
    reviewed_on: date | None
    duties: tuple[Duty, ...]
    grounds: tuple[Ground, ...]
    stated: tuple[Stated, ...]
    age_of_consent: int | None
    privilege: Mapping[str, Answer]
    retention: Retention

    @property
    def warning(self) -> Any:
        """The sentence to show wherever the profile is used; empty once reviewed."""
        if self.reviewed:
            return ""
        return _(
            "Nobody has reviewed this legal profile. Nothing in it is legal advice; have your lawyer read it."
        )

    @property
    def duties_warning(self) -> Any:
        """The sentence to show where duties to report are listed."""
        return "" if self.reviewed and self.duties else NOT_REVIEWED

    @property
    def age_of_consent_says(self) -> Any:
        """The age from which a young person may agree to counselling alone, or that nobody looked."""
        return NOT_REVIEWED if self.age_of_consent is None else self.age_of_consent

    def may_refuse_testimony(self, profession: str) -> Answer:
        """Whether this profession may refuse to testify here (S31)."""
        return self.privilege.get(profession, Answer.NOT_REVIEWED)
