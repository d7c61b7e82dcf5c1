# SPDX-License-Identifier: AGPL-3.0-or-later
"""Settings of the tests: the site's own, with a database and a folder of their own."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

os.environ.setdefault("EXITWORK_HOME", tempfile.mkdtemp(prefix="exitwork-tests-"))

from exitwork.settings.site import *  # noqa: F403
from exitwork.settings.site import ALLOWED_HOSTS, DATABASES, STORAGES

SECRET_KEY = "tests-only"
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
ALLOWED_HOSTS.append("testserver")
STORAGES["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
TASKS = {"default": {"BACKEND": "django_tasks.backends.immediate.ImmediateBackend"}}
VAULT_HOLDER = "in-process"
if os.environ.get("EXITWORK_TEST_DATABASE", "sqlite") == "sqlite":
    DATABASES["default"]["TEST"] = {"NAME": Path(os.environ["EXITWORK_HOME"]) / "test.sqlite3"}
