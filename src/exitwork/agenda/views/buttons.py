# SPDX-License-Identifier: AGPL-3.0-or-later
"""A button that carries out one action: a refusal becomes a message and an entry."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages

from exitwork.kernel.decisions import Refusal
from exitwork.pages.boundary import record_refusal
from exitwork.pages.requests import Request


def pressed(request: Request, action: Callable[..., Any], *, about: Any = None, **given: Any) -> bool:
    """Carry out the action; False when it was refused, and why is said on the next page."""
    try:
        action(**given, by=request.standing, at=request.at)
    except Refusal as refusal:
        record_refusal(request, refusal.refused, about)
        messages.error(request, str(refusal))
        return False
    return True
