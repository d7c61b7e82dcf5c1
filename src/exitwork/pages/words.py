# SPDX-License-Identifier: AGPL-3.0-or-later
"""What happens at the boundary of a page."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from exitwork.kernel.events import Event, Happening

SEEN = Event("pages.thing.seen", _("Looked at"), Happening.LOOK)
LISTED = Event("pages.list.seen", _("Looked at a list"), Happening.LOOK)
REFUSED = Event("pages.action.refused", _("Asked for something and was refused"), Happening.REFUSAL)
NOT_FOUND = Event(
    "pages.thing.not_found", _("Asked for something that is not there to see"), Happening.REFUSAL
)
