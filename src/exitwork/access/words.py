# SPDX-License-Identifier: AGPL-3.0-or-later
"""The words of access: why something was opened in an emergency, what happened, what is walled."""

from __future__ import annotations

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from exitwork.kernel.events import Event

OPENED = Event("access.opening.made", _("Opened in an emergency"))
REVIEWED = Event("access.opening.reviewed", _("The emergency opening was looked at afterwards"))


class Emergency(TextChoices):
    """Why a case had to be opened by someone outside its team."""

    LIFE = "life", _("Somebody's life or health is in danger")
    CLIENT_CALLS = "client-calls", _("The client calls and nobody of the team can be reached")
    RELEASE = "release", _("The client is released today and nobody of the team can be reached")
    CHILD = "child", _("A child is alone or in danger")
    OTHER = "other", _("Something else that cannot wait")


WORD_WITH_LEAD = _("This needs a word with the team lead first.")
