# SPDX-License-Identifier: AGPL-3.0-or-later
"""The site's own settings, all middleware on; only the keyholder is inside the measuring process."""

from __future__ import annotations

from exitwork.settings.options import key_file
from exitwork.settings.site import *  # noqa: F403
from exitwork.settings.site import ALLOWED_HOSTS

ALLOWED_HOSTS.append("testserver")
VAULT_HOLDER = "in-process"
VAULT_KEY_FILE = key_file()
