# SPDX-License-Identifier: AGPL-3.0-or-later
"""Who may see, start and change a programme.

* Everyone who acts for the organisation sees its programmes: they are public by nature (R13).
* Administrators and leads change them; the lead of one programme changes that one.
"""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from exitwork.access.register import governs
from exitwork.access.rules import administers, is_active, leads_organisation, of_my_organisation
from exitwork.access.selects import column_in, own
from exitwork.kernel.facts import Fact
from exitwork.kernel.rules import Rule
from exitwork.organisations.rules import is_the_program
from exitwork.programmes.models import Adoption, Edition, Programme

leads_programme = Fact(
    "leads_programme",
    _("leads the programme"),
    truth=lambda by, thing, _at: thing.pk in by.leads,
    reading=own(lambda by, _at: column_in("pk", by.leads)),
    lacking=_("Only the lead of the programme or an administrator may do this."),
)

may_read_programme = Rule(
    "may_read_programme",
    within=is_active,
    permits=[of_my_organisation],
    otherwise=_("Programmes are shown to the members of their organisation."),
)
may_start_programme = Rule(
    "may_start_programme",
    permits=[
        is_the_program,
        is_active & of_my_organisation & administers,
        is_active & of_my_organisation & leads_organisation,
    ],
    otherwise=_("Only an administrator or the lead of the organisation may start a programme."),
)
may_change_programme = Rule(
    "may_change_programme",
    permits=[
        is_the_program,
        is_active & of_my_organisation & administers,
        is_active & of_my_organisation & leads_organisation,
        is_active & of_my_organisation & leads_programme,
    ],
    otherwise=_("Only an administrator or a lead may change a programme."),
)

governs(Programme, may_read_programme)
governs(Adoption, may_read_programme)
governs(Edition, may_read_programme)
