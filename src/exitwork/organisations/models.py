# SPDX-License-Identifier: AGPL-3.0-or-later
"""Organisations, their sites and catchments, who belongs to them and in which role.

* Every organisation is a tenant like every other; no column makes one more than another.
* A membership and a role run from a moment until a moment (half-open, UTC); they are ended,
  never deleted; a membership opens nothing before its person has agreed.
* One account has at most one membership of an organisation at a time (triggers of the second
  migration), and one membership holds a role for one programme once at a time.
* A role without a programme is held for the whole organisation. The programme's key is a plain
  value: programmes stand above this room.
* The place of a site is sealed; a hidden site's place is shown to colleagues only.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any, ClassVar, Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from exitwork.access.models import Governed, GovernedQuerySet, M
from exitwork.kernel.secrecy import Keep, Secrecy
from exitwork.organisations.words import roles
from exitwork.organisations.words.kinds import CIVIL_ONLY, STATE_ONLY, Branch, Kind, Level, Reach, Wording
from exitwork.vault.fields import SealedText
from exitwork.vault.keys import KeyKind

UNSET = "unset"

# What is changed together on the page of settings and kept for every version.
SETTINGS = ("name", "zone", "language", "legal_profile", "wording")


class Organisation(Governed):
    """A tenant: a civil society organisation or an agency of the state."""

    ref = models.CharField(max_length=12, unique=True)
    kind = models.CharField(max_length=10, choices=Kind.choices)
    branch = models.CharField(max_length=20, choices=Branch.choices)
    name = models.CharField(max_length=200)
    zone = models.CharField(max_length=60, default="UTC")
    language = models.CharField(max_length=12, default="en")
    legal_profile = models.CharField(max_length=20, default=UNSET)
    wording = models.CharField(max_length=20, choices=Wording.choices, default=Wording.CLIENT)
    version = models.PositiveIntegerField(default=1)

    secrecy = Secrecy(
        Keep.ORGANISATION, operational="ref kind branch name zone language legal_profile wording version"
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(name="an_organisation_has_its_own_name", fields=["name"]),
            models.CheckConstraint(
                name="an_organisation_is_civil_or_state", condition=Q(kind__in=[kind.value for kind in Kind])
            ),
            models.CheckConstraint(
                name="a_branch_fits_its_kind",
                condition=~Q(kind=Kind.CIVIL.value, branch__in=sorted(b.value for b in STATE_ONLY))
                & ~Q(kind=Kind.STATE.value, branch__in=sorted(b.value for b in CIVIL_ONLY)),
            ),
            models.CheckConstraint(name="an_organisation_has_a_name", condition=~Q(name="")),
        ]

    def __str__(self) -> str:
        return f"organisation {self.ref}"

    def settings_now(self) -> dict[str, str]:
        """What people change together on the page of settings."""
        return {name: getattr(self, name) for name in SETTINGS}


class Edition(Governed):
    """The settings of an organisation in an earlier version: what a stale save is merged with."""

    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="editions")
    version = models.PositiveIntegerField()
    settings = models.JSONField()
    until_at = models.DateTimeField()

    secrecy = Secrecy(Keep.ORGANISATION, operational="organisation version settings until_at")

    class Meta:
        constraints = [
            models.UniqueConstraint(name="a_version_is_kept_once", fields=["organisation", "version"]),
        ]

    def __str__(self) -> str:
        return f"version {self.version}"


class Site(Governed):
    """A place an organisation works from."""

    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="sites")
    ref = models.CharField(max_length=12, unique=True)
    name = models.CharField(max_length=200)
    place = SealedText(
        "organisations.site.place", kind=KeyKind.ORGANISATION, subject="organisation_id", null=True
    )
    is_hidden = models.BooleanField(default=False)
    closed_at = models.DateTimeField(null=True)

    secrecy = Secrecy(
        Keep.ORGANISATION, operational="organisation ref name is_hidden closed_at", identity="place"
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(name="a_site_has_its_own_name", fields=["organisation", "name"]),
        ]

    def __str__(self) -> str:
        return f"site {self.ref}"


class Catchment(Governed):
    """One entry of the area a site works for: where a request goes, and on which level it counts (R10)."""

    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    site = models.ForeignKey(Site, on_delete=models.PROTECT, related_name="catchment")
    reach = models.CharField(max_length=20, choices=Reach.choices)
    code = models.CharField(max_length=100)

    secrecy = Secrecy(Keep.ORGANISATION, operational="organisation site reach code")

    class Meta:
        constraints = [
            models.UniqueConstraint(name="an_area_is_named_once_a_site", fields=["site", "reach", "code"]),
            models.CheckConstraint(name="an_area_is_named", condition=~Q(code="")),
        ]
        indexes = [models.Index(fields=["reach", "code"])]

    def __str__(self) -> str:
        return f"{self.reach} {self.code}"


class DatedQuerySet(GovernedQuerySet[M]):
    """Rows that run from a moment until a moment."""

    def in_force(self, at: datetime) -> Self:
        """Those that hold at this moment."""
        return self.filter(Q(until_at__isnull=True) | Q(until_at__gt=at), from_at__lte=at)

    def not_over(self, at: datetime) -> Self:
        """Those that hold at this moment or will."""
        return self.filter(Q(until_at__isnull=True) | Q(until_at__gt=at))


class MembershipQuerySet(DatedQuerySet["Membership"]):
    """Memberships."""

    def in_force(self, at: datetime) -> Self:
        """Those agreed to that hold at this moment."""
        return super().in_force(at).filter(agreed_at__lte=at)

    def offered(self, at: datetime) -> Self:
        """Those the person has not agreed to yet."""
        return self.not_over(at).filter(agreed_at__isnull=True)


class Membership(Governed):
    """Somebody belongs to an organisation, from a moment until a moment."""

    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="memberships")
    account = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="memberships"
    )
    ref = models.CharField(max_length=12, unique=True)
    function = models.CharField(max_length=120, blank=True)
    from_at = models.DateTimeField()
    # Nobody is made a member without agreeing: who has an account already is asked first.
    agreed_at = models.DateTimeField(null=True)
    until_at = models.DateTimeField(null=True)

    objects: ClassVar[Any] = MembershipQuerySet.as_manager()

    secrecy = Secrecy(Keep.STAFF, operational="organisation account ref function from_at agreed_at until_at")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="one_open_membership_an_organisation",
                fields=["organisation", "account"],
                condition=Q(until_at__isnull=True),
            ),
            models.CheckConstraint(
                name="a_membership_ends_after_it_began",
                condition=Q(until_at__isnull=True) | Q(until_at__gte=F("from_at")),
            ),
        ]
        indexes = [
            models.Index(fields=["organisation", "from_at"]),
            models.Index(fields=["account", "from_at"]),
        ]

    def __str__(self) -> str:
        return f"membership {self.ref}"

    def holds_at(self, at: datetime) -> bool:
        """Whether the membership is in force at this moment."""
        agreed = self.agreed_at is not None and self.agreed_at <= at
        return agreed and self.from_at <= at and (self.until_at is None or at < self.until_at)


class RoleGrantQuerySet(DatedQuerySet["RoleGrant"]):
    """Grants of roles."""


class RoleGrant(Governed):
    """A member holds a role, for the whole organisation or for one programme of it."""

    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    membership = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="grants")
    # The account of the membership, here so that "my own roles" is the row's own column.
    account = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    role = models.CharField(max_length=30, choices=roles.CHOICES)
    programme_id = models.UUIDField(null=True)
    from_at = models.DateTimeField()
    until_at = models.DateTimeField(null=True)

    objects: ClassVar[Any] = RoleGrantQuerySet.as_manager()

    secrecy = Secrecy(
        Keep.STAFF, operational="organisation membership account role programme_id from_at until_at"
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="a_role_is_held_once_for_all_programmes",
                fields=["membership", "role"],
                condition=Q(until_at__isnull=True, programme_id__isnull=True),
            ),
            models.UniqueConstraint(
                name="a_role_is_held_once_a_programme",
                fields=["membership", "role", "programme_id"],
                condition=Q(until_at__isnull=True, programme_id__isnull=False),
            ),
            models.CheckConstraint(
                name="a_role_ends_after_it_began",
                condition=Q(until_at__isnull=True) | Q(until_at__gte=F("from_at")),
            ),
            models.CheckConstraint(
                name="a_role_is_one_of_the_known",
                condition=Q(role__in=[value for value, _label in roles.CHOICES]),
            ),
            models.CheckConstraint(
                name="an_administrator_administers_all",
                condition=~Q(role="administrator") | Q(programme_id__isnull=True),
            ),
        ]
        indexes = [
            models.Index(fields=["organisation", "role", "from_at"]),
            models.Index(fields=["membership", "from_at"]),
        ]

    def __str__(self) -> str:
        return f"{self.role} from {self.from_at:%Y-%m-%d}"

    def holds_at(self, at: datetime) -> bool:
        """Whether the grant is in force at this moment."""
        return self.from_at <= at and (self.until_at is None or at < self.until_at)


def level_of(reaches: set[str]) -> Level:
    """The level a catchment of these reaches makes: the widest of them counts."""
    if Reach.COUNTRY in reaches:
        return Level.NATIONAL
    return Level.REGIONAL if Reach.REGION in reaches else Level.LOCAL
