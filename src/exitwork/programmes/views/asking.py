# SPDX-License-Identifier: AGPL-3.0-or-later
"""What rules are asked about before there is anything."""

from __future__ import annotations

from uuid import UUID

from exitwork.pages.requests import Request
from exitwork.programmes.models import Programme


def about_to_start(request: Request) -> Programme:
    """A programme of the organisation acted for that does not exist yet."""
    # Nobody's organisation has the null uuid: whoever acts for none is refused like a stranger.
    return Programme(organisation_id=request.standing.organisation or UUID(int=0))
