# SPDX-License-Identifier: AGPL-3.0-or-later
"""Forms for cases: opening one, its course, its team."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _

from exitwork.accounts.models import Account
from exitwork.cases.words import CaseKind, Confidentiality, Ending, Function
from exitwork.drafts.forms import DraftedForm
from exitwork.pages.forms import ActionForm
from exitwork.programmes.models import Programme
from exitwork.programmes.words import Participation, Setting

FUNCTIONS_GIVEN = [
    (function.value, function.label) for function in Function if function is not Function.ACTING
]


class OpenCaseForm(DraftedForm):
    """A new case. A pseudonym is enough; no name is asked for here."""

    draft_name: ClassVar[str] = "case"

    programme = forms.ChoiceField(label=_("Programme"))
    kind = forms.ChoiceField(label=_("Kind of case"), choices=CaseKind.choices, initial=CaseKind.EXIT)
    pseudonym = forms.CharField(
        label=_("Pseudonym"),
        max_length=60,
        required=False,
        help_text=_(
            "A neutral word. It stands wherever the name must not. Leave it as suggested if you like."
        ),
    )
    setting = forms.ChoiceField(label=_("Where the person is"), choices=Setting.choices, initial=Setting.OPEN)
    basis = forms.ChoiceField(
        label=_("On what footing"), choices=Participation.choices, initial=Participation.VOLUNTARY
    )
    confidentiality = forms.ChoiceField(
        label=_("What is known of who it is"),
        choices=Confidentiality.choices,
        initial=Confidentiality.PSEUDONYMOUS,
    )

    def __init__(self, *args: Any, programmes: Iterable[Programme], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.programmes = {programme.ref: programme for programme in programmes}
        self.fields["programme"].choices = [  # type: ignore[attr-defined]
            (ref, programme.name) for ref, programme in self.programmes.items()
        ]

    def clean_programme(self) -> Programme:
        """The programme of that reference."""
        return self.programmes[self.cleaned_data["programme"]]


class PhaseForm(ActionForm):
    """Another phase of the programme."""

    phase = forms.ChoiceField(label=_("Next phase"))
    reason = forms.CharField(
        label=_("What speaks for it"),
        widget=forms.Textarea(attrs={"rows": 3}),
        required=False,
        max_length=5_000,
    )

    def __init__(self, *args: Any, phases: Iterable[tuple[str, Any]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["phase"].choices = list(phases)  # type: ignore[attr-defined]


class EpisodeForm(ActionForm):
    """A change of setting, institution or footing."""

    setting = forms.ChoiceField(label=_("Where the person is"), choices=Setting.choices)
    institution = forms.CharField(label=_("Institution"), required=False, max_length=200)
    basis = forms.ChoiceField(label=_("On what footing"), choices=Participation.choices)
    from_date = forms.DateField(label=_("From"))


class ColleagueForm(ActionForm):
    """A form in which a colleague is chosen."""

    account = forms.ChoiceField(label=_("Who"))

    def __init__(self, *args: Any, colleagues: Iterable[Account], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.colleagues = {str(colleague.pk): colleague for colleague in colleagues}
        self.fields["account"].choices = [  # type: ignore[attr-defined]
            (key, colleague.name) for key, colleague in self.colleagues.items()
        ]

    def clean_account(self) -> Account:
        """The colleague chosen."""
        return self.colleagues[self.cleaned_data["account"]]


class AssignForm(ColleagueForm):
    """Somebody comes onto the case."""

    function = forms.ChoiceField(label=_("As"), choices=FUNCTIONS_GIVEN)


class HandOverForm(ColleagueForm):
    """Somebody else becomes the case manager."""

    client_view = forms.CharField(
        label=_("What the client says about it"),
        widget=forms.Textarea(attrs={"rows": 3}),
        required=False,
        max_length=5_000,
    )


class CloseForm(ActionForm):
    """The case ends."""

    ending = forms.ChoiceField(label=_("Why it ends"), choices=Ending.choices)
    remark = forms.CharField(
        label=_("What should be remembered"),
        widget=forms.Textarea(attrs={"rows": 3}),
        required=False,
        max_length=5_000,
    )
