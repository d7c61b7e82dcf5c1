# SPDX-License-Identifier: AGPL-3.0-or-later
"""While everything is locked, every page that needs the vault says so and nothing else."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponseBase

from exitwork.ui.errors import locked
from exitwork.vault.errors import VaultLocked


class LockedMiddleware:
    """Answers a locked vault with its page (503), so that a browser tries again later."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Pass the request on; other middleware may meet the lock too."""
        try:
            return self.get_response(request)
        except VaultLocked:
            return locked()

    def process_exception(self, _request: HttpRequest, exception: Exception) -> HttpResponseBase | None:
        """Answer a view that met the lock."""
        return locked() if isinstance(exception, VaultLocked) else None
