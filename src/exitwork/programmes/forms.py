# SPDX-License-Identifier: AGPL-3.0-or-later
"""Forms of this room: starting a programme, changing it, ending it, adopting a newer pack.

* A pack file that can't be read is refused with every fault and its line; what was typed stays.
"""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext as now
from django.utils.translation import gettext_lazy as _

from exitwork.pages import ActionForm
from exitwork.programmes.models import Programme
from exitwork.programmes.packs.pack import Pack
from exitwork.programmes.packs.reading import LONGEST, FaultyPack, read_bytes
from exitwork.programmes.packs.shelf import shipped
from exitwork.programmes.words import Form

FAULTS_SHOWN = 20


class PackFileField(forms.FileField):
    """A pack file, read; its value is the pack."""

    default_error_messages = {"required": _("Choose a pack file."), "empty": _("The file is empty.")}

    def clean(self, data: Any, initial: Any = None) -> Pack | None:
        """Read the file.

        :raises ValidationError: with one sentence for each fault, its line first.
        """
        file: UploadedFile | None = super().clean(data, initial)
        if file is None:
            return None
        if file.size is None or file.size > LONGEST:
            raise ValidationError(now("The file is too long for a pack."))
        name = file.name or "pack.toml"
        try:
            return read_bytes(file.read())
        except FaultyPack as fault:
            lines = fault.lines(name)
            rest = len(lines) - FAULTS_SHOWN
            more = [now("And %(number)s more.") % {"number": rest}] if rest > 0 else []
            raise ValidationError([*lines[:FAULTS_SHOWN], *more]) from fault


class StartForm(ActionForm):
    """Start a programme under a pack chosen before."""

    name = forms.CharField(label=_("Name of the programme"), max_length=120)
    form = forms.ChoiceField(
        label=_("Form"),
        choices=Form.choices,
        help_text=_("A programme can be reproduced and may go on; a project is limited in time."),
    )
    starts = forms.DateField(label=_("First day"), widget=forms.DateInput(attrs={"type": "date"}))
    ends = forms.DateField(
        label=_("Last day"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}),
        help_text=_("A project needs one. You are reminded 12, 6 and 3 months before."),
    )

    def arguments(self) -> dict[str, Any]:
        """The form as a form."""
        typed = super().arguments()
        return {**typed, "form": Form(typed["form"])}


class StartFromFileForm(StartForm):
    """Start a programme from a pack file."""

    pack = PackFileField(
        label=_("Pack file"), help_text=_("A .toml file, exported here or by another organisation.")
    )
    field_order = ["pack", "name", "form", "starts", "ends"]


class ChangeForm(ActionForm):
    """The name and the days of a programme."""

    name = forms.CharField(label=_("Name of the programme"), max_length=120)
    starts = forms.DateField(label=_("First day"), widget=forms.DateInput(attrs={"type": "date"}))
    ends = forms.DateField(
        label=_("Last day"), required=False, widget=forms.DateInput(attrs={"type": "date"})
    )
    version = forms.IntegerField(widget=forms.HiddenInput)


class EndForm(ActionForm):
    """The last day of a programme."""

    ends = forms.DateField(
        label=_("Last day"),
        widget=forms.DateInput(attrs={"type": "date"}),
        help_text=_(
            "It may lie ahead. Cases stay open: each needs a successor or a closing, and the client is told."
        ),
    )


class AdoptForm(ActionForm):
    """A newer version of the programme's pack: the shipped one, or a file."""

    pack = PackFileField(label=_("Pack file"), required=False)

    def __init__(self, *args: Any, programme: Programme, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offered = shipped().get(programme.pack_key)
        self.offered = offered if offered and offered.version > programme.pack_version else None
        if self.offered is not None:
            self.fields["pack"].help_text = now(
                "Without a file the shipped version %(version)s is adopted."
            ) % {"version": self.offered.version}

    def clean_pack(self) -> Pack:
        """The file's pack, else the newer shipped one.

        :raises ValidationError: if there is neither.
        """
        pack: Pack | None = self.cleaned_data.get("pack") or self.offered
        if pack is None:
            raise ValidationError(now("No newer version is shipped. Choose a pack file."))
        return pack
