# SPDX-License-Identifier: AGPL-3.0-or-later
"""Settings of the tests: the site's own, with a database and a folder of their own."""

from __future__ import annotations

import atexit
import os
import shutil
import tempfile
from pathlib import Path

if "EXITWORK_HOME" not in os.environ:
    os.environ["EXITWORK_HOME"] = tempfile.mkdtemp(prefix="exitwork-tests-")
    atexit.register(shutil.rmtree, os.environ["EXITWORK_HOME"], ignore_errors=True)

DATABASE = os.environ.get("EXITWORK_TEST_DATABASE", "sqlite")
if DATABASE not in {"sqlite", "postgresql"}:
    raise SystemExit(f"EXITWORK_TEST_DATABASE must be sqlite or postgresql, not {DATABASE!r}.")
if DATABASE == "postgresql":
    from tests.postgres import address

    address()
else:
    os.environ["EXITWORK_DATABASE"] = "sqlite"

from exitwork.settings.site import *  # noqa: E402, F403
from exitwork.settings.site import ALLOWED_HOSTS, DATABASES, STORAGES  # noqa: E402

Path(os.environ["EXITWORK_HOME"], "static").mkdir(exist_ok=True)
SECRET_KEY = "tests-only"
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
ALLOWED_HOSTS.append("testserver")
STORAGES["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
TASKS = {"default": {"BACKEND": "django_tasks.backends.immediate.ImmediateBackend"}}
VAULT_HOLDER = "in-process"
if DATABASE == "sqlite":
    DATABASES["default"]["TEST"] = {"NAME": Path(os.environ["EXITWORK_HOME"]) / "test.sqlite3"}
