# SPDX-License-Identifier: AGPL-3.0-or-later
"""Target groups and ideologies of a person, and ideologies an organisation names itself (R31, R41)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from django.utils.translation import gettext as _

from exitwork.journal.recording import recorded
from exitwork.kernel.decisions import refuse
from exitwork.kernel.standing import Standing
from exitwork.people import rules
from exitwork.people.models import OwnIdeology, Person, Profile
from exitwork.people.words.choices import Ideology, TargetGroup
from exitwork.people.words.events import IDEOLOGY_ADDED, IDEOLOGY_RETIRED, PROFILE_NOTED


def note_profile(
    *,
    person: Person,
    target_groups: Sequence[str] = (),
    ideologies: Sequence[str] = (),
    words: str = "",
    as_of: date | None = None,
    by: Standing,
    at: datetime,
) -> Profile:
    """Note target groups and ideologies as of a day; earlier pictures stay (R31, R41).

    :raises Refusal: if a rule says no, a word is not known, or the person is a dependant (S22).
    """
    with recorded(PROFILE_NOTED, by=by, about=person, at=at):
        rules.may_change_around.decide(by, person, at).or_raise()
        if person.is_dependant or person.own_right_id is None:
            raise refuse(
                _("A child or other dependant has no target group and no ideology."),
                "people.profile.dependant",
            )
        _refuse_unknown(person, target_groups, ideologies)
        return Profile.objects.create(
            organisation_id=person.organisation_id,
            person=person,
            as_of=as_of or at.date(),
            content={
                "target_groups": list(target_groups),
                "ideologies": list(ideologies),
                "words": words.strip(),
            },
            noted_at=at,
            noted_by=by.account,
            noted_by_name=by.name,
        )


def add_ideology(*, label: str, reported_as: str, by: Standing, at: datetime) -> OwnIdeology:
    """Name an ideology of the organisation's own, reported under a common one.

    :raises Refusal: if a rule says no, or it is named already.
    """
    with recorded(IDEOLOGY_ADDED, by=by, at=at) as entry:
        rules.may_name_ideology.decide(by, None, at).or_raise()
        assert by.organisation is not None
        named = OwnIdeology.objects.filter(organisation_id=by.organisation, retired_at__isnull=True)
        if not label.strip() or named.filter(label=label.strip()).exists():
            raise refuse(_("Give it a name that is not in the list yet."), "people.ideology.twice")
        ideology = OwnIdeology.objects.create(
            organisation_id=by.organisation,
            label=label.strip(),
            reported_as=Ideology(reported_as),
            added_at=at,
        )
        entry.about(ideology)
    return ideology


def retire_ideology(*, ideology: OwnIdeology, by: Standing, at: datetime) -> OwnIdeology:
    """Offer an ideology no longer; pictures that name it keep it.

    :raises Refusal: if a rule says no.
    """
    with recorded(IDEOLOGY_RETIRED, by=by, about=ideology, at=at):
        ideology = OwnIdeology.objects.get(pk=ideology.pk)
        rules.may_name_ideology.decide(by, ideology, at).or_raise()
        if ideology.organisation_id != by.organisation:
            raise refuse(_("This belongs to another organisation."), "people.ideology.foreign")
        if ideology.retired_at is None:
            ideology.retired_at = at
            ideology.save(update_fields=["retired_at"])
    return ideology


def _refuse_unknown(person: Person, target_groups: Sequence[str], ideologies: Sequence[str]) -> None:
    own = OwnIdeology.objects.filter(organisation_id=person.organisation_id).values_list("ref", flat=True)
    if not {*target_groups} <= {*TargetGroup.values} or not {*ideologies} <= {*Ideology.values, *own}:
        raise refuse(_("This is no target group or ideology known here."), "people.profile.unknown")
