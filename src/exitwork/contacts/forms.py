# SPDX-License-Identifier: AGPL-3.0-or-later
"""Forms for notes: the text first, everything else optional and below."""

from __future__ import annotations

from typing import ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _

from exitwork.contacts.words import ContactKind, Layer
from exitwork.drafts.forms import DraftedForm

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
