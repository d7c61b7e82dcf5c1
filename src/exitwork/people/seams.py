# SPDX-License-Identifier: AGPL-3.0-or-later
"""What this room hands upward: what waits on my day, the client on the case's page, what is held.

* On the case's page nothing sealed is opened and one query is asked.
* What is held about a person never holds a child of his: it has a record of its own (S22).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from exitwork.access.rules import administers, is_active, leads_organisation
from exitwork.access.seams import Holding, Panel, Place
from exitwork.kernel.standing import Standing
from exitwork.people import queries, rules
from exitwork.people.models import (
    ContactSafety,
    Face,
    Identity,
    IdentityOpening,
    IdentityVersion,
    Person,
    Profile,
    Relation,
    Stop,
)

STOPS_SHOWN = 10


def my_day(by: Standing, _request: Any, at: datetime) -> Mapping[str, Any] | None:
    """Clients to be met because their phone is no longer safe, and openings to take note of."""
    stops = Stop.objects.visible_to(by, at).open().select_related("person").order_by("stopped_at")
    items = [_to_meet(stop) for stop in stops[:STOPS_SHOWN]]
    items += [_to_see(opening) for opening in queries.openings_to_see(by, at)]
    return {"attention": items} if items else None


def _to_meet(stop: Stop) -> dict[str, Any]:
    return {
        "title": _("The phone of %(pseudonym)s is no longer safe") % {"pseudonym": stop.person.pseudonym},
        "detail": _("Do not call or write. Meet in person, then let messages go out again."),
        "label": _("See the person"),
        "url": reverse("people:person", args=[stop.person.ref]),
    }


def _to_see(opening: IdentityOpening) -> dict[str, Any]:
    return {
        "title": _("%(name)s opened who %(pseudonym)s is")
        % {"name": opening.opened_by_name, "pseudonym": opening.person.pseudonym},
        "detail": _("From outside the case team: %(reason)s.") % {"reason": opening.get_reason_display()},
        "label": _("Take note"),
        "url": reverse("people:person", args=[opening.person.ref]),
    }


def client_of_case(_by: Standing, case: Any, _at: datetime) -> Mapping[str, Any] | None:
    """The person a case is about, for the case's page: how he takes things in, whether he can be reached."""
    person = getattr(case, "person", None)
    if person is None:
        return None
    return {"person": person, "takes_in": queries.takes_in(person), "stop": queries.open_stop(person)}


def navigation(by: Standing, _request: Any, at: datetime) -> Mapping[str, Any] | None:
    """The wall keepers' page, for them alone."""
    if not rules.may_keep_walls(by, at):
        return None
    return {"label": gettext_lazy("Records that touch"), "url": reverse("people:walls"), "count": None}


def organisation_index(by: Standing, _request: Any, at: datetime) -> Mapping[str, Any] | None:
    """The names the organisation appears under, for whoever makes them."""
    if by.organisation is None or not (is_active & (leads_organisation | administers)).holds(by, None, at):
        return None
    count = Face.objects.in_use().filter(organisation_id=by.organisation).count()
    return {
        "label": _("Names we appear under"),
        "url": reverse("people:faces"),
        "count": count,
        "summary": _("What a client's phone and letterbox show."),
    }


def held(person: Person) -> Iterable[Any]:
    """Every row this room holds about a person himself, sealed as it lies."""
    yield person
    for model in (Identity, IdentityVersion, IdentityOpening, ContactSafety, Stop, Relation, Profile):
        yield from model._default_manager.filter(person=person.pk)


panels = (
    Panel(Place.MY_DAY, 10, my_day),
    Panel(Place.CASE_PAGE, 10, client_of_case, "people/_client.html"),
    Panel(Place.NAVIGATION, 70, navigation),
    Panel(Place.ORGANISATION_INDEX, 30, organisation_index),
)
holding = Holding("people", gettext_lazy("Who a person is and how to reach them"), held)
