# SPDX-License-Identifier: AGPL-3.0-or-later
"""Facts every room needs, and who may open, read and review an emergency opening."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from exitwork.access.models import Opening
from exitwork.access.selects import about_standing, column_in, keys, membership, own
from exitwork.kernel.facts import Fact
from exitwork.kernel.rules import Rule
from exitwork.kernel.standing import CASEWORK, Role, Standing

is_active = Fact(
    "is_active",
    _("the account is active and belongs to the organisation"),
    truth=lambda by, _thing, _at: by.is_active and by.organisation is not None,
    reading=about_standing(lambda by: by.is_active and by.organisation is not None),
    lacking=_("You act for no organisation at the moment. An administrator can add you."),
)
has_second_factor = Fact(
    "has_second_factor",
    _("a second factor was used to sign in"),
    truth=lambda by, _thing, _at: by.has_second_factor,
    reading=about_standing(lambda by: by.has_second_factor),
    lacking=_("This needs your second factor. Set it up under your account."),
)
does_casework = Fact(
    "does_casework",
    _("holds a role that works on cases"),
    truth=lambda by, _thing, _at: by.has(*CASEWORK),
    reading=about_standing(lambda by: by.has(*CASEWORK)),
    lacking=_("Your roles do not include work on cases. An administrator can change them."),
)
leads_organisation = Fact(
    "leads_organisation",
    _("leads the whole organisation"),
    truth=lambda by, _thing, _at: by.leads_all,
    reading=about_standing(lambda by: by.leads_all),
    lacking=_("Only the lead of the organisation may do this."),
)
protects_data = Fact(
    "protects_data",
    _("is the data protection officer"),
    truth=lambda by, _thing, _at: by.has(Role.DATA_PROTECTION_OFFICER),
    reading=about_standing(lambda by: by.has(Role.DATA_PROTECTION_OFFICER)),
    lacking=_("Only the data protection officer may do this."),
)
administers = Fact(
    "administers",
    _("administers the organisation"),
    truth=lambda by, _thing, _at: by.has(Role.ADMINISTRATOR),
    reading=about_standing(lambda by: by.has(Role.ADMINISTRATOR)),
    lacking=_("Only an administrator of the organisation may do this."),
)
in_reach = Fact(
    "in_reach",
    _("it belongs to an organisation in reach"),
    truth=lambda by, thing, _at: thing.organisation_id in by.reach,
    reading=own(lambda by, _at: Q(organisation_id__in=sorted(by.reach, key=str)) if by.reach else False),
    lacking=_("This belongs to another organisation."),
)
of_my_organisation = Fact(
    "of_my_organisation",
    _("it belongs to the organisation acted for"),
    truth=lambda by, thing, _at: by.organisation is not None and thing.organisation_id == by.organisation,
    reading=own(lambda by, _at: column_in("organisation_id", {by.organisation} if by.organisation else ())),
    lacking=_("This belongs to another organisation."),
)


def _opened(by: Standing, thing: Any, at: datetime) -> bool:
    return by.account is not None and (
        Opening.objects.in_force(at).filter(account=by.me, thing=thing.pk).exists()
    )


opened_in_emergency = Fact(
    "opened_in_emergency",
    _("opened it in an emergency within the last four hours"),
    truth=_opened,
    reading=membership(
        lambda by, at: (
            keys(Opening.objects.in_force(at).filter(account=by.me), "thing") if by.account else None
        )
    ),
)
is_my_opening = Fact(
    "is_my_opening",
    _("made the opening"),
    truth=lambda by, opening, _at: by.account is not None and opening.account == by.account,
    reading=own(lambda by, _at: column_in("account", {by.account} if by.account else ())),
    bars=_("Somebody else must look at an emergency opening of your own."),
)
was_reviewed = Fact(
    "was_reviewed",
    _("it was looked at afterwards"),
    truth=lambda _by, opening, _at: opening.reviewed_at is not None,
    reading=own(lambda _by, _at: Q(reviewed_at__isnull=False)),
    bars=_("This opening was looked at already."),
)


def _owes_review(by: Standing, _thing: Any, at: datetime) -> bool:
    return any(opening.review_due_at <= at for opening in Opening.objects.unreviewed().filter(account=by.me))


owes_a_review = Fact(
    "owes_a_review",
    _("an earlier emergency opening is overdue for review"),
    truth=_owes_review,
    bars=_(
        "An earlier emergency opening of yours has not been looked at within seven days. "
        "The team lead can do it now; then you can open again."
    ),
)

may_review_opening = Rule(
    "may_review_opening",
    within=is_active & of_my_organisation,
    permits=[leads_organisation & has_second_factor, protects_data & has_second_factor],
    forbids=[is_my_opening, was_reviewed],
    otherwise=_("The lead or the data protection officer looks at emergency openings."),
)
may_open_in_emergency = Rule(
    "may_open_in_emergency",
    within=is_active & of_my_organisation,
    permits=[does_casework & has_second_factor],
    forbids=[owes_a_review],
    otherwise=_("Only somebody who works on cases may open one in an emergency."),
)
