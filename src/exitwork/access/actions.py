# SPDX-License-Identifier: AGPL-3.0-or-later
"""Opening in an emergency, and looking at it afterwards (design.md 4)."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from exitwork.access import rules
from exitwork.access.models import LONGEST_OPENING, Opening
from exitwork.access.words import OPENED, REVIEWED
from exitwork.journal.recording import recorded
from exitwork.kernel.decisions import refuse
from exitwork.kernel.references import new_reference
from exitwork.kernel.standing import Standing

SHORTEST_REASON = 20


def open_in_emergency(*, thing: Any, why: str, reason: str, by: Standing, at: datetime) -> Opening:
    """Open one thing of one's own organisation for four hours.

    The caller has asked for the second factor again. Nothing of tier 4 opens by this.

    :raises Refusal: if a rule says no, or the reason says too little.
    """
    with recorded(OPENED, by=by, about=thing, at=at) as entry:
        rules.may_open_in_emergency.decide(by, thing, at).or_raise()
        if len(reason.strip()) < SHORTEST_REASON:
            raise refuse(
                _("Say in at least 20 characters why this cannot wait."), "access.opening.reason_too_short"
            )
        opening = Opening.objects.create(
            ref=new_reference(),
            account=by.me,
            account_name=by.name,
            organisation_id=thing.organisation_id,
            thing_kind=thing._meta.label_lower,
            thing=thing.pk,
            thing_ref=thing.ref,
            why=why,
            reason=reason.strip(),
            from_at=at,
            until_at=at + LONGEST_OPENING,
        )
        entry.note(why=why, until=opening.until_at.isoformat())
    return opening


def review_opening(*, opening: Opening, review: str, by: Standing, at: datetime) -> Opening:
    """Record that somebody else looked at an emergency opening, and what he found.

    :raises Refusal: if a rule says no.
    """
    with recorded(REVIEWED, by=by, about=opening, at=at):
        opening = Opening.objects.get(pk=opening.pk)
        rules.may_review_opening.decide(by, opening, at).or_raise()
        opening.reviewed_at = at
        opening.reviewed_by = by.account
        opening.review = review.strip()
        opening.save(update_fields=["reviewed_at", "reviewed_by", "review"])
    return opening
