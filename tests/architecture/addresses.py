# SPDX-License-Identifier: AGPL-3.0-or-later
"""Every address of the program, what stands in it, and what an answer is compared as.

* The addresses are read from the URL configuration itself: one that is added is walked.
* What stands in an address is told by the words before it; an address with something new in it
  fails until it is said here what that is.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from ipaddress import IPv4Address
from itertools import count
from typing import Any

from django.db import transaction
from django.db.models import Max
from django.http import HttpResponseBase
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver

from exitwork.journal.models import Entry, Waiting
from exitwork.kernel.events import Happening
from exitwork.pages.words import REFUSED

# The beginning of an address, and what its parameter is then filled with.
FILLED = (
    ("people/faces/<str:ref>", "face"),
    ("people/interpreters/<str:ref>", "interpreter"),
    ("people/walls/<str:ref>", "wall"),
    ("people/ideologies/<str:ref>", "ideology"),
    ("people/apart/<str:ref>", "person"),
    ("people/<str:ref>/dependant/", "dependant"),
    ("organisation/people/<str:ref>", "member"),
    ("organisation/acting-for/<str:ref>", "member"),
    ("organisation/sites/<str:ref>", "site"),
    ("organisation/programmes/<str:ref>", "programme"),
    ("emergency/openings/<str:ref>", "opening"),
    ("/notes/<str:ref>/promote", "working"),
    ("/notes/<str:ref>", "note"),
    ("/documents/<str:ref>", "document"),
    ("agenda/tasks/<str:ref>", "task"),
    ("agenda/away/<str:ref>", "absence"),
    ("/agenda/<str:ref>", "appointment"),
    ("calendar/<str:token>", "code"),
    ("cases/<str:ref>", "case"),
    ("people/<str:ref>", "person"),
    ("<str:case_ref>", "case"),
    ("/around/<str:relation>", "relation"),
    ("/interpreters/<str:interpreter>", "interpreter"),
    ("/openings/<uuid:opening>", "identity-opening"),
    ("/<str:assignment_ref>", "assignment"),
    ("/roles/<str:role>", "role"),
    ("/start/<slug:key>", "key"),
    ("/packs/<slug:key>", "key"),
    ("drafts/<slug:form>", "form"),
    ("/<slug:about>", "case"),
    ("invitation/<str:code>", "code"),
    ("/passkeys/<int:pk>", "pk"),
)
# What is typed into every form: a form takes what it knows and leaves the rest.
TYPED = {
    "again": "yes", "basis": "voluntary", "carried": "printed", "confidentiality": "pseudonymous",
    "email": "new@exit.example", "ending": "goal-reached", "ends": "2027-11-19", "form": "programme",
    "from_date": "2026-11-19", "function": "Doorkeeper", "happened_at": "2026-11-19 12:00", "how": "meeting",
    "label": "Another", "language": "en", "languages": "ar", "layer": "record", "legal_profile": "no",
    "look_again_on-day": "24", "look_again_on-month": "12", "look_again_on-year": "2026",
    "met_at": "2026-11-19 11:00", "minutes": "10", "name": "Words",
    "once": "token", "paper": "none", "phone": "+47 2", "postal": "0150", "reason": "papers",
    "reported_as": "left-wing", "review": "Looked at, and it was right.", "role": "trainer", "sender": "Quay",
    "setting": "open", "starts": "2026-11-19", "target_groups": "involved", "text": "Words.",
    "theme": "system", "version": "1", "who": "Mother", "why": "client-calls", "wish": "wanted",
    "wording": "client", "words": "Words that are long enough to be a reason.", "zone": "Europe/Oslo",
}  # fmt: skip
KINDS = {"/notes/": "conversation", "/around/": "parent", "/walls/": "siblings", "/cases/new/": "exit"}
ANSWERS = {"/acting-for/": "agree", "/walls/": "apart"}
FIRST_ADDRESS = int(IPv4Address("10.0.0.0"))
_callers = count()
_PARAMETER = re.compile(r"<\w+:\w+>")


def routes() -> list[str]:
    """Every address, as it is written in the ``urls`` of the rooms."""
    return sorted(set(_routes(get_resolver().url_patterns, "")))


def _routes(patterns: list[Any], before: str) -> Iterator[str]:
    for pattern in patterns:
        route = before + str(pattern.pattern)
        if isinstance(pattern, URLResolver):
            yield from _routes(pattern.url_patterns, route)
        elif isinstance(pattern, URLPattern):
            yield f"/{route}"


def has_parameters(route: str) -> bool:
    """Whether something stands in the address that names a thing."""
    return bool(_PARAMETER.search(route))


def filled(route: str, scene: dict[str, str]) -> str:
    """The address with the things of a scene in it.

    :raises LookupError: if nobody has said what stands there.
    """
    path = route
    for beginning, kind in FILLED:
        parameter = _PARAMETER.findall(beginning)[-1]
        before, after = beginning.split(parameter)
        path = path.replace(beginning, f"{before}{scene[kind]}{after}")
    if left := _PARAMETER.search(path):
        raise LookupError(f"say in FILLED what {left.group()} stands for in {route}")
    return path


def typed(path: str) -> dict[str, str]:
    """What is typed into the form at an address."""
    kinds = [kind for part, kind in KINDS.items() if part in path]
    answers = [answer for part, answer in ANSWERS.items() if part in path]
    reasons = {"reason": TYPED["words"]} if path == "/emergency/" else {}
    return {**TYPED, **reasons, "kind": "".join(kinds[:1]), "answer": "".join(answers[:1])}


@dataclass(frozen=True)
class Answer:
    """What came back: the status, what the browser sees, and whether anything was changed."""

    status: int
    body: bytes
    headers: tuple[tuple[str, str], ...]
    changed: bool
    refused: bool

    @property
    def outcome(self) -> str:
        """The answer in one word of the table."""
        where = dict(self.headers).get("Location", "")
        if self.status == 302 and where.startswith("/sign-in/"):
            return "sign-in"
        if self.changed:
            return f"{self.status}!"
        return f"{self.status}-no" if self.refused and self.status < 400 else str(self.status)


def asked(browser: Client, method: str, path: str, **more: str) -> Answer:
    """Ask, look at the answer, and let nothing of it stay: neither in the database nor in the browser."""
    before, cookies = transaction.savepoint(), dict(browser.cookies)
    latest = Waiting.objects.aggregate(latest=Max("pk"))["latest"] or 0
    where = str(IPv4Address(FIRST_ADDRESS + next(_callers)))  # nobody is throttled for what another tried
    response: HttpResponseBase = (
        browser.get(path, REMOTE_ADDR=where)
        if method == "GET"
        else browser.post(path, {**typed(path), **more}, REMOTE_ADDR=where)
    )
    entries = Waiting.objects.filter(pk__gt=latest).values("entry_id")
    new = list(Entry.objects.filter(pk__in=entries).values_list("event", "happening"))
    transaction.savepoint_rollback(before)
    browser.cookies.clear()
    browser.cookies.update(cookies)
    return Answer(
        response.status_code,
        bytes(getattr(response, "content", b"")),
        tuple(sorted(response.headers.items())),
        changed=any(happening == Happening.CHANGE for _event, happening in new),
        refused=any(event == REFUSED.name for event, _happening in new),
    )
