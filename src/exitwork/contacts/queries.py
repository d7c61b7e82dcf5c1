# SPDX-License-Identifier: AGPL-3.0-or-later
"""Reads worth a name: the stream of a case, what a note said before, what expires."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta

from django.db.models import QuerySet

from exitwork.cases.models import Case
from exitwork.contacts.models import Contact, EarlierVersion
from exitwork.contacts.words import Layer
from exitwork.kernel.standing import Standing

TOLD_BEFORE = timedelta(days=14)
CODED_WITHIN = timedelta(days=28)


def stream(case: Case, *, by: Standing, at: datetime) -> QuerySet[Contact, Contact]:
    """The contacts of a case that may be read, newest first."""
    readable = Contact.objects.visible_in(case, by, at, column="case")
    return readable.select_related("author").order_by("-happened_at", "-written_at")


def earlier_versions(contact: Contact, *, by: Standing, at: datetime) -> Iterable[EarlierVersion]:
    """What a note said before, latest first."""
    readable = EarlierVersion.objects.visible_in(contact.case, by, at, column="case")
    return readable.filter(contact=contact).select_related("corrected_by").order_by("-version")


def to_code(*, by: Standing, at: datetime) -> QuerySet[Contact, Contact]:
    """My notes of the last weeks that have no need area yet, oldest first (S11: codes come after)."""
    mine = Contact.objects.visible_to(by, at).filter(
        author=by.me, area="", happened_at__gte=at - CODED_WITHIN
    )
    return mine.select_related("case__person", "case__programme").order_by("happened_at")


def pillars(case: Case) -> list[tuple[str, str]]:
    """The pillars of the case's programme, to choose from."""
    return [(pillar.key, pillar.label) for pillar in case.programme.pack.pillars]


def expiring(*, by: Standing, at: datetime) -> QuerySet[Contact, Contact]:
    """My working notes that go within two weeks, soonest first (S11: it is said beforehand)."""
    mine = Contact.objects.visible_to(by, at).filter(author=by.me, layer=Layer.WORKING_NOTE)
    return mine.filter(expires_at__lte=at + TOLD_BEFORE).select_related("case").order_by("expires_at")
