# SPDX-License-Identifier: AGPL-3.0-or-later
"""What one chooses about display and keys on one device."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _


class DisplayForm(forms.Form):
    """Theme and single keys."""

    theme = forms.ChoiceField(
        label=_("Colours"),
        choices=[("device", _("As this device has them")), ("light", _("Light")), ("dark", _("Dark"))],
        widget=forms.RadioSelect,
    )
    keys = forms.ChoiceField(
        label=_("Single keys"),
        help_text=_("Single keys do something at once: / to search, n for a new note, ? for the whole list."),
        choices=[("on", _("On")), ("off", _("Off, for voice control and unsteady hands"))],
        widget=forms.RadioSelect,
    )
