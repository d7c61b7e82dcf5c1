# SPDX-License-Identifier: AGPL-3.0-or-later
"""A request as pages see it: with a standing, a moment and a zone, and the looks it causes."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.http import HttpRequest

from exitwork.kernel.standing import Standing

if TYPE_CHECKING:
    from django_htmx.middleware import HtmxDetails


@dataclass(slots=True)
class Looks:
    """What a page fetched to show: recorded before the first byte leaves."""

    things: list[Any] = field(default_factory=list)
    listed: list[str] = field(default_factory=list)

    def __bool__(self) -> bool:
        return bool(self.things or self.listed)


class Request(HttpRequest):
    """What the middleware makes of a request (for types only; never constructed)."""

    standing: Standing
    at: datetime
    zone: str
    looks: Looks
    htmx: HtmxDetails
