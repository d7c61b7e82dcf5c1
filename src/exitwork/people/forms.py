# SPDX-License-Identifier: AGPL-3.0-or-later
"""Forms about a person. Nothing is compulsory that the work can do without."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from exitwork.kernel.working_time import BadHours, read_hours
from exitwork.pages.forms import ActionForm
from exitwork.people.models import Face
from exitwork.people.words.choices import (
    Channel,
    Decides,
    Hearing,
    Ideology,
    Knows,
    Lifted,
    OpeningReason,
    Paper,
    Pull,
    Reads,
    RelationKind,
    Script,
    Sight,
    TargetGroup,
    WallAnswer,
    WallKind,
)
from exitwork.people.words.languages import code_of, language_names
from exitwork.ui.widgets import DayMonthYear

LONG = 4_000
SHORT = 200


def _text(label: Any, hint: Any = "", **kwargs: Any) -> forms.CharField:
    return forms.CharField(label=label, help_text=hint, required=False, max_length=SHORT, **kwargs)


def _words(label: Any, hint: Any = "", rows: int = 3) -> forms.CharField:
    area = forms.Textarea(attrs={"rows": rows})
    return forms.CharField(label=label, help_text=hint, required=False, max_length=LONG, widget=area)


class LanguagesField(forms.CharField):
    """Languages by name or code, between commas; the value is a list of codes."""

    def to_python(self, value: Any) -> Any:
        """The codes.

        :raises ValidationError: naming the first language that is not known.
        """
        codes: list[str] = []
        for part in str(value or "").replace(";", ",").replace("،", ",").split(","):
            if not part.strip():
                continue
            code = code_of(part)
            if code is None:
                raise forms.ValidationError(
                    _now('"%(language)s" is no language known here. Write its name in yours or in English.')
                    % {"language": part.strip()}
                )
            codes.append(code)
        return list(dict.fromkeys(codes))

    def prepare_value(self, value: Any) -> Any:
        """The names in the reader's language; what was typed stays as typed."""
        return (
            ", ".join(language_names(value))
            if isinstance(value, Sequence) and not isinstance(value, str)
            else value
        )


class TakesInForm(ActionForm):
    """How somebody takes things in."""

    languages = LanguagesField(
        label=_("Languages spoken"),
        help_text=_("Between commas, the best first: Arabic, German"),
        required=False,
    )
    reads = forms.ChoiceField(label=_("Reading"), choices=Reads.choices, required=False)
    script = forms.ChoiceField(label=_("Writing"), choices=Script.choices, required=False)
    sight = forms.ChoiceField(label=_("Seeing"), choices=Sight.choices, required=False)
    hearing = forms.ChoiceField(label=_("Hearing"), choices=Hearing.choices, required=False)


class ChangeTakesInForm(TakesInForm):
    """The same, from the version it was opened in."""

    version = forms.IntegerField(widget=forms.HiddenInput)


class PersonForm(TakesInForm):
    """A new person."""

    pseudonym = forms.CharField(
        label=_("Pseudonym"),
        help_text=_("A word that tells nothing. Never a part of the name."),
        max_length=60,
        required=False,
    )
    field_order = ("pseudonym", "languages", "reads", "script", "sight", "hearing")


class NoteIdentityForm(ActionForm):
    """Who somebody is. What is left empty stays as it is."""

    wanted_name = _text(_("First name as wanted"))
    phone = _text(_("Phone"), widget=forms.TextInput(attrs={"type": "tel", "inputmode": "tel"}))
    safe_channel = _text(_("Safe way to reach"))
    legal_name = _text(_("Legal name"))
    birth_date = forms.DateField(label=_("Date of birth"), required=False, widget=DayMonthYear)
    documents = _words(_("Documents"))
    address = _words(_("Address"))
    residence_status = _text(
        _("Residence status"), _("Only if the client wants help with it. It leaves this page in no export.")
    )

    def arguments(self) -> dict[str, Any]:
        """What was typed, the date as text; nothing for what was left empty."""
        typed = super().arguments()
        return {name: _as_text(value) for name, value in typed.items() if value not in (None, "")}


class CorrectReachForm(ActionForm):
    """What reaches one's own client, from the version it was opened in; empty takes a value away."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    wanted_name = _text(_("First name as wanted"))
    phone = _text(_("Phone"), widget=forms.TextInput(attrs={"type": "tel", "inputmode": "tel"}))
    safe_channel = _text(_("Safe way to reach"))


class CorrectIdentityForm(ActionForm):
    """What was opened, to be corrected, from the version it was opened in."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    legal_name = _text(_("Legal name"))
    birth_date = forms.DateField(label=_("Date of birth"), required=False, widget=DayMonthYear)
    documents = _words(_("Documents"))
    address = _words(_("Address"))
    residence_status = _text(_("Residence status"))

    def arguments(self) -> dict[str, Any]:
        """Everything as text; empty takes a value away."""
        typed = super().arguments()
        return {name: value if name == "version" else _as_text(value) for name, value in typed.items()}


class OpenIdentityForm(ActionForm):
    """Why a name, birth date, papers or address is needed."""

    reason = forms.ChoiceField(
        label=_("Why do you need it?"), choices=OpeningReason.choices, widget=forms.RadioSelect
    )
    words = _words(
        _("In your words"), _("Needed when you are not on the case team, which is then told."), rows=2
    )


class FaceChoice(forms.ModelChoiceField):  # type: ignore[type-arg]
    """One of the organisation's faces, by its name."""

    def label_from_instance(self, obj: Any) -> str:
        """What the list shows."""
        return str(obj.name)


class SafetyForm(ActionForm):
    """What was settled with the client about being contacted."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    face = FaceChoice(
        label=_("We appear as"),
        help_text=_("The name, sender and letterhead the client knows us by."),
        queryset=Face.objects.none(),
    )
    saved_as = _text(_("Saved in the phone as"))
    no_voicemail = forms.BooleanField(label=_("Leave nothing on a voicemail"), required=False, initial=True)
    paper = forms.ChoiceField(label=_("Paper"), choices=Paper.choices, initial=Paper.NONE)
    paper_where = _text(_("Where paper can be kept"))
    question = _text(_("Question that shows it is really the client"))
    answer = _text(_("The answer to it"))
    not_alone = _text(_('Word for "not alone"'))

    beside: ClassVar[tuple[str, ...]] = tuple(f"hours_{channel}" for channel in Channel.values)

    def __init__(self, *args: Any, faces: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        chosen = self.fields["face"]
        assert isinstance(chosen, FaceChoice)
        chosen.queryset = faces
        for channel in Channel:
            if channel is not Channel.HAND:
                self.fields[f"hours_{channel.value}"] = _text(
                    channel.label, _("For example Mon-Fri 17:00-20:00. Empty: not in this way.")
                )

    def clean(self) -> dict[str, Any]:
        """Every line of hours can be read."""
        cleaned = super().clean() or self.cleaned_data
        for name in self.beside:
            try:
                read_hours(cleaned.get(name) or "")
            except BadHours as fault:
                self.add_error(
                    name,
                    _now('"%(piece)s" can\'t be read as hours. Write them like this: Mon-Fri 17:00-20:00')
                    % {"piece": fault.piece},
                )
        return cleaned

    def arguments(self) -> dict[str, Any]:
        """The fields, with the hours of all channels together."""
        hours = {
            channel: self.cleaned_data[f"hours_{channel}"]
            for channel in Channel.values
            if self.cleaned_data.get(f"hours_{channel}")
        }
        return {**super().arguments(), "hours": hours}


class LiftForm(ActionForm):
    """How it became known that the phone is safe again."""

    how = forms.ChoiceField(label=_("How do you know?"), choices=Lifted.choices, widget=forms.RadioSelect)
    met_at = forms.DateTimeField(
        label=_("When the client was met"), required=False, widget=forms.DateTimeInput
    )


class FaceForm(ActionForm):
    """A neutral appearance of the organisation."""

    name = forms.CharField(label=_("Name"), max_length=80)
    sender = forms.CharField(
        label=_("Sender"), help_text=_("What a phone or an envelope shows."), max_length=80
    )
    letterhead = _text(_("Letterhead"))
    calendar_title = _text(_("Title of an appointment"), initial=_("Appointment"))
    link_host = _text(_("Host of links"))


class InterpreterForm(ActionForm):
    """Somebody who interprets."""

    name = forms.CharField(label=_("Name"), max_length=120)
    languages = LanguagesField(label=_("Languages"), help_text=_("Between commas: Arabic, German"))
    confidential_from = forms.DateField(
        label=_("Confidentiality signed on"), required=False, widget=DayMonthYear
    )
    not_near = _words(_("Places and families this interpreter must not be near"), rows=2)


class RelationForm(ActionForm):
    """Somebody around the client."""

    who = forms.CharField(label=_("Who, as the client calls them"), max_length=SHORT)
    kind = forms.ChoiceField(label=_("Relation"), choices=RelationKind.choices)
    pull = forms.ChoiceField(label=_("What the relation does"), choices=Pull.choices, required=False)
    knows = forms.ChoiceField(label=_("Knows of our work"), choices=Knows.choices, required=False)
    words = _words(_("More"), rows=2)


class DependantForm(ActionForm):
    """A child or other dependant of a person."""

    pseudonym = forms.CharField(
        label=_("Pseudonym"), help_text=_("A word that tells nothing."), max_length=60, required=False
    )
    born_in = forms.IntegerField(
        label=_("Year of birth"),
        help_text=_("The record is looked at again when the child is of age."),
        min_value=1900,
        max_value=2200,
        required=False,
    )
    decides = forms.ChoiceField(label=_("Who decides"), choices=Decides.choices, required=False)
    guardian_words = _words(_("About the guardians"), rows=2)
    health = _words(_("Health"), rows=2)
    school = _words(_("School"), rows=2)
    papers = _words(_("Papers"), rows=2)


class ChangeDependantForm(ActionForm):
    """The short record of a dependant, from the version it was opened in."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    decides = forms.ChoiceField(label=_("Who decides"), choices=Decides.choices, required=False)
    guardian_words = _words(_("About the guardians"), rows=2)
    health = _words(_("Health"), rows=2)
    school = _words(_("School"), rows=2)
    papers = _words(_("Papers"), rows=2)


class ProfileForm(ActionForm):
    """Target groups and ideologies as of a day."""

    target_groups = forms.MultipleChoiceField(
        label=_("Target groups"),
        choices=TargetGroup.choices,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    ideologies = forms.MultipleChoiceField(
        label=_("Ideologies"), required=False, widget=forms.CheckboxSelectMultiple
    )
    words = _words(_("In words"), rows=2)
    as_of = forms.DateField(label=_("As of"), required=False, widget=DayMonthYear)

    def __init__(self, *args: Any, ideologies: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        chosen = self.fields["ideologies"]
        assert isinstance(chosen, forms.MultipleChoiceField)
        chosen.choices = ideologies


class IdeologyForm(ActionForm):
    """An ideology the organisation names itself."""

    label = forms.CharField(label=_("Name"), max_length=80)
    reported_as = forms.ChoiceField(
        label=_("Reported under"),
        help_text=_("So that figures of several organisations can be put side by side."),
        choices=Ideology.choices,
    )


class WallForm(ActionForm):
    """Two records that touch."""

    kind = forms.ChoiceField(label=_("How they touch"), choices=WallKind.choices)
    one = forms.CharField(label=_("One reference"), max_length=12)
    other = forms.CharField(label=_("The other reference"), max_length=12)


class WallDecisionForm(ActionForm):
    """What a wall keeper decides."""

    answer = forms.ChoiceField(label=_("Decision"), choices=WallAnswer.choices, widget=forms.RadioSelect)
    look_again_on = forms.DateField(label=_("Look at it again on"), widget=DayMonthYear)


class MergeForm(ActionForm):
    """Another record of the same human being."""

    other = forms.CharField(label=_("Reference of the other record"), max_length=12)
    beside: ClassVar[tuple[str, ...]] = ("other",)


def _as_text(value: Any) -> str:
    return value.isoformat() if isinstance(value, date) else str(value or "")
