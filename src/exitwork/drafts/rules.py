# SPDX-License-Identifier: AGPL-3.0-or-later
"""A draft is its writer's alone."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from exitwork.access.register import governs
from exitwork.access.selects import about_standing, column_in, own
from exitwork.drafts.models import Draft
from exitwork.kernel.facts import Fact
from exitwork.kernel.rules import Rule
from exitwork.kernel.secrecy import Tier

typed_it = Fact(
    "typed_it",
    _("typed it"),
    truth=lambda by, draft, _at: by.account is not None and draft.account == by.account,
    reading=own(lambda by, _at: column_in("account", {by.account} if by.account else ())),
    lacking=_("A draft is read by nobody but who typed it."),
)
signs_in = Fact(
    "signs_in",
    _("the account is active"),
    truth=lambda by, _draft, _at: by.is_active,
    reading=about_standing(lambda by: by.is_active),
)

may_read_draft = Rule(
    "may_read_draft",
    within=signs_in,
    permits=[typed_it],
    opens={Tier.CONTENT: typed_it},
    otherwise=_("A draft is read by nobody but who typed it."),
)

governs(Draft, may_read_draft)
