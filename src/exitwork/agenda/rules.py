# SPDX-License-Identifier: AGPL-3.0-or-later
"""Who reads and changes appointments, tasks and absences, and who sees the workload.

* An appointment is read like its case, and planned by whoever may write in it.
* A task about no case is read by whose it is and who set it; no lead looks into it.
* An absence is set by oneself, by the deputy on a case of the person, or by the lead; what
  happened meanwhile is for the person alone.
* The workload is for leads: counts of cases and tasks, never a note, never a ranking (S33).
"""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from typing import Any

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from exitwork.access.register import governs
from exitwork.access.rules import in_reach, is_active, leads_organisation, of_my_organisation
from exitwork.access.selects import about_standing, column_in, keys, membership, own
from exitwork.agenda.models import Appointment, Feed, PutOff, Step, Task, TaskVersion
from exitwork.agenda.words import State
from exitwork.cases.models import Assignment, Management
from exitwork.cases.rules import case_is_readable, may_read_case_part, may_write_in_case
from exitwork.cases.words import Function
from exitwork.kernel.facts import Fact
from exitwork.kernel.rules import Rule
from exitwork.kernel.secrecy import Tier
from exitwork.kernel.standing import Standing

NOT_YOURS = _("This task is somebody else's.")

writes_in_case = Fact(
    "writes_in_case",
    _("may write in the case"),
    truth=lambda by, part, at: part.case_id is not None and bool(may_write_in_case.decide(by, part.case, at)),
    lacking=_("Only the case team may do this. The case manager or the team lead can add you."),
)
is_planned = Fact(
    "is_planned",
    _("nobody has said how it went"),
    truth=lambda _by, appointment, _at: appointment.state == State.PLANNED,
    lacking=_("The outcome of this appointment is noted already. Take it back first."),
)
has_begun = Fact(
    "has_begun",
    _("it has begun"),
    truth=lambda _by, appointment, at: appointment.starts_at <= at,
    lacking=_("This appointment has not begun yet. It can be moved or cancelled."),
)
is_about_case = Fact(
    "is_about_case",
    _("it is about a case"),
    truth=lambda _by, task, _at: task.case_id is not None,
    reading=own(lambda _by, _at: Q(case__isnull=False)),
)
# As for every part of a case; a task may have none.
its_case_is_readable = replace(
    case_is_readable,
    truth=lambda by, task, at: task.case_id is not None and case_is_readable.holds(by, task, at),
)
is_my_task = Fact(
    "is_my_task",
    _("is to do it"),
    truth=lambda by, task, _at: by.account is not None and task.account_id == by.account,
    reading=own(lambda by, _at: column_in("account_id", {by.account} if by.account else ())),
    lacking=NOT_YOURS,
)
set_the_task = Fact(
    "set_the_task",
    _("set it"),
    truth=lambda by, task, _at: by.account is not None and task.set_by_id == by.account,
    reading=own(lambda by, _at: column_in("set_by_id", {by.account} if by.account else ())),
    lacking=NOT_YOURS,
)

may_plan_appointment = Rule(
    "may_plan_appointment",
    within=is_active,
    permits=[writes_in_case],
    otherwise=_("Only the case team may do this."),
)
may_change_appointment = Rule(
    "may_change_appointment",
    within=is_active & is_planned,
    permits=[writes_in_case],
    otherwise=_("Only the case team may do this."),
)
may_say_outcome = Rule(
    "may_say_outcome",
    within=is_active & is_planned & has_begun,
    permits=[writes_in_case],
    otherwise=_("Only the case team may do this."),
)
may_take_outcome_back = Rule(
    "may_take_outcome_back",
    within=is_active,
    permits=[writes_in_case & ~is_planned],
    otherwise=_("Nobody has said how this appointment went."),
)

may_read_task = Rule(
    "may_read_task",
    within=is_active & in_reach,
    permits=[
        is_about_case & its_case_is_readable,
        is_my_task & ~is_about_case,
        set_the_task & ~is_about_case,
    ],
    opens={Tier.CONTENT: is_active},
    otherwise=NOT_YOURS,
)
may_change_task = Rule(
    "may_change_task",
    within=is_active & in_reach,
    permits=[is_about_case & writes_in_case, is_my_task & ~is_about_case, set_the_task & ~is_about_case],
    otherwise=NOT_YOURS,
)


def _task_readable(by: Standing, part: Any, at: datetime) -> bool:
    return bool(may_read_task.decide(by, part.task, at))


task_is_readable = Fact(
    "task_is_readable",
    _("the task may be read"),
    truth=_task_readable,
    reading=membership(lambda by, at: keys(Task.objects.visible_to(by, at), "pk"), column="task_id"),
    lacking=NOT_YOURS,
)
may_read_task_part = Rule(
    "may_read_task_part",
    within=is_active,
    permits=[task_is_readable],
    opens={Tier.CONTENT: task_is_readable},
    otherwise=NOT_YOURS,
)

is_mine = Fact(
    "is_mine",
    _("it is one's own"),
    truth=lambda by, thing, _at: by.account is not None and thing.account_id == by.account,
    reading=own(lambda by, _at: column_in("account_id", {by.account} if by.account else ())),
    lacking=_("Only the person may do this."),
)


def covered_accounts(by: Standing, at: datetime) -> Any:
    """The accounts of case managers on whose cases the standing is deputy or acts."""
    mine = Assignment.objects.in_force(at).filter(
        account=by.me,
        acting_for=by.ours,
        organisation=by.ours,
        function__in=(Function.DEPUTY, Function.ACTING),
    )
    return Management.objects.in_force(at).filter(case__in=mine.values("case"), case__closed_at__isnull=True)


is_deputy_of = Fact(
    "is_deputy_of",
    _("is deputy on a case of this person"),
    truth=lambda by, absence, at: covered_accounts(by, at).filter(account=absence.account_id).exists(),
    lacking=_("Only the person, the deputy on one of the person's cases, or the lead may do this."),
)
may_set_absence = Rule(
    "may_set_absence",
    within=is_active & of_my_organisation,
    permits=[is_mine, leads_organisation, is_deputy_of],
    otherwise=_("Only the person, the deputy on one of the person's cases, or the lead may do this."),
)
may_see_what_happened = Rule(
    "may_see_what_happened",
    within=is_active & of_my_organisation,
    permits=[is_mine],
    otherwise=_("What happened meanwhile is for the person who was away."),
)
may_read_feed = Rule(
    "may_read_feed",
    within=is_active & of_my_organisation,
    permits=[is_mine],
    otherwise=_("A calendar address is its owner's alone."),
)
leads_something = Fact(
    "leads_something",
    _("leads the organisation or a programme"),
    truth=lambda by, _thing, _at: by.leads_all or bool(by.leads),
    reading=about_standing(lambda by: by.leads_all or bool(by.leads)),
    lacking=_("Only leads see the workload."),
)
may_see_workload = Rule(
    "may_see_workload",
    within=is_active,
    permits=[leads_something],
    otherwise=_("Only leads see the workload."),
)

for of_case in (Appointment, Step):
    governs(of_case, may_read_case_part)
governs(Task, may_read_task)
for of_task in (PutOff, TaskVersion):
    governs(of_task, may_read_task_part)
governs(Feed, may_read_feed)
