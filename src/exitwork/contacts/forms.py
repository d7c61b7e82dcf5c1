# SPDX-License-Identifier: AGPL-3.0-or-later
"""Forms for notes: the text first, everything else optional and below."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, ClassVar

from django import forms
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext_lazy as _

from exitwork.contacts.words import ContactKind, Layer
from exitwork.drafts.forms import DraftedForm
from exitwork.pages.forms import ActionForm
from exitwork.programmes.words import NeedArea

LONGEST_TEXT = 100_000


class NoteForm(DraftedForm):
    """A new note. Nothing is compulsory but the case it is opened from."""

    draft_name: ClassVar[str] = "note"

    text = forms.CharField(
        label=_("What happened"),
        widget=forms.Textarea(attrs={"rows": 6}),
        max_length=LONGEST_TEXT,
        error_messages={"required": _("Write at least a word, or leave this page.")},
    )
    kind = forms.ChoiceField(
        label=_("How"), choices=ContactKind.choices, initial=ContactKind.CONVERSATION, required=False
    )
    minutes = forms.IntegerField(
        label=_("How long, in minutes"), min_value=1, max_value=24 * 60, required=False
    )
    happened_at = forms.DateTimeField(label=_("When"), required=False, help_text=_("Leave it empty for now."))
    layer = forms.ChoiceField(
        label=_("Who reads it"),
        choices=[
            (Layer.WORKING_NOTE, _("Only I, for 60 days")),
            (Layer.RECORD, _("The case team: part of the case record")),
        ],
        initial=Layer.WORKING_NOTE,
        widget=forms.RadioSelect,
        required=False,
    )

    def clean_kind(self) -> str:
        """Nothing chosen is a conversation."""
        return self.cleaned_data["kind"] or ContactKind.CONVERSATION

    def clean_layer(self) -> str:
        """Nothing chosen is a working note."""
        return self.cleaned_data["layer"] or Layer.WORKING_NOTE


def prefilled(asked: Mapping[str, str]) -> dict[str, Any]:
    """What an address fills in: how, when and how long; an appointment leads to its note so."""
    filled: dict[str, Any] = {}
    if asked.get("kind") in ContactKind.values:
        filled["kind"] = asked["kind"]
    if asked.get("minutes", "").isdecimal():
        filled["minutes"] = asked["minutes"][:4]
    try:
        moment = parse_datetime(asked.get("at", "").replace(" ", "+"))
    except ValueError:
        moment = None
    if moment is not None and moment.tzinfo is not None:
        filled["happened_at"] = moment
    return filled


class CorrectionForm(DraftedForm):
    """A correction of a note, from the version it was opened in."""

    draft_name: ClassVar[str] = "correction"

    version = forms.IntegerField(widget=forms.HiddenInput)
    text = forms.CharField(
        label=_("What happened"), widget=forms.Textarea(attrs={"rows": 6}), max_length=LONGEST_TEXT
    )
    kind = forms.ChoiceField(label=_("How"), choices=ContactKind.choices)
    minutes = forms.IntegerField(
        label=_("How long, in minutes"), min_value=1, max_value=24 * 60, required=False
    )
    happened_at = forms.DateTimeField(label=_("When"))


class CodesForm(ActionForm):
    """The codes of one note, three taps at most; ``contact`` names the note."""

    contact = forms.CharField(widget=forms.HiddenInput, max_length=12)
    area = forms.ChoiceField(label=_("Area"), choices=[("", _("Later")), *NeedArea.choices], required=False)
    pillar = forms.ChoiceField(label=_("Pillar"), required=False)

    beside = ("contact",)

    def __init__(self, *args: Any, pillars: Iterable[tuple[str, Any]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        chosen: Any = self.fields["pillar"]
        chosen.choices = [("", _("None")), *pillars]
