# SPDX-License-Identifier: AGPL-3.0-or-later
"""``/healthz`` and ``/readyz``: for probes; public, without a session, a cookie or a detail."""

from __future__ import annotations

from datetime import UTC, datetime

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from exitwork.upkeep import health


@login_not_required
@require_safe
def healthz(request: HttpRequest) -> HttpResponse:  # noqa: ARG001
    """Say that the process answers; look at nothing."""
    return HttpResponse("live\n", content_type="text/plain; charset=utf-8")


@login_not_required
@require_safe
def readyz(request: HttpRequest) -> HttpResponse:  # noqa: ARG001
    """Say of each part whether it is ready; 503 when a needed one is not."""
    found = health.parts(datetime.now(tz=UTC))
    text = "".join(f"{part.name}: {part.word}\n" for part in found)
    status = 200 if health.is_ready(found) else 503
    return HttpResponse(text, status=status, content_type="text/plain; charset=utf-8")
