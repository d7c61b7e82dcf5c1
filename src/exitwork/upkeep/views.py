# SPDX-License-Identifier: AGPL-3.0-or-later
"""Public answers without a session or a cookie: for probes, and the office's certificate.

* ``/healthz`` and ``/readyz`` say words, never a detail.
* ``/authority.crt`` is what every device of the office is told to believe; it is no secret.
"""

from __future__ import annotations

from datetime import UTC, datetime

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from exitwork.settings.options import home
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


@login_not_required
@require_safe
def authority(request: HttpRequest) -> HttpResponse:  # noqa: ARG001
    """Give the certificate authority's certificate; there is none but in office mode."""
    certificate = home() / "certificates" / "authority.crt"
    if not certificate.exists():
        raise Http404
    return HttpResponse(certificate.read_bytes(), content_type="application/x-x509-ca-cert")
