# SPDX-License-Identifier: AGPL-3.0-or-later
"""The WSGI application that the server runs."""

from __future__ import annotations

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "exitwork.settings.site")
application = get_wsgi_application()
