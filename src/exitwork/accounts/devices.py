# SPDX-License-Identifier: AGPL-3.0-or-later
"""The kind of device, from what the browser says of itself, which is then forgotten."""

from __future__ import annotations

from django.http import HttpRequest

from exitwork.accounts.words import Device


def device_of(request: HttpRequest) -> Device:
    """Computer, phone, tablet or another: as coarse as it is still useful to its owner."""
    said = request.headers.get("User-Agent", "").lower()
    if "ipad" in said or "tablet" in said or ("android" in said and "mobile" not in said):
        return Device.TABLET
    if "iphone" in said or "mobile" in said:
        return Device.PHONE
    if any(word in said for word in ("windows", "macintosh", "linux", "cros")):
        return Device.COMPUTER
    return Device.OTHER
