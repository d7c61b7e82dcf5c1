# SPDX-License-Identifier: AGPL-3.0-or-later
"""Episodes: setting, institution and footing are dated properties of a case (R6, R7).

Prison to gate to probation, and mandated to voluntary, happen inside one case: an episode ends
where the next begins, so neither a gap nor an overlap can be written.
"""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from exitwork.cases.models.part import CasePart
from exitwork.kernel.secrecy import Keep, Secrecy
from exitwork.programmes.words import Participation, Setting
from exitwork.vault.fields import SealedText
from exitwork.vault.keys import KeyKind


class Episode(CasePart):
    """From a day on, a case has this setting, this institution and this footing."""

    setting = models.CharField(max_length=20, choices=Setting.choices)
    basis = models.CharField(max_length=20, choices=Participation.choices)
    institution = SealedText("cases.episode.institution", kind=KeyKind.CASE, subject="case_id")
    from_date = models.DateField()

    secrecy = Secrecy(Keep.CASE, operational="setting basis from_date", content="institution")

    class Meta:
        constraints = [
            models.UniqueConstraint(name="one_episode_begins_on_a_day", fields=["case", "from_date"]),
            models.CheckConstraint(
                name="an_episode_has_a_known_setting",
                condition=Q(setting__in=[setting.value for setting in Setting]),
            ),
            models.CheckConstraint(
                name="an_episode_has_a_known_footing",
                condition=Q(basis__in=[basis.value for basis in Participation]),
            ),
        ]

    def __str__(self) -> str:
        return "episode"
