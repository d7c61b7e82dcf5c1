# SPDX-License-Identifier: AGPL-3.0-or-later
"""A row that is part of a case: it belongs to the case's organisation and is read like the case."""

from __future__ import annotations

from django.db import models

from exitwork.access.models import Governed
from exitwork.cases.models.case import Case
from exitwork.kernel.secrecy import Keep, Secrecy
from exitwork.organisations.models import Organisation


class CasePart(Governed):
    """Part of a case. The organisation stands on every row: isolation today, sharding later."""

    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="+")

    secrecy = Secrecy(Keep.CASE, operational="organisation case")

    class Meta:
        abstract = True
