# SPDX-License-Identifier: AGPL-3.0-or-later
"""The tables that may be written outside ``recorded(...)``, each with its one reason.

* Everything not named here is refused at the connection (``guard``).
* None of these tables holds a word about a case; what matters in them is recorded as an
  event by the room that causes it.
"""

from __future__ import annotations

EXEMPT: dict[str, str] = {
    "accounts_signin": "a session is a state of the browser, its start and end are events of accounts",
    "django_tasks_database_dbtaskresult": "the job queue; a job records its own events when it runs",
    "upkeep_heartbeat": "when the worker was last at it; no person in it",
    "django_migrations": "the program's own account of its tables",
    "vault_datakey": "wrapping and destroying keys is asked for by actions that record it",
    "django_content_type": "Django's list of models, written while migrating",
    "auth_permission": "Django's list of permissions, which nothing here reads",
    "auth_group": "Django's own table, which nothing here reads",
    "auth_group_permissions": "Django's own table, which nothing here reads",
    "account_emailaddress": "allauth's own; our adapter records the change as an event",
    "account_emailconfirmation": "allauth's own; our adapter records the change as an event",
    "mfa_authenticator": "allauth's own; our adapter records the change as an event",
}

EXEMPT_PREFIXES: dict[str, str] = {
    "drafts_": "typed words saved every few seconds, sealed, gone when the form is carried out",
}


def is_exempt(table: str) -> bool:
    """Whether a table may be written without a record."""
    return table in EXEMPT or table.startswith(tuple(EXEMPT_PREFIXES))
