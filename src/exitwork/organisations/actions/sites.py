# SPDX-License-Identifier: AGPL-3.0-or-later
"""Sites of an organisation and the areas they work for (R10)."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from django.utils.translation import gettext as _

from exitwork.journal.recording import recorded
from exitwork.kernel.decisions import refuse
from exitwork.kernel.references import new_reference
from exitwork.kernel.standing import Standing
from exitwork.organisations import rules
from exitwork.organisations.models import Catchment, Organisation, Site
from exitwork.organisations.words.events import SITE_ADDED, SITE_CHANGED, SITE_CLOSED
from exitwork.organisations.words.kinds import Reach

Area = tuple[str, str]


def add_site(
    *,
    organisation: Organisation,
    name: str,
    by: Standing,
    at: datetime,
    place: str = "",
    is_hidden: bool = False,
    catchment: Iterable[Area] = (),
) -> Site:
    """Add a site. Its place is sealed; ``catchment`` are pairs of a reach and a code.

    :raises Refusal: if a rule says no, the name is missing or taken, or an area is not known.
    """
    with recorded(SITE_ADDED, by=by, about=organisation, at=at) as entry:
        rules.may_change_organisation.decide(by, organisation, at).or_raise()
        if not name.strip():
            raise refuse(_("Give the site a name."), "organisations.site.name_missing")
        if Site.objects.filter(organisation=organisation, name=name.strip()).exists():
            raise refuse(_("A site of this name exists already."), "organisations.site.name_taken")
        site = Site(
            organisation=organisation,
            ref=new_reference(),
            name=name.strip(),
            is_hidden=is_hidden,
        )
        if place.strip():
            site.place = place.strip()
        site.save(force_insert=True)
        _write(site, catchment)
        entry.note(site=site.ref, is_hidden=is_hidden)
    return site


def set_catchment(*, site: Site, catchment: Iterable[Area], by: Standing, at: datetime) -> Site:
    """Say anew for which areas a site works.

    :raises Refusal: if a rule says no, or an area is not known.
    """
    with recorded(SITE_CHANGED, by=by, about=site, at=at) as entry:
        rules.may_change_sites.decide(by, site, at).or_raise()
        Catchment.objects.filter(site=site).delete()
        entry.note(catchment=[list(area) for area in _write(site, catchment)])
    return site


def close_site(*, site: Site, by: Standing, at: datetime) -> Site:
    """Close a site: it takes no more requests; what happened there stays.

    :raises Refusal: if a rule says no, or it is closed already.
    """
    with recorded(SITE_CLOSED, by=by, about=site, at=at):
        rules.may_change_sites.decide(by, site, at).or_raise()
        site = Site.objects.get(pk=site.pk)
        if site.closed_at is not None:
            raise refuse(_("This site is closed already."), "organisations.site.closed")
        site.closed_at = at
        site.save(update_fields=["closed_at"])
    return site


def _write(site: Site, catchment: Iterable[Area]) -> list[Area]:
    areas: list[Area] = []
    for reach, code in catchment:
        written = code.strip().upper().replace(" ", "") if reach == Reach.POSTAL else code.strip()
        if reach not in Reach.values or not written:
            raise refuse(_("An area needs its kind and its name or code."), "organisations.site.area")
        if (reach, written) not in areas:
            areas.append((reach, written))
    Catchment.objects.bulk_create(
        Catchment(organisation=site.organisation, site=site, reach=reach, code=code) for reach, code in areas
    )
    return areas
