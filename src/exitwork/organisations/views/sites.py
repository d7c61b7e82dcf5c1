# SPDX-License-Identifier: AGPL-3.0-or-later
"""Sites and the areas they work for."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponseBase
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from exitwork.organisations import actions, queries, rules
from exitwork.organisations.forms import AreaForm, PlainForm, SiteForm
from exitwork.organisations.models import Organisation, Site
from exitwork.pages import Request, listed, page, render, visible, visible_rows


@page
def sites(request: Request) -> HttpResponseBase:
    """All sites of the organisation."""
    by, at = request.standing, request.at
    organisation = visible(request, Organisation, pk=by.organisation)
    listing = listed(
        request, visible_rows(request, Site).filter(organisation=organisation).order_by("name", "pk")
    )
    return render(
        request,
        "organisations/sites.html",
        listing=listing,
        areas=queries.areas_of(listing.rows),
        may_change=rules.may_change_organisation.decide(by, organisation, at),
    )


@page
def add_site(request: Request) -> HttpResponseBase:
    """Add a site."""
    by, at = request.standing, request.at
    organisation = visible(request, Organisation, pk=by.organisation)
    form = SiteForm(request.POST or None)
    if form.carries_out(actions.add_site, organisation=organisation, by=by, at=at):
        messages.success(request, _("The site is added."))
        return redirect("organisations:sites")
    decision = rules.may_change_organisation.decide(by, organisation, at)
    return render(request, "organisations/add_site.html", form=form, decision=decision)


@page
def site(request: Request, ref: str) -> HttpResponseBase:
    """One site: its address, its areas."""
    by, at = request.standing, request.at
    found = visible(request, Site, ref=ref)
    areas = queries.areas_of([found])[found.pk]
    typed = {
        reach: ", ".join(code for kind, code in areas.pairs if kind == reach) for reach in AreaForm.reaches
    }
    form = AreaForm(request.POST or None, initial=typed)
    if form.carries_out(actions.set_catchment, site=found, by=by, at=at):
        messages.success(request, _("Saved."))
        return redirect("organisations:site", ref)
    return render(
        request,
        "organisations/site.html",
        site=found,
        place=found.place.open() if found.place else "",
        level=areas.level.label,
        form=form,
        decision=rules.may_change_sites.decide(by, found, at),
    )


@page
def close_site(request: Request, ref: str) -> HttpResponseBase:
    """Close a site."""
    by, at = request.standing, request.at
    found = visible(request, Site, ref=ref)
    form = PlainForm(request.POST or None)
    if form.carries_out(actions.close_site, site=found, by=by, at=at):
        messages.success(request, _("The site is closed."))
        return redirect("organisations:sites")
    decision = rules.may_change_sites.decide(by, found, at)
    return render(request, "organisations/close_site.html", site=found, form=form, decision=decision)
