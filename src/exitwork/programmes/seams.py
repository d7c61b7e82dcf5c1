# SPDX-License-Identifier: AGPL-3.0-or-later
"""What this room hands upward: ends that come near, and its place on the organisation's page."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from markupsafe import Markup

from exitwork.access.seams import Panel, Place
from exitwork.kernel.standing import Standing
from exitwork.programmes.models import Programme
from exitwork.programmes.queries import EndWarning, ending_soon
from exitwork.ui.formats import day


def my_day(by: Standing, _request: Any, at: datetime) -> Mapping[str, Any] | None:
    """The ends that come near, for whoever can act on them."""
    items = [attention_item(warning) for warning in ending_soon(by, at)]
    return {"attention": items} if items else None


def organisation_index(by: Standing, _request: Any, at: datetime) -> Mapping[str, Any] | None:
    """The way to the programmes, with the ends that come near."""
    if by.organisation is None:
        return None
    count = Programme.objects.visible_to(by, at).count()
    near = len(ending_soon(by, at))
    parts = [ngettext("%(number)s programme.", "%(number)s programmes.", count) % {"number": count}]
    if near:
        sentence = ngettext("%(number)s ends within a year.", "%(number)s end within a year.", near)
        parts.append(sentence % {"number": near})
    return {
        "label": _("Programmes"),
        "url": reverse("programmes:list"),
        "count": count,
        "summary": " ".join(parts),
    }


def attention_item(warning: EndWarning) -> dict[str, Any]:
    """One end that comes near, as the list of what needs attention shows it."""
    sentence = ngettext(
        "The last day is %(day)s: in %(number)s day.",
        "The last day is %(day)s: in %(number)s days.",
        warning.days_left,
    )
    return {
        "title": _("“%(name)s” ends within %(months)s months")
        % {"name": warning.name, "months": warning.months},
        # Markup, because the day is an element of its own; the sentence is ours, the rest is escaped.
        "detail": Markup(sentence) % {"day": day(warning.ends), "number": warning.days_left},  # noqa: S704
        "label": _("Look at it"),
        "url": reverse("programmes:programme", args=[warning.ref]),
    }


my_day_panel = Panel(Place.MY_DAY, 70, my_day)
index_panel = Panel(Place.ORGANISATION_INDEX, 40, organisation_index)
