# SPDX-License-Identifier: AGPL-3.0-or-later
"""The words of cases: kinds, settings, functions on a team, how a case ends, what can happen to it."""

from __future__ import annotations

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from exitwork.kernel.events import Event


class CaseKind(TextChoices):
    """What a case is about (design.md 7)."""

    EXIT = "exit", _("Exit")
    CONCERNED_PERSON = "concerned-person", _("Concerned person")
    CONSULTATION = "consultation", _("Consultation for a professional")
    ASSESSMENT_ORDER = "assessment-order", _("Assessment order")


class Confidentiality(TextChoices):
    """How much is known of who the person is (R32)."""

    ANONYMOUS = "anonymous", _("Anonymous")
    PSEUDONYMOUS = "pseudonymous", _("By pseudonym")
    NAMED = "named", _("Named, the name kept apart")


class Function(TextChoices):
    """What somebody does on a case besides the case manager."""

    DEPUTY = "deputy", _("Deputy")
    TANDEM = "tandem", _("Tandem partner")
    SPECIALIST = "specialist", _("Specialist")
    MENTOR = "mentor", _("Mentor")
    ACTING = "acting", _("Acting case manager")


class Ending(TextChoices):
    """Why a case was closed (vocabulary C.10)."""

    GOAL_REACHED = "goal-reached", _("Goal reached")
    CLIENT_STOPPED = "client-stopped", _("The client stopped")
    MANDATE_ENDED = "mandate-ended", _("The mandate ended")
    TRANSFERRED = "transferred", _("Transferred")
    FUNDING_ENDED = "funding-ended", _("The funding ended")
    CONTACT_LOST = "contact-lost", _("Contact lost")
    DEATH = "death", _("Death")


OPENED = Event("cases.case.opened", _("Case opened"))
PHASE_CHANGED = Event("cases.case.phase_changed", _("Phase changed"))
CLOSED = Event("cases.case.closed", _("Case closed"))
REOPENED = Event("cases.case.reopened", _("Case reopened"))
EPISODE_BEGUN = Event("cases.episode.begun", _("Setting or footing changed"))
MANAGER_CHANGED = Event("cases.manager.changed", _("Case manager changed"))
ASSIGNED = Event("cases.assignment.made", _("Put on the case"))
RELIEVED = Event("cases.assignment.ended", _("Taken off the case"))
ACTING_TOOK_OVER = Event("cases.manager.stood_in", _("Somebody acts for the case manager"))
ACTING_STOOD_BACK = Event("cases.manager.stood_back", _("Nobody acts for the case manager any more"))
KEPT_OUT = Event("cases.case.closed_to_somebody", _("Somebody is kept out of the case"))
