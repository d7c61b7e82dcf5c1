# SPDX-License-Identifier: AGPL-3.0-or-later
"""Forms for documents. The file stands last: what was typed before it is kept when it is refused."""

from __future__ import annotations

from typing import Any, Self

from django import forms
from django.utils.translation import gettext_lazy as _

from exitwork.documents.checks.names import EXTENSIONS
from exitwork.documents.words import DocumentKind, WhyRemoved
from exitwork.pages.forms import ActionForm
from exitwork.pages.requests import Request
from exitwork.pages.uploads import MEGABYTE, Upload, largest, was_too_large


class AddForm(ActionForm):
    """A file for a case. Nothing is compulsory but the file."""

    title = forms.CharField(
        label=_("Title"),
        required=False,
        max_length=200,
        help_text=_("Leave it empty to take the file's name. Only the case team reads it."),
    )
    kind = forms.ChoiceField(
        label=_("What it is"), choices=DocumentKind.choices, initial=DocumentKind.OTHER, required=False
    )
    note = forms.CharField(
        label=_("Note"), required=False, max_length=2_000, widget=forms.Textarea(attrs={"rows": 3})
    )
    keep_original = forms.BooleanField(
        label=_("Keep the original with its hidden data"),
        required=False,
        help_text=_(
            "Pictures lose place, time and device, MP3 recordings their labels. Keep them only if the "
            "client agreed, for a proof say."
        ),
    )
    original_reason = forms.CharField(
        label=_("Why the original is kept"), required=False, max_length=500, widget=forms.TextInput
    )
    file = forms.FileField(label=_("File"), required=False, allow_empty_file=True, max_length=1_000)

    is_too_large = False

    @classmethod
    def of(cls, request: Request) -> Self:
        """The form as sent, with its file."""
        is_sent = request.method == "POST"
        form = cls(request.POST if is_sent else None, request.FILES if is_sent else None)
        form.is_too_large = is_sent and was_too_large(request)
        form.fields["file"].help_text = _(
            "PDF, pictures, plain text, ODT, ODS, DOCX, XLSX, MP3 or Ogg, up to %(megabytes)s MB."
        ) % {"megabytes": largest() // MEGABYTE}
        accepted = ",".join(f".{extension}" for extension in EXTENSIONS)
        form.fields["file"].widget.attrs["accept"] = accepted
        return form

    def clean_kind(self) -> str:
        """Nothing chosen is something else."""
        return self.cleaned_data["kind"] or DocumentKind.OTHER

    def clean_file(self) -> Upload:
        """The file as it came; the action looks it through."""
        if self.is_too_large:
            return Upload("", b"", is_whole=False)
        given = self.cleaned_data["file"]
        if given is None:
            raise forms.ValidationError(_("Choose a file."), "required")
        return Upload(given.name or "", given.read())

    def arguments(self) -> dict[str, Any]:
        """What the action takes."""
        given = super().arguments()
        given["upload"] = given.pop("file")
        return given


class RemoveForm(ActionForm):
    """Why a document is erased."""

    why = forms.ChoiceField(label=_("Why it is erased"), choices=WhyRemoved.choices, widget=forms.RadioSelect)
