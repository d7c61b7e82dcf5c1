# SPDX-License-Identifier: AGPL-3.0-or-later
"""What the organisation is: kind, limits, law, sites, how many work here."""

from __future__ import annotations

from django.http import HttpResponseBase
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from exitwork.access.seams import Place, panels_at
from exitwork.organisations import queries, rules
from exitwork.organisations.legal import Profile, profile
from exitwork.organisations.legal.profile import ANSWERS
from exitwork.organisations.models import Membership, Organisation, Site
from exitwork.organisations.words.capabilities import stated_of
from exitwork.organisations.words.kinds import Branch, Kind, Wording
from exitwork.pages import Request, page, render, visible, visible_rows


@page
def overview(request: Request) -> HttpResponseBase:
    """The organisation acted for, on one page."""
    by, at = request.standing, request.at
    if by.organisation is None:
        return redirect("organisations:acting_for")
    organisation = visible(request, Organisation, pk=by.organisation)
    members = (
        Membership.objects.visible_to(request.standing, request.at)
        .in_force(at)
        .filter(organisation=organisation)
        .count()
    )
    sites = visible_rows(request, Site).filter(organisation=organisation, closed_at__isnull=True)
    places = [panel.query(by, request, at) for panel in panels_at(Place.ORGANISATION_INDEX)]
    return render(
        request,
        "organisations/overview.html",
        organisation=organisation,
        kind=Kind(organisation.kind).label,
        branch=Branch(organisation.branch).label,
        wording=Wording(organisation.wording).label,
        law=profile(organisation.legal_profile),
        limits=stated_of(organisation.kind),
        members=members,
        places=[place for place in places if place],
        administrators=queries.administrators(organisation.pk, at),
        sites=list(sites.order_by("name").values_list("name", flat=True)),
        may_see_people=rules.may_see_people.decide(by, organisation, at),
        may_change=rules.may_change_organisation.decide(by, organisation, at),
    )


@page
def law(request: Request) -> HttpResponseBase:
    """The legal profile of the organisation, with what nobody has reviewed said as such."""
    organisation = visible(request, Organisation, pk=request.standing.organisation)
    chosen: Profile = profile(organisation.legal_profile)
    return render(
        request,
        "organisations/law.html",
        law=chosen,
        duties=[(duty.says, duty.reference, duty.evidence) for duty in chosen.duties],
        grounds=[(ground.code, ground.reference, ", ".join(ground.dpv)) for ground in chosen.grounds],
        stated=[(stated.says, stated.reference, stated.evidence) for stated in chosen.stated],
        answers=[(name, str(ANSWERS[answer])) for name, answer in chosen.privilege.items()],
        times=_times(chosen),
    )


def _times(law: Profile) -> list[tuple[str, str]]:
    kept = law.retention
    return [
        (_("Age from which a young person may agree to counselling alone"), str(law.age_of_consent_says)),
        (_("Text of an anonymous call, in days"), str(kept.call_text_days)),
        (_("A referral that was not taken, in months"), str(kept.referral_not_taken_months)),
        (_("A working note, in days"), str(kept.working_note_days)),
        (_("A closed case after the last contact, in years"), str(kept.closed_case_years)),
        (_("Records of minors are reviewed at the age of"), str(kept.minor_review_age)),
        (_("The journal without content, in years"), str(kept.journal_years)),
    ]
