# SPDX-License-Identifier: AGPL-3.0-or-later
"""What this room may send: a link, and not a word about what it leads to.

Loaded when the program is ready, not with ``words``: a declared text is read once to be checked.
"""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from exitwork.journal.templates import Template

INVITATION = Template(
    "accounts.invitation.made",
    _("An invitation for you"),
    _(
        "Hello,\n\n"
        "this link was made for you. It opens once, within seven days:\n\n"
        "{link}\n\n"
        "If you do not know what this is about, nothing needs to be done.\n"
    ),
)
