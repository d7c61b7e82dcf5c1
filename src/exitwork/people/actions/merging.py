# SPDX-License-Identifier: AGPL-3.0-or-later
"""Two persons found to be one, and within thirty days found to be two after all."""

from __future__ import annotations

from datetime import datetime

from django.db.models import Q
from django.utils.translation import gettext as _

from exitwork.journal.recording import recorded
from exitwork.kernel.decisions import refuse
from exitwork.kernel.standing import Standing
from exitwork.people import rules
from exitwork.people.models import Merge, Person
from exitwork.people.models.merges import UNDONE_WITHIN
from exitwork.people.words.events import PERSONS_MERGED, PERSONS_UNMERGED


def merge_persons(*, kept: Person, merged: Person, by: Standing, at: datetime) -> Merge:
    """Say that two persons are one human being. No row moves; all are resolved through this.

    :raises Refusal: if either may not be read with its identity, or a chain would arise.
    """
    with recorded(PERSONS_MERGED, by=by, about=kept, at=at) as entry:
        rules.may_merge.decide(by, kept, at).or_raise()
        rules.may_merge.decide(by, merged, at).or_raise()
        _refuse_unlike(kept, merged)
        _refuse_chain(kept, merged)
        assert by.account is not None
        merge = Merge.objects.create(
            organisation_id=kept.organisation_id,
            kept=kept,
            merged=merged,
            merged_at=at,
            undo_until=at + UNDONE_WITHIN,
            merged_by=by.account,
            merged_by_name=by.name,
        )
        entry.note(merged=merged.ref)
    return merge


def unmerge_persons(*, merge: Merge, by: Standing, at: datetime) -> Merge:
    """Say that they are two after all, within thirty days.

    :raises Refusal: if a rule says no, or the thirty days are over.
    """
    with recorded(PERSONS_UNMERGED, by=by, about=merge.kept, at=at) as entry:
        merge = Merge.objects.select_related("kept", "merged").get(pk=merge.pk)
        rules.may_merge.decide(by, merge.kept, at).or_raise()
        rules.may_merge.decide(by, merge.merged, at).or_raise()
        if not merge.can_be_undone(at):
            raise refuse(
                _("This can be undone within thirty days only. Record a new person instead."),
                "people.merge.too_late",
            )
        merge.undone_at, merge.undone_by = at, by.account
        merge.save(update_fields=["undone_at", "undone_by"])
        entry.note(merged=merge.merged.ref)
    return merge


def _refuse_unlike(kept: Person, merged: Person) -> None:
    if kept.pk == merged.pk:
        raise refuse(_("This is one person already."), "people.merge.same")
    if kept.organisation_id != merged.organisation_id:
        raise refuse(_("These belong to different organisations."), "people.merge.foreign")
    if kept.kind != merged.kind:
        raise refuse(
            _("A child's record is not put together with that of somebody worked with."), "people.merge.kinds"
        )


def _refuse_chain(kept: Person, merged: Person) -> None:
    """One step only: who was merged away is not merged with others, nor is who others were merged into."""
    touched = Q(merged__in=[kept, merged]) | Q(kept=merged)
    if Merge.objects.in_force().filter(touched).exists():
        raise refuse(
            _("One of them was put together with another before. Undo that, or choose the record kept."),
            "people.merge.chain",
        )
