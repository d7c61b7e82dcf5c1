# SPDX-License-Identifier: AGPL-3.0-or-later
"""Who reads a document, takes a copy of it, erases it.

* A document is read as its case is; adding one is writing in the case (``may_write_in_case``).
* Only who added it or the case manager erases it.
"""

from __future__ import annotations

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from exitwork.access.register import governs
from exitwork.access.rules import is_active
from exitwork.access.selects import column_in, own
from exitwork.cases.facts import NOT_ON_TEAM, manages
from exitwork.cases.rules import case_is_readable, may_read_case_part, may_write_in_case
from exitwork.documents.models import Document
from exitwork.kernel.facts import Fact
from exitwork.kernel.rules import Rule

ONLY_ADDER_OR_MANAGER = _("Only who added the document, or the case manager, may erase it.")

is_removed = Fact(
    "document_is_removed",
    _("the document was erased"),
    truth=lambda _by, document, _at: document.removed_at is not None,
    reading=own(lambda _by, _at: Q(removed_at__isnull=False)),
    bars=_("This document was erased. What it held can't be brought back."),
)
added_it = Fact(
    "added_document",
    _("added the document"),
    truth=lambda by, document, _at: by.account is not None and document.added_by_id == by.account,
    reading=own(lambda by, _at: column_in("added_by_id", {by.account} if by.account else ())),
    lacking=ONLY_ADDER_OR_MANAGER,
)
manages_its_case = Fact(
    "manages_case_of_document",
    _("manages the case of the document"),
    truth=lambda by, document, at: by.account is not None and manages.truth(by, document.case, at),
    lacking=ONLY_ADDER_OR_MANAGER,
)
writes_in_its_case = Fact(
    "writes_in_case_of_document",
    _("may write in the case of the document"),
    truth=lambda by, document, at: bool(may_write_in_case.decide(by, document.case, at)),
    lacking=NOT_ON_TEAM,
)

may_fetch_document = Rule(
    "may_fetch_document",
    within=is_active,
    permits=[case_is_readable],
    forbids=[is_removed],
    otherwise=NOT_ON_TEAM,
)
may_remove_document = Rule(
    "may_remove_document",
    within=is_active & writes_in_its_case,
    permits=[added_it, manages_its_case],
    forbids=[is_removed],
    otherwise=ONLY_ADDER_OR_MANAGER,
)

governs(Document, may_read_case_part)
