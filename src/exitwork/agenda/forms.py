# SPDX-License-Identifier: AGPL-3.0-or-later
"""Forms of the agenda."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, ClassVar, Self

from django import forms
from django.utils.translation import gettext_lazy as _

from exitwork.accounts.models import Account
from exitwork.agenda.actions.appointments import USUAL_MINUTES
from exitwork.agenda.words import Kind, PrisonFooting, State, WaitsFor, Whose
from exitwork.drafts.forms import DraftedForm
from exitwork.pages.forms import ActionForm

Choices = Iterable[tuple[str, Any]]
LONGEST_MINUTES = 24 * 60


class OfferingForm(DraftedForm):
    """A form whose choices come from the case: who is on the team, which interpreters there are."""

    def __init__(self, *args: Any, offers: dict[str, Choices] | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.offers = {name: list(choices) for name, choices in (offers or {}).items()}
        for name, choices in self.offers.items():
            self.fields[name].choices = choices  # type: ignore[attr-defined]

    def settled(self) -> Self:
        """As in ``DraftedForm``, with the same choices."""
        fresh = super().settled()
        for name, choices in self.offers.items():
            fresh.fields[name].choices = choices  # type: ignore[attr-defined]
        fresh.offers = self.offers
        return fresh


class AppointmentForm(OfferingForm):
    """A new appointment."""

    draft_name: ClassVar[str] = "appointment"

    starts_at = forms.DateTimeField(label=_("When"))
    minutes = forms.IntegerField(
        label=_("How long, in minutes"), min_value=1, max_value=LONGEST_MINUTES, initial=USUAL_MINUTES
    )
    kind = forms.ChoiceField(label=_("How"), choices=Kind.choices, initial=Kind.CONVERSATION)
    place = forms.CharField(
        label=_("Where it is safe"),
        max_length=300,
        required=False,
        help_text=_("Read by the case team only. It stands in no calendar outside this program."),
    )
    with_whom = forms.CharField(label=_("With whom"), max_length=300, required=False)
    account = forms.ChoiceField(label=_("Who of us goes"), required=False)
    needs_interpreter = forms.BooleanField(label=_("An interpreter is needed"), required=False)
    interpreter = forms.ChoiceField(
        label=_("Interpreter"),
        required=False,
        help_text=_("An interpreter is told a time and a place, nothing else."),
    )
    prison_footing = forms.ChoiceField(
        label=_("For a visit in prison: on what ground"),
        choices=[("", _("No visit in prison")), *PrisonFooting.choices],
        required=False,
    )
    permit = forms.CharField(
        label=_("Permit"),
        max_length=200,
        required=False,
        help_text=_("Its number or date. Without a permit a visit is asked for, not agreed."),
    )


class ChangeAppointmentForm(AppointmentForm):
    """An appointment that moves or changes."""

    draft_name: ClassVar[str] = "appointment-change"

    version = forms.IntegerField(widget=forms.HiddenInput)
    whose = forms.ChoiceField(
        label=_("If the time changes: whose doing it is"),
        choices=[("", _("The time stays")), *Whose.choices],
        required=False,
    )


class OutcomeForm(ActionForm):
    """How an appointment went."""

    beside: ClassVar[tuple[str, ...]] = ("then",)

    state = forms.ChoiceField(
        label=_("How it went"),
        choices=[choice for choice in State.choices if choice[0] != State.PLANNED],
        widget=forms.RadioSelect,
    )
    whose = forms.ChoiceField(
        label=_("If it was missed or cancelled: by whom"),
        choices=[("", _("Not said")), *Whose.choices],
        required=False,
    )
    then = forms.CharField(widget=forms.HiddenInput, required=False, max_length=10)


class TaskForm(OfferingForm):
    """A new task."""

    draft_name: ClassVar[str] = "task"

    title = forms.CharField(label=_("What is to do"), max_length=500)
    due = forms.DateField(label=_("By when"), required=False)
    account = forms.ChoiceField(label=_("Who does it"), required=False)


class ChangeTaskForm(TaskForm):
    """A task that changes."""

    draft_name: ClassVar[str] = "task-change"

    version = forms.IntegerField(widget=forms.HiddenInput)


class PutOffForm(ActionForm):
    """A task waits."""

    until = forms.DateField(label=_("Until"))
    why = forms.ChoiceField(label=_("Why"), choices=WaitsFor.choices, widget=forms.RadioSelect)


class AbsenceForm(ActionForm):
    """Somebody is away. There is no field for a reason."""

    account = forms.ChoiceField(label=_("Who"))
    from_date = forms.DateField(label=_("From"))
    until_date = forms.DateField(
        label=_("Last day"), required=False, help_text=_("Leave it empty if nobody knows yet.")
    )

    def __init__(self, *args: Any, accounts: Iterable[Account], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.accounts = {str(account.pk): account for account in accounts}
        self.fields["account"].choices = [  # type: ignore[attr-defined]
            (key, account.name) for key, account in self.accounts.items()
        ]

    def clean_account(self) -> Account:
        """Who is away."""
        return self.accounts[self.cleaned_data["account"]]


class EmptyForm(ActionForm):
    """A button: nothing is typed."""
