# SPDX-License-Identifier: AGPL-3.0-or-later
"""Forms of this room: each carries out one action."""

from __future__ import annotations

import re
from typing import Any, ClassVar

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from exitwork.accounts.words import Carried
from exitwork.kernel.standing import Role
from exitwork.organisations.legal import profile_names
from exitwork.organisations.words import roles
from exitwork.organisations.words.kinds import Reach, Wording
from exitwork.pages import ActionForm


class SettingsForm(ActionForm):
    """What the members of an organisation see everywhere: its name, zone, language, law and words."""

    name = forms.CharField(label=_("Name"), max_length=200)
    zone = forms.CharField(label=_("Time zone"), max_length=60, help_text=_("As Europe/Oslo."))
    language = forms.ChoiceField(label=_("Language of invitations"), choices=lambda: settings.LANGUAGES)
    legal_profile = forms.ChoiceField(
        label=_("Legal profile"),
        choices=lambda: [(name, name.upper() if len(name) == 2 else name) for name in profile_names()],
        help_text=_("The shipped profiles are not reviewed: have your lawyer read yours."),
    )
    wording = forms.ChoiceField(
        label=_("What people in exit work are called"), choices=Wording.choices, widget=forms.RadioSelect
    )
    version = forms.IntegerField(widget=forms.HiddenInput)


class InviteForm(ActionForm):
    """Somebody new, with the roles to begin with."""

    name = forms.CharField(label=_("Name"), max_length=200)
    email = forms.EmailField(label=_("E-mail address"))
    function = forms.CharField(
        label=_("Function"),
        max_length=120,
        required=False,
        help_text=_("As colleagues say it; may stay empty."),
    )
    roles = forms.MultipleChoiceField(
        label=_("Roles"),
        choices=roles.CHOICES,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Without a role only the own page opens."),
    )
    carried = forms.ChoiceField(
        label=_("How the invitation reaches the person"),
        choices=Carried.choices,
        initial=Carried.MAIL,
        widget=forms.RadioSelect,
    )

    def arguments(self) -> dict[str, Any]:
        """The typed values, roles as roles."""
        typed = super().arguments()
        return {**typed, "roles": tuple(Role(role) for role in typed["roles"])}


class InviteAgainForm(ActionForm):
    """How a new invitation reaches somebody."""

    carried = forms.ChoiceField(
        label=_("How the invitation reaches the person"),
        choices=Carried.choices,
        initial=Carried.MAIL,
        widget=forms.RadioSelect,
    )


class FunctionForm(ActionForm):
    """What somebody's function is called."""

    function = forms.CharField(label=_("Function"), max_length=120, required=False)


class GrantForm(ActionForm):
    """One more role."""

    role = forms.ChoiceField(label=_("Role"), choices=roles.CHOICES)

    def arguments(self) -> dict[str, Any]:
        """The role as a role."""
        return {"role": Role(self.cleaned_data["role"])}


class PlainForm(ActionForm):
    """A button: nothing is typed."""


class PauseForm(ActionForm):
    """Pausing somebody; the reason may be told later, to two people."""

    reason = forms.CharField(
        label=_("Reason"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Sealed; two people can read it. Pausing does not wait for a reason."),
    )


class AreaForm(ActionForm):
    """The areas a site works for, each kind in a line of its own."""

    postal = forms.CharField(
        label=_("Postal codes"),
        required=False,
        help_text=_("Their beginnings, separated by commas: 10, 120, 0157."),
    )
    municipality = forms.CharField(
        label=_("Municipalities"), required=False, help_text=_("Separated by commas.")
    )
    region = forms.CharField(label=_("Regions"), required=False, help_text=_("Separated by commas."))
    country = forms.CharField(
        label=_("Whole countries"),
        required=False,
        help_text=_("Two letters each, separated by commas: NO, SE."),
    )

    reaches: ClassVar[tuple[str, ...]] = tuple(Reach.values)

    def arguments(self) -> dict[str, Any]:
        """All areas as pairs of reach and code."""
        typed = {name: value for name, value in super().arguments().items() if name not in self.reaches}
        return {**typed, "catchment": self.areas()}

    def areas(self) -> list[tuple[str, str]]:
        """What was typed, split."""
        found: list[tuple[str, str]] = []
        for reach in self.reaches:
            codes = (code.strip() for code in re.split(r"[,;\n]", self.cleaned_data[reach]))
            found.extend((reach, code) for code in codes if code)
        return found

    def clean(self) -> dict[str, Any]:
        """No code is longer than it can be."""
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        for reach in self.reaches:
            if any(len(code.strip()) > 100 for code in re.split(r"[,;\n]", cleaned.get(reach, ""))):
                self.add_error(
                    reach, _("One of these is longer than 100 characters; separate them by commas.")
                )
        return cleaned


class SiteForm(AreaForm):
    """A new site."""

    name = forms.CharField(label=_("Name"), max_length=200)
    place = forms.CharField(
        label=_("Address"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Stored sealed."),
    )
    is_hidden = forms.BooleanField(
        label=_("The address is hidden"),
        required=False,
        help_text=_("A shelter, or rooms that must not be found: shown to colleagues only, printed nowhere."),
    )
    field_order = ("name", "place", "is_hidden", "postal", "municipality", "region", "country")


class AnswerForm(ActionForm):
    """Agreeing to belong to an organisation, or not."""

    beside = ("answer",)
    answer = forms.ChoiceField(choices=[("agree", _("Agree")), ("decline", _("Decline"))])
