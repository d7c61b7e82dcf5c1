# SPDX-License-Identifier: AGPL-3.0-or-later
"""Forms of the workplace: opening in an emergency, and looking at it afterwards."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from exitwork.access.actions import SHORTEST_REASON
from exitwork.access.words import Emergency
from exitwork.kernel.references import normalise
from exitwork.pages.forms import ActionForm


class EmergencyForm(ActionForm):
    """Open one case of one's own organisation for four hours."""

    reference = forms.CharField(
        label=_("Reference of the case"), max_length=20, help_text=_("It looks like 7F3K2-M.")
    )
    why = forms.ChoiceField(label=_("Why it cannot wait"), choices=Emergency.choices)
    reason = forms.CharField(
        label=_("In your own words"),
        widget=forms.Textarea(attrs={"rows": 4}),
        min_length=SHORTEST_REASON,
        max_length=2_000,
        help_text=_("The case manager reads this at once. Somebody else looks at it within seven days."),
    )

    beside = ("reference",)

    def clean_reference(self) -> str:
        """The reference as it is written, however it was typed."""
        return normalise(self.cleaned_data["reference"]) or ""


class ReviewForm(ActionForm):
    """What somebody else found when looking at an emergency opening."""

    review = forms.CharField(
        label=_("What you found"), widget=forms.Textarea(attrs={"rows": 4}), min_length=3, max_length=2_000
    )
