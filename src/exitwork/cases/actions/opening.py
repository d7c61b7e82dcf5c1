# SPDX-License-Identifier: AGPL-3.0-or-later
"""Opening a case: with its key, its first phase, its first episode and its case manager, or not at all."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django.utils.translation import gettext as _

from exitwork.cases import rules
from exitwork.cases.models import Case, Episode, Management, PhaseStep
from exitwork.cases.words import OPENED, CaseKind, Confidentiality
from exitwork.journal.recording import recorded
from exitwork.kernel.decisions import refuse
from exitwork.kernel.references import new_reference
from exitwork.kernel.standing import Standing
from exitwork.people.actions.persons import record_person
from exitwork.people.models import Person
from exitwork.programmes.models import Programme
from exitwork.programmes.words import Participation, Setting
from exitwork.vault.keys import KeyKind, KeyRef, create_key


def open_case(
    *,
    programme: Programme,
    kind: str = CaseKind.EXIT,
    person: Person | None = None,
    pseudonym: str = "",
    setting: str = Setting.OPEN,
    basis: str = Participation.VOLUNTARY,
    confidentiality: str = Confidentiality.PSEUDONYMOUS,
    institution: str = "",
    from_date: date | None = None,
    by: Standing,
    at: datetime,
) -> Case:
    """Open a case under a running programme; who opens it manages it until it is handed over.

    Without a person of ours, one is recorded under the pseudonym.

    :raises Refusal: if a rule says no, the programme does not run, or the person is not ours.
    """
    case = Case(
        organisation_id=programme.organisation_id,
        programme=programme,
        ref=new_reference(taken=lambda ref: Case.objects.filter(ref=ref).exists()),
        kind=kind,
        confidentiality=confidentiality,
        phase=programme.phases.begins[0],
        jurisdiction=programme.organisation.legal_profile,
        opened_at=at,
    )
    with recorded(OPENED, by=by, about=case, at=at) as entry:
        rules.may_open_case.decide(by, case, at).or_raise()
        _refuse_what_is_not_ours(programme=programme, person=person, by=by, at=at)
        case.person = person or _new_person(pseudonym, kind, by, at)
        case.save(force_insert=True)
        create_key(KeyRef(KeyKind.CASE, case.pk))
        create_key(KeyRef(KeyKind.CASE_SECURITY, case.pk))
        part: dict[str, Any] = {"organisation_id": case.organisation_id, "case": case}
        Management.objects.create(**part, account_id=by.me, from_at=at)
        PhaseStep.objects.create(**part, phase=case.phase, from_at=at)
        Episode.objects.create(
            **part,
            setting=setting,
            basis=basis,
            institution=institution,
            from_date=from_date or by.day_of(at),
        )
        entry.note(kind=kind, programme=programme.ref, setting=setting, basis=basis)
    return case


def _new_person(pseudonym: str, kind: str, by: Standing, at: datetime) -> Person | None:
    if kind == CaseKind.CONSULTATION and not pseudonym.strip():
        return None
    if not pseudonym.strip():
        raise refuse(
            _("A case of this kind is about a person. Give a pseudonym; a name is not needed."),
            "cases.opening.nobody",
        )
    return record_person(pseudonym=pseudonym.strip(), by=by, at=at)


def _refuse_what_is_not_ours(
    *, programme: Programme, person: Person | None, by: Standing, at: datetime
) -> None:
    if programme.organisation_id != by.organisation:
        raise refuse(
            _("This programme belongs to another organisation. Choose one of your own."),
            "cases.opening.foreign_programme",
        )
    if not programme.runs_on(by.day_of(at)):
        raise refuse(
            _("This programme does not run at the moment. The lead can change its dates."),
            "cases.opening.programme_not_running",
        )
    if person is not None and person.organisation_id != by.organisation:
        raise refuse(_("This person is not known here."), "cases.opening.foreign_person")
