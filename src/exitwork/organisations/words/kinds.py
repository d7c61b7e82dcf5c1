# SPDX-License-Identifier: AGPL-3.0-or-later
"""Kinds and branches of organisations, how they call the people they work with, and reaches of sites.

* Civil society and state are equals: no rule reads a branch to favour anyone.
* A branch that only the state can be is never civil, and a CSO is never state; the database
  keeps it. Health services and networks may be either.
"""

from __future__ import annotations

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from exitwork.kernel.standing import OrganisationKind


class Kind(TextChoices):
    """Civil society or state."""

    CIVIL = OrganisationKind.CIVIL.value, _("Civil society")
    STATE = OrganisationKind.STATE.value, pgettext_lazy("of an organisation", "State")


class Branch(TextChoices):
    """What an organisation does, within its kind."""

    CSO = "cso", _("Civil society organisation")
    PRISON = "prison", _("Prison")
    PROBATION = "probation", _("Probation service")
    POLICE = "police", _("Police or security service")
    MUNICIPALITY = "municipality", _("Municipality")
    JOB_CENTRE = "job-centre", _("Job centre")
    YOUTH_OFFICE = "youth-office", _("Youth office")
    HEALTH = "health", _("Health service")
    COURT = "court", _("Court")
    MINISTRY = "ministry", _("Ministry or authority")
    NETWORK = "network", _("Network or umbrella organisation")


CIVIL_ONLY = frozenset({Branch.CSO})
EITHER = frozenset({Branch.HEALTH, Branch.NETWORK})
STATE_ONLY = frozenset(Branch) - CIVIL_ONLY - EITHER


def branch_fits(kind: str, branch: str) -> bool:
    """Whether an organisation of this kind can be of this branch."""
    return branch not in (STATE_ONLY if kind == Kind.CIVIL else CIVIL_ONLY)


class Wording(TextChoices):
    """What people in exit work are called where no programme says otherwise (R8)."""

    CLIENT = "client", _("Client")
    PARTICIPANT = "participant", _("Participant")
    BENEFICIARY = "beneficiary", _("Beneficiary")


class Reach(TextChoices):
    """How one entry of a catchment area is written."""

    POSTAL = "postal", _("Beginning of a postal code")
    MUNICIPALITY = "municipality", _("Municipality")
    REGION = "region", _("Region")
    COUNTRY = "country", _("Whole country")


class Level(TextChoices):
    """The level on which a site works, derived from its catchment (R10)."""

    LOCAL = "local", _("Local")
    REGIONAL = "regional", _("Regional")
    NATIONAL = "national", _("National")
