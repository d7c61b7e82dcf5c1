# SPDX-License-Identifier: AGPL-3.0-or-later
"""What can happen to an organisation, its sites and its members."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from exitwork.kernel.events import Event

OPENED = Event("organisations.organisation.opened", _("An organisation was opened"))
CHANGED = Event("organisations.organisation.changed", _("The settings of the organisation were changed"))
SITE_ADDED = Event("organisations.site.added", _("A site was added"))
SITE_CHANGED = Event("organisations.site.changed", _("A site was changed"))
SITE_CLOSED = Event("organisations.site.closed", _("A site was closed"))
INVITED = Event("organisations.member.invited", _("Somebody was invited to the organisation"))
JOINED = Event("organisations.member.joined", _("Somebody joined the organisation"))
AGREED = Event("organisations.member.agreed", _("Somebody agreed to belong to the organisation"))
DECLINED = Event("organisations.member.declined", _("Somebody declined to belong to the organisation"))
FUNCTION_CHANGED = Event("organisations.member.function_changed", _("The function of a member was changed"))
MEMBERSHIP_ENDED = Event("organisations.member.left", _("A membership ended"))
ROLE_GRANTED = Event("organisations.role.granted", _("A role was granted"))
ROLE_ENDED = Event("organisations.role.ended", _("A role was ended"))
