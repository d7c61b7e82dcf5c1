# SPDX-License-Identifier: AGPL-3.0-or-later
"""What this room hands upward: its strand of the timeline."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from exitwork.access.seams import Moment, Panel, Place, Strand
from exitwork.cases.models import Case
from exitwork.contacts.models import Contact
from exitwork.contacts.queries import stream, to_code
from exitwork.kernel.standing import Standing
from exitwork.programmes.words import NeedArea


def _moments(by: Standing, case: Case, at: datetime, before: datetime | None, limit: int) -> Iterable[Moment]:
    contacts = stream(case, by=by, at=at)
    if before is not None:
        contacts = contacts.filter(happened_at__lt=before)
    return [_moment(contact, case) for contact in contacts[:limit]]


def _moment(contact: Contact, case: Case) -> Moment:
    marks: tuple[tuple[str, object], ...] = ()
    if not contact.is_record:
        marks = (("attention", _("Only you read this")),)
    return Moment(
        at=contact.happened_at,
        title=contact.get_kind_display(),
        kind="accent" if contact.is_record else "",
        by=contact.author.name,
        text=contact.text.open(),
        minutes=contact.minutes,
        marks=marks,
        meta=(NeedArea(contact.area).label,) if contact.area else (),
        url=reverse("contacts:read", args=[case.ref, contact.ref]),
    )


def _uncoded(by: Standing, _request: Any, at: datetime) -> dict[str, Any] | None:
    count = to_code(by=by, at=at).count()
    if not count:
        return None
    title = ngettext("One note has no code yet", "%(count)s notes have no code yet", count) % {"count": count}
    return {
        "attention": [
            {
                "title": title,
                "detail": gettext("Codes come after the note; reports and hours come from them."),
                "label": gettext("Set the codes"),
                "url": reverse("contacts:codes"),
            }
        ]
    }


Panel(Place.MY_DAY, 90, _uncoded).register()
Strand("contacts", _("Notes and contacts"), _moments).register()
