# SPDX-License-Identifier: AGPL-3.0-or-later
"""Whole pages inside this process: sessions that are signed in, and the program's own door for requests."""

from __future__ import annotations

import time
from dataclasses import dataclass
from io import BytesIO
from typing import Any

from django.db import connection
from django.utils import timezone

from bench.figure import Figure
from exitwork.accounts.models import Account
from exitwork.accounts.sessions import HAS_FACTOR, SessionStore

BACKEND = "allauth.account.auth_backends.AuthenticationBackend"


def session(account: str, organisation: str) -> str:
    """The cookie of a session signed in with both factors."""
    found = Account.objects.get(pk=account)
    store = SessionStore()
    store["_auth_user_id"] = str(found.pk)
    store["_auth_user_backend"] = BACKEND
    store["_auth_user_hash"] = found.get_session_auth_hash()
    store[HAS_FACTOR] = True
    store["acting_for"] = organisation
    store["account_authentication_methods"] = [{"method": "mfa", "at": timezone.now().timestamp()}]
    store.save()
    return f"session={store.session_key}"


@dataclass
class Browser:
    """Somebody's browser, whose requests go through every middleware."""

    cookie: str

    def get(self, path: str, *, status: int = 200) -> bytes:
        """A page's bytes, read to the end.

        :raises RuntimeError: if the answer is another.
        """
        from exitwork.wsgi import application

        path, _mark, query = path.partition("?")
        environ: dict[str, Any] = {
            "REQUEST_METHOD": "GET",
            "PATH_INFO": path,
            "QUERY_STRING": query,
            "SERVER_NAME": "localhost",
            "SERVER_PORT": "8700",
            "SERVER_PROTOCOL": "HTTP/1.1",
            "REMOTE_ADDR": "127.0.0.1",
            "HTTP_HOST": "localhost:8700",
            "HTTP_COOKIE": self.cookie,
            "HTTP_ACCEPT": "text/html",
            "wsgi.url_scheme": "http",
            "wsgi.input": BytesIO(),
            "wsgi.errors": BytesIO(),
            "wsgi.version": (1, 0),
        }
        answered: list[str] = []
        response = application(environ, lambda told, _headers, *_: answered.append(told))
        body = b"".join(response)
        response.close()
        if int(answered[0].split()[0]) != status:
            raise RuntimeError(f"{path} answered {answered[0]}")
        return body


def measured(
    what: str, browser: Browser, path: str, *, times: int, ms: float | None = None, queries: int | None = None
) -> list[Figure]:
    """Processor time, time and queries of a page."""
    for _ in range(5):
        browser.get(path)
    counted = [_statements(browser, path) for _ in range(3)]
    every, asked = min(counted)  # one of them may have given waiting entries their place in the journal
    cpu, taken = [], []
    for _ in range(times):
        began, ticks = time.perf_counter(), time.process_time()
        browser.get(path)
        taken.append((time.perf_counter() - began) * 1000)
        cpu.append((time.process_time() - ticks) * 1000)
    middle = len(taken) // 2
    return [
        Figure(f"{what}: processor time", sorted(cpu)[middle], "ms"),
        Figure(f"{what}: at one client", sorted(taken)[middle], "ms", limit=ms),
        Figure(f"{what}: statements, the look's among them", every, ""),
        Figure(f"{what}: queries", asked, "", limit=queries),
    ]


def _statements(browser: Browser, path: str) -> tuple[int, int]:
    """How many statements a page sends, and how many of them ask."""
    caught: list[str] = []

    def note(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        caught.append(sql)
        return execute(sql, params, many, context)

    with connection.execute_wrapper(note):
        browser.get(path)
    return len(caught), sum(1 for sql in caught if sql.lstrip("( ").upper().startswith(("SELECT", "WITH")))
