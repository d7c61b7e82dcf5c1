# SPDX-License-Identifier: AGPL-3.0-or-later
"""Who may read a case and its parts, write in it, change its team, open and close it.

* Assignment opens a case, never membership: in a consortium too (design.md 7).
* A state organisation has its own cases like anyone and reads nobody else's (I3).
* An administrator's role appears in no permit here (I2).
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from exitwork.access.models import Opening
from exitwork.access.register import governs
from exitwork.access.rules import (
    does_casework,
    has_second_factor,
    in_reach,
    is_active,
    is_my_opening,
    leads_organisation,
    of_my_organisation,
    protects_data,
)
from exitwork.access.selects import keys, membership, own
from exitwork.cases import facts
from exitwork.cases.facts import (
    is_assigned,
    is_foreign_to_state,
    is_kept_out,
    is_mine_to_lead,
    is_open,
    is_opened_in_emergency,
    leads_programme,
    manages,
    stands_in,
    works_as_professional,
)
from exitwork.cases.models import Absence, Assignment, Case, Closing, Episode, KeptOut, Management, PhaseStep
from exitwork.kernel.facts import Fact
from exitwork.kernel.rules import Rule
from exitwork.kernel.secrecy import Tier
from exitwork.kernel.standing import Standing
from exitwork.people.models import Dependant, Identity, Person

NEWLY_RECORDED = timedelta(days=1)

manages_what_was_opened = Fact(
    "manages_what_was_opened",
    _("is the case manager of what was opened"),
    truth=lambda by, opening, at: bool(
        Management.objects.in_force(at).filter(case=opening.thing, account=by.me).exists()
    ),
    reading=membership(
        lambda by, at: keys(Management.objects.in_force(at).filter(account=by.me), "case"), column="thing"
    ),
)
may_read_opening = Rule(
    "may_read_opening",
    within=is_active & of_my_organisation,
    permits=[is_my_opening, leads_organisation, protects_data, manages_what_was_opened],
    otherwise=_("Who opened, the case manager, the lead and the data protection officer see this."),
)

on_case_team = manages | is_assigned
leads_it = leads_programme | is_mine_to_lead

may_read_case = Rule(
    "may_read_case",
    within=is_active & in_reach,
    permits=[is_assigned, manages, leads_programme, is_mine_to_lead, is_opened_in_emergency],
    forbids=[is_foreign_to_state, is_kept_out],
    opens={
        Tier.CONTENT: on_case_team | leads_it | is_opened_in_emergency,
        Tier.IDENTITY: manages | works_as_professional | is_opened_in_emergency,
        Tier.SECURITY: manages | works_as_professional | leads_it | is_opened_in_emergency,
    },
    otherwise=facts.NOT_ON_TEAM,
)
may_open_case = Rule(
    "may_open_case",
    within=is_active,
    permits=[does_casework],
    otherwise=_("Only somebody who works on cases may open one. An administrator can give you the role."),
)
may_write_in_case = Rule(
    "may_write_in_case",
    within=is_active & in_reach,
    permits=[is_assigned, manages, is_opened_in_emergency],
    forbids=[is_foreign_to_state, is_kept_out],
    otherwise=facts.NOT_ON_TEAM,
)
may_steer_case = Rule(
    "may_steer_case",
    within=is_active & in_reach,
    permits=[manages & is_open, stands_in & is_open, leads_programme & is_open, is_mine_to_lead & is_open],
    forbids=[is_foreign_to_state, is_kept_out],
    otherwise=_("Only the case manager, the deputy or the lead may do this."),
)
may_reopen_case = Rule(
    "may_reopen_case",
    within=is_active & in_reach,
    permits=[manages & ~is_open, leads_programme & ~is_open, is_mine_to_lead & ~is_open],
    forbids=[is_foreign_to_state, is_kept_out],
    otherwise=_("Only the last case manager or the lead can reopen a closed case."),
)
may_keep_out = Rule(
    "may_keep_out",
    within=is_active & in_reach,
    permits=[leads_programme & has_second_factor, is_mine_to_lead & has_second_factor],
    forbids=[is_foreign_to_state],
    otherwise=_("Only the lead may keep somebody out of a case."),
)
may_read_absence = Rule(
    "may_read_absence",
    within=is_active,
    permits=[of_my_organisation],
    otherwise=_("Only colleagues see who is away."),
)

case_is_readable = facts.readable_case(may_read_case)

may_read_case_part = Rule(
    "may_read_case_part",
    within=is_active,
    permits=[case_is_readable],
    opens={Tier.CONTENT: case_is_readable},
    otherwise=facts.NOT_ON_TEAM,
)
may_read_keeping_out = Rule(
    "may_read_keeping_out",
    within=is_active & in_reach,
    permits=[leads_organisation],
    otherwise=_("Only the lead sees who is kept out of what."),
)


def _cases_about(person: Any, by: Standing, at: datetime) -> list[Case]:
    if person is None:
        return []
    return list(Case.objects.visible_to(by, at).filter(person_id=person))


def _fields_about(person: Any, by: Standing, at: datetime) -> frozenset[Tier]:
    opened: frozenset[Tier] = frozenset()
    for case in _cases_about(person, by, at):
        opened |= may_read_case.fields(by, case, at)
    return opened


def _persons(by: Standing, at: datetime) -> Any:
    return keys(Case.objects.visible_to(by, at).filter(person__isnull=False), "person")


def _about_person(column: str) -> tuple[Fact, Fact]:
    """What opens a person, or a row that belongs to one: a case about him that may be read."""

    def key(thing: Any) -> Any:
        return getattr(thing, column)

    has_case = Fact(
        "person_has_readable_case",
        _("a case about the person may be read"),
        truth=lambda by, thing, at: bool(_cases_about(key(thing), by, at)),
        reading=membership(_persons, column=column),
        lacking=facts.NOT_ON_TEAM,
    )
    opens_identity = Fact(
        "case_opens_identity",
        _("a case about the person opens the identity"),
        truth=lambda by, thing, at: Tier.IDENTITY in _fields_about(key(thing), by, at),
        lacking=_(
            "Who the person is opens to the case team. Say why you need it, and the case manager is told."
        ),
    )
    return has_case, opens_identity


person_has_case, case_opens_person = _about_person("pk")
part_has_case, case_opens_part = _about_person("person_id")


def _guardian_of(person: Any) -> Any:
    return Dependant.objects.filter(person=person.pk).values_list("guardian", flat=True).first()


# A child is read by whoever may read a case about its guardian; it has no case of its own (S22).
guardian_has_case = Fact(
    "guardian_has_readable_case",
    _("a case about the guardian may be read"),
    truth=lambda by, person, at: bool(_cases_about(_guardian_of(person), by, at)),
    reading=membership(
        lambda by, at: keys(Dependant.objects.filter(guardian__in=_persons(by, at)), "person")
    ),
    lacking=facts.NOT_ON_TEAM,
)
case_opens_dependant = Fact(
    "guardians_case_opens_identity",
    _("a case about the guardian opens the identity"),
    truth=lambda by, person, at: Tier.IDENTITY in _fields_about(_guardian_of(person), by, at),
    lacking=_("Who the person is opens to the case team. Say why you need it, and the case manager is told."),
)
recorded_person_today = Fact(
    "recorded_person_today",
    _("recorded the person within the last day"),
    truth=lambda by, person, at: (
        person.created_by_id == by.account
        and by.account is not None
        and person.created_at > at - NEWLY_RECORDED
    ),
    reading=own(
        lambda by, at: (
            Q(created_by_id__shielded_in=[by.account]) & Q(created_at__gt=at - NEWLY_RECORDED)
            if by.account
            else False
        )
    ),
    lacking=facts.NOT_ON_TEAM,
)
may_read_person = Rule(
    "may_read_person",
    within=is_active & in_reach,
    permits=[person_has_case, guardian_has_case, recorded_person_today],
    opens={
        Tier.CONTENT: person_has_case | guardian_has_case | recorded_person_today,
        Tier.IDENTITY: case_opens_person | case_opens_dependant | recorded_person_today,
    },
    otherwise=facts.NOT_ON_TEAM,
)
may_read_person_part = Rule(
    "may_read_person_part",
    within=is_active,
    permits=[part_has_case],
    opens={Tier.CONTENT: part_has_case, Tier.IDENTITY: case_opens_part},
    otherwise=facts.NOT_ON_TEAM,
)

governs(Case, may_read_case)
governs(Opening, may_read_opening)
for part in (Episode, PhaseStep, Closing, Management, Assignment):
    governs(part, may_read_case_part)
governs(KeptOut, may_read_keeping_out)
governs(Absence, may_read_absence)
governs(Person, may_read_person)
governs(Identity, may_read_person_part)
