# SPDX-License-Identifier: AGPL-3.0-or-later
"""What can be true of a standing and a case, each said once, in Python and in SQL.

The facts about a case's team look into the team's own tables; a part of a case (a contact, an
episode) is read exactly as its case is.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from exitwork.access.models import Opening
from exitwork.access.selects import column_in, keys, membership, own
from exitwork.access.words import WORD_WITH_LEAD
from exitwork.cases.models import Assignment, Case, KeptOut, Management
from exitwork.cases.words import Function
from exitwork.kernel.facts import Fact
from exitwork.kernel.standing import OrganisationKind, Standing

NOT_ON_TEAM = _("Only the case team may do this. The case manager or the team lead can add you.")


def _manages(by: Standing, case: Any, at: datetime) -> bool:
    return bool(Management.objects.in_force(at).filter(case=case.pk, account=by.me).exists())


def _assigned(*functions: Function) -> Callable[[Standing, Any, datetime], bool]:
    def truth(by: Standing, case: Any, at: datetime) -> bool:
        return bool(_assignments(by, at, functions).filter(case=case.pk).exists())

    return truth


def _assignments(by: Standing, at: datetime, functions: tuple[Function, ...]) -> Any:
    mine = Assignment.objects.in_force(at).filter(account=by.me, acting_for=by.ours)
    return mine.filter(function__in=functions) if functions else mine


manages = Fact(
    "manages",
    _("is the case manager"),
    truth=_manages,
    reading=membership(lambda by, at: keys(Management.objects.in_force(at).filter(account=by.me), "case")),
    lacking=_("Only the case manager may do this."),
)
is_assigned = Fact(
    "is_assigned",
    _("is on the case team"),
    truth=_assigned(),
    reading=membership(lambda by, at: keys(_assignments(by, at, ()), "case")),
    lacking=NOT_ON_TEAM,
)
stands_in = Fact(
    "stands_in",
    _("is deputy or acts for the case manager"),
    truth=_assigned(Function.DEPUTY, Function.ACTING),
    reading=membership(lambda by, at: keys(_assignments(by, at, (Function.DEPUTY, Function.ACTING)), "case")),
    lacking=_("Only the case manager or the deputy may do this."),
)
works_as_professional = Fact(
    "works_as_professional",
    _("is deputy, tandem partner or specialist on the case"),
    truth=_assigned(Function.DEPUTY, Function.ACTING, Function.TANDEM, Function.SPECIALIST),
    reading=membership(
        lambda by, at: keys(
            _assignments(by, at, (Function.DEPUTY, Function.ACTING, Function.TANDEM, Function.SPECIALIST)),
            "case",
        )
    ),
    lacking=NOT_ON_TEAM,
)
leads_programme = Fact(
    "leads_programme",
    _("leads the programme of the case"),
    truth=lambda by, case, _at: case.organisation_id == by.organisation and case.programme_id in by.leads,
    reading=own(
        lambda by, _at: (
            Q(organisation_id__shielded_in=[by.organisation])
            & Q(programme_id__shielded_in=sorted(by.leads, key=str))
            if by.leads and by.organisation
            else False
        )
    ),
    lacking=_("Only the lead of the programme may do this."),
)
is_open = Fact(
    "is_open",
    _("the case is open"),
    truth=lambda _by, case, _at: case.closed_at is None,
    reading=own(lambda _by, _at: Q(closed_at__isnull=True)),
    lacking=_("The case is closed. The case manager can reopen it."),
)
is_foreign_to_state = Fact(
    "is_foreign_to_state",
    _("a state organisation asks for another organisation's case"),
    truth=lambda by, case, _at: (
        by.organisation_kind is OrganisationKind.STATE and case.organisation_id != by.organisation
    ),
    reading=own(
        lambda by, _at: (
            ~Q(organisation_id=by.ours) if by.organisation_kind is OrganisationKind.STATE else False
        )
    ),
    bars=_("A state organisation works on its own cases only. What it is told, it is told as a disclosure."),
)
is_kept_out = Fact(
    "is_kept_out",
    _("is kept out of the case"),
    truth=lambda by, case, at: KeptOut.objects.in_force(at).filter(case=case.pk, account=by.me).exists(),
    reading=membership(lambda by, at: keys(KeptOut.objects.in_force(at).filter(account=by.me), "case")),
    bars=_("You are kept out of this case."),
    wall=WORD_WITH_LEAD,
)
is_mine_to_lead = Fact(
    "is_mine_to_lead",
    _("leads the organisation the case belongs to"),
    truth=lambda by, case, _at: by.leads_all and case.organisation_id == by.organisation,
    reading=own(
        lambda by, _at: column_in(
            "organisation_id", {by.organisation} if by.leads_all and by.organisation else ()
        )
    ),
    lacking=_("Only the lead may do this."),
)


def _emergencies(by: Standing, at: datetime) -> Any:
    return Opening.objects.in_force(at).filter(account=by.me, organisation_id=by.ours)


is_opened_in_emergency = Fact(
    "is_opened_in_emergency",
    _("opened the case in an emergency within the last four hours"),
    truth=lambda by, case, at: bool(_emergencies(by, at).filter(thing=case.pk).exists()),
    reading=membership(lambda by, at: keys(_emergencies(by, at), "thing")),
)


def readable_case(rule: Any) -> Fact:
    """The fact that the case a part belongs to may be read, by the rule that governs cases."""

    def selects(by: Standing, at: datetime) -> Any:
        return keys(Case.objects.visible_to(by, at), "pk")

    return Fact(
        "case_is_readable",
        _("the case may be read"),
        truth=lambda by, part, at: bool(rule.decide(by, part.case, at)),
        reading=membership(selects, column="case_id"),
        lacking=NOT_ON_TEAM,
        of_whole=lambda by, case, at: bool(rule.decide(by, case, at)),
    )
