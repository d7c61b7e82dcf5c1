# SPDX-License-Identifier: AGPL-3.0-or-later
"""Contacts: one stream of what was said and done.

* Compulsory is nothing but who it was with: the case (S11).
* A note begins as its author's working note, which nobody else reads and which expires; one
  key makes it part of the case record.
* A correction is a new version; the earlier one stays readable beside it.
* Duration is kept, hours and statistics are derived, never typed twice.
"""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q

from exitwork.cases.models import CasePart
from exitwork.contacts.words import ContactKind, Layer
from exitwork.kernel.secrecy import Keep, Secrecy
from exitwork.programmes.words import NeedArea
from exitwork.vault.fields import SealedText
from exitwork.vault.keys import KeyKind

LONGEST_CONTACT = 24 * 60


class Contact(CasePart):
    """Somebody of the team was in touch: when, how, how long, and what there is to say."""

    ref = models.CharField(max_length=12)  # its own within the case: a network writes millions of notes
    author = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=20, choices=ContactKind.choices)
    layer = models.CharField(max_length=20, choices=Layer.choices)
    happened_at = models.DateTimeField()
    minutes = models.PositiveIntegerField(null=True)
    text = SealedText("contacts.contact.text", kind=KeyKind.CASE, subject="case_id")
    area = models.CharField(max_length=20, choices=NeedArea.choices, blank=True)
    pillar = models.CharField(max_length=40, blank=True)
    method = models.CharField(max_length=60, blank=True)
    written_at = models.DateTimeField()
    expires_at = models.DateTimeField(null=True)
    version = models.PositiveIntegerField(default=1)

    secrecy = Secrecy(
        Keep.CASE,
        operational="ref author kind layer happened_at minutes area pillar method written_at "
        "expires_at version",
        content="text",
    )

    class Meta:
        indexes = [
            models.Index(fields=["case", "-happened_at"]),
            models.Index(fields=["organisation", "author", "-happened_at"]),
        ]
        constraints = [
            models.UniqueConstraint(name="a_contact_has_its_reference_in_the_case", fields=["case", "ref"]),
            models.CheckConstraint(
                name="a_contact_lasts_a_day_at_most",
                condition=Q(minutes__isnull=True) | Q(minutes__lte=LONGEST_CONTACT),
            ),
            models.CheckConstraint(
                name="only_a_working_note_expires",
                condition=Q(layer=Layer.WORKING_NOTE.value, expires_at__isnull=False)
                | Q(layer=Layer.RECORD.value, expires_at__isnull=True),
            ),
        ]

    def __str__(self) -> str:
        return f"contact {self.ref}"

    @property
    def is_record(self) -> bool:
        """Whether it is part of the case record."""
        return self.layer == Layer.RECORD


class EarlierVersion(CasePart):
    """What a contact said before it was corrected, read as the contact was then. Append-only."""

    contact = models.ForeignKey(Contact, on_delete=models.CASCADE, related_name="earlier")
    version = models.PositiveIntegerField()
    author = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    layer = models.CharField(max_length=20, choices=Layer.choices)
    kind = models.CharField(max_length=20, choices=ContactKind.choices)
    happened_at = models.DateTimeField()
    minutes = models.PositiveIntegerField(null=True)
    text = SealedText("contacts.earlierversion.text", kind=KeyKind.CASE, subject="case_id")
    corrected_at = models.DateTimeField()
    corrected_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    secrecy = Secrecy(
        Keep.CASE,
        operational="contact version author layer kind happened_at minutes corrected_at corrected_by",
        content="text",
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(name="one_earlier_version_a_number", fields=["contact", "version"]),
        ]

    def __str__(self) -> str:
        return f"version {self.version}"
