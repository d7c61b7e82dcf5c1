# SPDX-License-Identifier: AGPL-3.0-or-later
"""What can happen in this room."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from exitwork.kernel.events import Event

PERSON_RECORDED = Event("people.person.recorded", _("Recorded a person"))
PERSON_CHANGED = Event("people.person.changed", _("Changed how a person takes things in"))
