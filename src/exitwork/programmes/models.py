# SPDX-License-Identifier: AGPL-3.0-or-later
"""A programme: a pack as one organisation runs it.

* The pack is a copy: what a case was worked under stays readable when the shipped file changes.
* A new version of the pack is adopted knowingly; every version ever in force is kept.
* A project has an end (S1 L422); an end never lies before the start.
* Nothing here is secret: a programme says its aims, audience and services in public (R13).
"""

from __future__ import annotations

from datetime import date, datetime
from typing import Any, ClassVar, Self

from django.db import models
from django.db.models import F, Q

from exitwork.access.models import Governed, GovernedQuerySet
from exitwork.kernel.phases import Phases
from exitwork.kernel.references import new_reference
from exitwork.kernel.secrecy import Keep, Secrecy
from exitwork.organisations.models import Organisation
from exitwork.programmes.packs.pack import Pack
from exitwork.programmes.packs.reading import read
from exitwork.programmes.words import Form


class ProgrammeQuerySet(GovernedQuerySet["Programme"]):
    """Programmes."""

    def running(self, today: date) -> Self:
        """Those that have begun and not ended on this day."""
        return self.filter(Q(ends__isnull=True) | Q(ends__gte=today), starts__lte=today)

    def ending_by(self, last: date, *, since: date) -> Self:
        """Those whose last day lies from one day to another, both included."""
        return self.filter(ends__gte=since, ends__lte=last)


class Programme(Governed):
    """A programme or project of one organisation, run under a pack."""

    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="programmes")
    ref = models.CharField(max_length=12, unique=True, default=new_reference, editable=False)
    name = models.CharField(max_length=120)
    form = models.CharField(max_length=12, choices=Form.choices)
    starts = models.DateField()
    ends = models.DateField(null=True)
    pack_key = models.CharField(max_length=60)
    pack_version = models.PositiveIntegerField()
    pack_text = models.TextField()
    version = models.PositiveIntegerField(default=1)

    objects: ClassVar[Any] = ProgrammeQuerySet.as_manager()

    secrecy = Secrecy(
        Keep.ORGANISATION,
        public="name form starts ends pack_key pack_version pack_text",
        operational="organisation ref version",
    )

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="a_project_has_an_end",
                condition=~Q(form=Form.PROJECT.value) | Q(ends__isnull=False),
            ),
            models.CheckConstraint(
                name="a_programme_ends_after_it_starts",
                condition=Q(ends__isnull=True) | Q(ends__gte=F("starts")),
            ),
            models.CheckConstraint(name="a_programme_has_a_name", condition=~Q(name="")),
            models.UniqueConstraint(fields=["organisation", "name"], name="a_programme_has_its_own_name"),
        ]
        indexes = [models.Index(fields=["organisation", "ends"], name="programme_ends")]

    def __str__(self) -> str:
        return f"programme {self.ref}"

    @property
    def pack(self) -> Pack:
        """The pack as it is in force here."""
        return read(self.pack_text)

    @property
    def phases(self) -> Phases:
        """The phases a case goes through."""
        return self.pack.phases

    def settings_now(self) -> dict[str, object]:
        """What people edit, as it is now."""
        return {"name": self.name, "starts": self.starts, "ends": self.ends}

    def kept(self) -> dict[str, str | None]:
        """The same as an edition keeps it."""
        ends = self.ends.isoformat() if self.ends else None
        return {"name": self.name, "starts": self.starts.isoformat(), "ends": ends}

    def runs_on(self, day: date) -> bool:
        """Whether it has begun and not ended."""
        return self.starts <= day and (self.ends is None or day <= self.ends)


class Edition(Governed):
    """An earlier version of what people edit of a programme, until a later one took its place."""

    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    programme = models.ForeignKey(Programme, on_delete=models.PROTECT, related_name="editions")
    version = models.PositiveIntegerField()
    settings = models.JSONField()
    until_at = models.DateTimeField()

    secrecy = Secrecy(
        Keep.ORGANISATION, public="settings", operational="organisation programme version until_at"
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["programme", "version"], name="an_edition_of_a_programme_once"),
        ]

    def __str__(self) -> str:
        return f"edition {self.version}"

    def read(self) -> dict[str, object]:
        """What was edited, with days as days."""
        days = {
            name: date.fromisoformat(self.settings[name]) if self.settings[name] else None
            for name in ("starts", "ends")
        }
        return {"name": self.settings["name"], **days}


class AdoptionQuerySet(GovernedQuerySet["Adoption"]):
    """Adopted versions."""

    def at(self, moment: datetime) -> Self:
        """Those adopted by that moment, the latest first: the first of them was in force."""
        return self.filter(from_at__lte=moment).order_by("-from_at")


class Adoption(Governed):
    """One version of a pack, in force for a programme from a moment until the next one."""

    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    programme = models.ForeignKey(Programme, on_delete=models.PROTECT, related_name="adoptions")
    from_at = models.DateTimeField()
    pack_version = models.PositiveIntegerField()
    pack_text = models.TextField()

    objects: ClassVar[Any] = AdoptionQuerySet.as_manager()

    secrecy = Secrecy(
        Keep.ORGANISATION, public="from_at pack_version pack_text", operational="organisation programme"
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["programme", "pack_version"], name="a_version_is_adopted_once"),
            models.UniqueConstraint(fields=["programme", "from_at"], name="one_version_at_a_moment"),
        ]

    def __str__(self) -> str:
        return f"version {self.pack_version}"

    @property
    def pack(self) -> Pack:
        """The pack as it was adopted."""
        return read(self.pack_text)
