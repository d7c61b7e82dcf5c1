# SPDX-License-Identifier: AGPL-3.0-or-later
"""Walls between records that touch, and people a worker is never put together with (S4)."""

from __future__ import annotations

from datetime import date, datetime

from django.utils.translation import gettext as _

from exitwork.journal.recording import recorded
from exitwork.kernel.decisions import refuse
from exitwork.kernel.references import normalise
from exitwork.kernel.standing import Standing
from exitwork.people import rules
from exitwork.people.models import Exclusion, Person, Wall, WallDecision
from exitwork.people.words.choices import WallAnswer, WallKind
from exitwork.people.words.events import EXCLUSION_ENDED, EXCLUSION_MADE, WALL_DECIDED, WALL_RAISED


def raise_wall(*, kind: str, one: str, other: str, by: Standing, at: datetime) -> None:
    """Tell the wall keepers that two records of the organisation touch.

    Gives back nothing, and looks nothing up: whether the records exist, or a wall stands there
    already, makes no difference to whoever tells (S3).

    :raises Refusal: if a rule says no, or these are not two references.
    """
    first, second = normalise(one), normalise(other)
    # The entry names no wall: a reference met twice would tell that one stood there before.
    with recorded(WALL_RAISED, by=by, at=at):
        rules.may_raise_wall.decide(by, None, at).or_raise()
        if first is None or second is None or first == second:
            raise refuse(
                _("Give two references, each as it stands on its page."), "people.wall.no_references"
            )
        assert by.organisation is not None
        Wall.objects.get_or_create(
            organisation_id=by.organisation,
            kind=WallKind(kind),
            one=min(first, second),
            other=max(first, second),
            defaults={"raised_at": at},
        )


def decide_wall(*, wall: Wall, answer: str, look_again_on: date, by: Standing, at: datetime) -> WallDecision:
    """Decide how two records that touch are kept, and when to look again.

    :raises Refusal: if a rule says no, or the day has passed.
    """
    with recorded(WALL_DECIDED, by=by, about=wall, at=at) as entry:
        rules.may_decide_wall.decide(by, wall, at).or_raise()
        if look_again_on <= at.date():
            raise refuse(_("Choose a day ahead on which this is looked at again."), "people.wall.day_passed")
        assert by.account is not None
        decision = WallDecision.objects.create(
            organisation_id=wall.organisation_id,
            wall=wall,
            answer=WallAnswer(answer),
            decided_at=at,
            decided_by=by.account,
            decided_by_name=by.name,
            look_again_on=look_again_on,
        )
        entry.note(answer=str(answer), look_again_on=look_again_on.isoformat())
    return decision


def exclude_person(*, person: Person, by: Standing, at: datetime) -> Exclusion:
    """Ask never to be put together with this person. Asking twice changes nothing.

    :raises Refusal: if a rule says no.
    """
    with recorded(EXCLUSION_MADE, by=by, at=at) as entry:
        rules.may_exclude.decide(by, person, at).or_raise()
        assert by.account is not None
        exclusion = Exclusion.objects.filter(
            account_id=by.account, person=person, until_at__isnull=True
        ).first() or Exclusion.objects.create(
            organisation_id=person.organisation_id, account_id=by.account, person=person, from_at=at
        )
        entry.about(exclusion)
    return exclusion


def end_exclusion(*, exclusion: Exclusion, by: Standing, at: datetime) -> Exclusion:
    """Withdraw an exclusion of one's own.

    :raises Refusal: if it is somebody else's.
    """
    with recorded(EXCLUSION_ENDED, by=by, about=exclusion, at=at):
        exclusion = Exclusion.objects.get(pk=exclusion.pk)
        rules.may_end_exclusion.decide(by, exclusion, at).or_raise()
        if exclusion.until_at is None:
            exclusion.until_at = at
            exclusion.save(update_fields=["until_at"])
    return exclusion
