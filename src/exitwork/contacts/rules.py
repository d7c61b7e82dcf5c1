# SPDX-License-Identifier: AGPL-3.0-or-later
"""Who reads a note, promotes it and corrects it.

* A working note is its author's alone, also when the author is ill or the lead is curious.
* A record is corrected by its author or the case manager, as a new version.
"""

from __future__ import annotations

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from exitwork.access.register import governs
from exitwork.access.rules import is_active
from exitwork.access.selects import column_in, own
from exitwork.cases.rules import case_is_readable, may_steer_case, may_write_in_case
from exitwork.contacts.models import Contact, EarlierVersion
from exitwork.contacts.words import Layer
from exitwork.kernel.facts import Fact
from exitwork.kernel.rules import Rule
from exitwork.kernel.secrecy import Tier

is_record = Fact(
    "is_record",
    _("it is part of the case record"),
    truth=lambda _by, contact, _at: contact.layer == Layer.RECORD,
    reading=own(lambda _by, _at: Q(layer=Layer.RECORD.value)),
    bars=_("This is part of the case record already."),
)
wrote_it = Fact(
    "wrote_it",
    _("wrote it"),
    truth=lambda by, contact, _at: by.account is not None and contact.author_id == by.account,
    reading=own(lambda by, _at: column_in("author_id", {by.account} if by.account else ())),
    lacking=_("Only who wrote the note may do this."),
)
writes_in_case = Fact(
    "writes_in_case",
    _("may write in the case"),
    truth=lambda by, contact, at: bool(may_write_in_case.decide(by, contact.case, at)),
    lacking=_("Only the case team may do this. The case manager or the team lead can add you."),
)
steers_case = Fact(
    "steers_case",
    _("steers the case"),
    truth=lambda by, contact, at: bool(may_steer_case.decide(by, contact.case, at)),
)

may_read_contact = Rule(
    "may_read_contact",
    within=is_active & case_is_readable,
    permits=[is_record, wrote_it],
    opens={Tier.CONTENT: case_is_readable},
    otherwise=_("Only the case team reads this."),
)
may_promote_contact = Rule(
    "may_promote_contact",
    within=is_active & writes_in_case,
    permits=[wrote_it],
    forbids=[is_record],
    otherwise=_("Only who wrote the note may make it part of the case record."),
)
may_correct_contact = Rule(
    "may_correct_contact",
    within=is_active & writes_in_case,
    permits=[wrote_it, is_record & steers_case],
    otherwise=_("Only who wrote the note, or the case manager, may correct it."),
)

governs(Contact, may_read_contact)
governs(EarlierVersion, may_read_contact)  # what was private when it was written stays so
