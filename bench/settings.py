# SPDX-License-Identifier: AGPL-3.0-or-later
"""The site's own settings, all middleware on; only the keyholder is inside the measuring process."""

from __future__ import annotations

from exitwork.settings.site import *  # noqa: F403
from exitwork.settings.site import ALLOWED_HOSTS, STORAGES

SECRET_KEY = "bench-only"
ALLOWED_HOSTS.append("testserver")
STORAGES["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
VAULT_HOLDER = "in-process"
