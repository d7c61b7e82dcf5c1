# SPDX-License-Identifier: AGPL-3.0-or-later
"""The workplace's own places in the navigation, and what waits on my day."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from markupsafe import Markup

from exitwork.access.models import Opening
from exitwork.access.seams import Panel, Place
from exitwork.contacts.queries import expiring
from exitwork.kernel.standing import Role, Standing
from exitwork.ui.formats import day

EXPIRING_SHOWN = 5
OPENINGS_SHOWN = 5


def _said(sentence: str, **values: object) -> Markup:
    """A sentence with days put in, which are markup of ours; everything else is escaped."""
    return Markup(sentence) % values  # noqa: S704 -- the sentence is ours, the values are escaped


def _today(_by: Standing, _request: Any, _at: datetime) -> dict[str, Any]:
    return {"label": gettext_lazy("Today"), "url": reverse("workplace:today"), "count": None}


def _openings(by: Standing, _request: Any, _at: datetime) -> dict[str, Any] | None:
    if not (by.leads_all or by.has(Role.DATA_PROTECTION_OFFICER)):
        return None
    return {"label": gettext_lazy("Emergency openings"), "url": reverse("workplace:openings"), "count": None}


def _expiring_notes(by: Standing, _request: Any, at: datetime) -> dict[str, Any] | None:
    notes = list(expiring(by=by, at=at)[:EXPIRING_SHOWN])
    return {
        "attention": [
            {
                "title": _said(_("A working note goes on %(day)s"), day=day(note.expires_at)),
                "detail": _("Case %(ref)s. Make it part of the case record, or let it go.")
                % {"ref": note.case.ref},
                "label": _("Look at it"),
                "url": reverse("contacts:read", args=[note.case.ref, note.ref]),
            }
            for note in notes
            if note.expires_at is not None
        ]
    }


def _unreviewed(by: Standing, _request: Any, at: datetime) -> dict[str, Any] | None:
    """What others opened in an emergency: to the case manager at once, to whoever reviews it."""
    openings = Opening.objects.visible_to(by, at).unreviewed().exclude(account=by.me)
    rows = list(openings.order_by("from_at")[:OPENINGS_SHOWN])
    return {
        "attention": [
            {
                "title": _("Case %(ref)s was opened in an emergency by %(name)s")
                % {"ref": opening.thing_ref, "name": opening.account_name},
                "detail": _said(_("Somebody else looks at it by %(day)s."), day=day(opening.review_due_at)),
                "label": _("Look at it"),
                "url": reverse("workplace:review", args=[opening.ref]),
            }
            for opening in rows
        ]
    }


Panel(Place.NAVIGATION, 10, _today).register()
Panel(Place.NAVIGATION, 80, _openings).register()
Panel(Place.MY_DAY, 20, _unreviewed).register()
Panel(Place.MY_DAY, 60, _expiring_notes).register()
