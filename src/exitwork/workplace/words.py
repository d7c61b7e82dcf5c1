# SPDX-License-Identifier: AGPL-3.0-or-later
"""What happens in the workplace itself: a search, a look at who looked."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from exitwork.kernel.events import Event, Happening

SEARCHED = Event("workplace.search.made", _("Looked through what may be seen"), Happening.LOOK)
