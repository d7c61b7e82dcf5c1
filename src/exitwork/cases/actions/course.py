# SPDX-License-Identifier: AGPL-3.0-or-later
"""The course of a case: phases, episodes, closing and reopening."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django.utils.translation import gettext as _

from exitwork.cases import rules
from exitwork.cases.models import Case, Closing, Episode, PhaseStep
from exitwork.cases.words import CLOSED, EPISODE_BEGUN, PHASE_CHANGED, REOPENED
from exitwork.journal.recording import recorded
from exitwork.kernel.decisions import refuse
from exitwork.kernel.standing import Standing


def change_phase(*, case: Case, phase: str, reason: str = "", by: Standing, at: datetime) -> PhaseStep:
    """Let the case enter another phase of its programme.

    :raises Refusal: if a rule says no, or the programme does not lead from here to there.
    """
    with recorded(PHASE_CHANGED, by=by, about=case, at=at) as entry:
        case = _current(case)
        rules.may_steer_case.decide(by, case, at).or_raise()
        case.programme.phases.may_follow(case.phase, phase).or_raise()
        step = PhaseStep.objects.create(**_part(case), phase=phase, from_at=at, reason=reason.strip())
        entry.note(before=case.phase, after=phase)
        case.phase = phase
        _save(case, "phase")
    return step


def begin_episode(
    *,
    case: Case,
    setting: str,
    basis: str,
    from_date: date,
    institution: str = "",
    by: Standing,
    at: datetime,
) -> Episode:
    """Note that setting, institution or footing change on a day. The case manager stays (R83).

    :raises Refusal: if a rule says no, or an episode begins on that day already.
    """
    with recorded(EPISODE_BEGUN, by=by, about=case, at=at) as entry:
        case = _current(case)
        rules.may_steer_case.decide(by, case, at).or_raise()
        if Episode.objects.filter(case=case, from_date=from_date).exists():
            raise refuse(
                _("An episode begins on that day already. Choose another day."), "cases.episode.same_day"
            )
        episode = Episode.objects.create(
            **_part(case),
            setting=setting,
            basis=basis,
            institution=institution.strip(),
            from_date=from_date,
        )
        entry.note(setting=setting, basis=basis, from_date=from_date.isoformat())
    return episode


def close_case(*, case: Case, ending: str, remark: str = "", by: Standing, at: datetime) -> Closing:
    """Close the case, for a reason. It stays readable to those who could read it, and can reopen.

    :raises Refusal: if a rule says no.
    """
    with recorded(CLOSED, by=by, about=case, at=at) as entry:
        case = _current(case)
        rules.may_steer_case.decide(by, case, at).or_raise()
        closing = Closing.objects.create(**_part(case), ending=ending, closed_at=at, remark=remark.strip())
        case.closed_at = at
        _save(case, "closed_at")
        entry.note(ending=ending)
    return closing


def reopen_case(*, case: Case, by: Standing, at: datetime) -> Case:
    """Open a closed case again, with its history.

    :raises Refusal: if a rule says no.
    """
    with recorded(REOPENED, by=by, about=case, at=at):
        case = _current(case)
        rules.may_reopen_case.decide(by, case, at).or_raise()
        Closing.objects.filter(case=case, reopened_at__isnull=True).update(reopened_at=at)
        case.closed_at = None
        _save(case, "closed_at")
    return case


def _current(case: Case) -> Case:
    """The case as it is now that it is locked."""
    return Case.objects.select_related("programme", "organisation").get(pk=case.pk)


def _part(case: Case) -> dict[str, Any]:
    return {"organisation_id": case.organisation_id, "case": case}


def _save(case: Case, *fields: str) -> None:
    case.version += 1
    case.save(update_fields=[*fields, "version"])
