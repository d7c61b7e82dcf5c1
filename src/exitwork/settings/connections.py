# SPDX-License-Identifier: AGPL-3.0-or-later
"""Where the data lie and how mail leaves, in Django's words.

* SQLite writes are IMMEDIATE and FULL: nothing acknowledged is lost, no writer is told "locked"
  while another finishes (security.md 3.8). No request is a transaction of its own.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

PRAGMAS = (
    "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON; "
    "PRAGMA secure_delete=ON; PRAGMA trusted_schema=OFF; PRAGMA temp_store=MEMORY"
)


def database(address: str, home: Path) -> dict[str, Any]:
    """Django's entry for the option ``database``."""
    if address == "sqlite":
        return {
            "ENGINE": "exitwork.settings.sqlite",
            "NAME": home / "exitwork.sqlite3",
            "CONN_MAX_AGE": 600,
            "ATOMIC_REQUESTS": False,
            "OPTIONS": {"transaction_mode": "IMMEDIATE", "timeout": 20, "init_command": PRAGMAS},
        }
    parts = urlsplit(address)
    query = dict(parse_qsl(parts.query))
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(parts.path.strip("/")),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": query.pop("host", parts.hostname or ""),
        "PORT": str(parts.port or ""),
        "CONN_MAX_AGE": 600,
        "CONN_HEALTH_CHECKS": True,
        "ATOMIC_REQUESTS": False,
        "OPTIONS": query,
    }


def mail(address: str, sender: str) -> dict[str, Any]:
    """Django's settings for the options ``mail`` and ``mail_from``. Without a server, nothing is sent."""
    if not address:
        return {"EMAIL_BACKEND": "django.core.mail.backends.dummy.EmailBackend"}
    parts = urlsplit(address)
    at_once = parts.scheme == "smtps"
    return {
        "EMAIL_BACKEND": "django.core.mail.backends.smtp.EmailBackend",
        "EMAIL_HOST": parts.hostname or "",
        "EMAIL_PORT": parts.port or (465 if at_once else 587),
        "EMAIL_HOST_USER": unquote(parts.username or ""),
        "EMAIL_HOST_PASSWORD": unquote(parts.password or ""),
        "EMAIL_USE_SSL": at_once,
        "EMAIL_USE_TLS": not at_once,
        "EMAIL_TIMEOUT": 20,
        "DEFAULT_FROM_EMAIL": sender or "office@localhost",
        "SERVER_EMAIL": sender or "office@localhost",
    }
