# SPDX-License-Identifier: AGPL-3.0-or-later
"""People of the tests of accounts, and how they sign in."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from typing import Any

import pytest
import time_machine
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, hotp_value, yield_hotp_counters_from_time
from django.core.cache import cache
from django.test import Client

from exitwork.access.seams import Panel
from exitwork.accounts import actions
from exitwork.accounts.models import Account
from exitwork.kernel.rules import Rule
from exitwork.kernel.standing import Standing, machine

PASSWORD = "quiet lantern mossy harbour"
SECRET = "JBSWY3DPEHPK3PXP"
COMMAND_LINE = machine("command line")


def code_now(secret: str = SECRET, step: int = 0) -> str:
    """The code an app with this secret shows half a minute ago (0), now (1) or next (2): each works once."""
    return str(format_hotp_value(hotp_value(secret, list(yield_hotp_counters_from_time())[step])))


def standing(account: Account) -> Standing:
    """The standing of someone acting on his own."""
    return Standing(account=account.id, name=account.name, is_active=account.is_active)


@pytest.fixture(autouse=True)
def _fresh_limits() -> None:
    """No try of an earlier test counts."""
    cache.clear()


@pytest.fixture(autouse=True)
def _just_after_the_half_minute() -> Iterator[None]:
    """The app's codes do not change while a test runs."""
    with time_machine.travel(datetime(2026, 11, 20, 9, 0, tzinfo=UTC), tick=True):
        yield


@pytest.fixture(autouse=True)
def _own_panels() -> Iterator[None]:
    """The frame shows what this room hands upward alone; the rooms above have their own tests."""
    before = list(Panel.register_of)
    Panel.register_of[:] = [
        panel for panel in before if panel.query.__module__.startswith("exitwork.accounts")
    ]
    yield
    Panel.register_of[:] = before


@pytest.fixture
def person(db: None, at: datetime) -> Callable[..., Account]:
    """Opens an account by name."""

    def opened(name: str, **more: Any) -> Account:
        return actions.open_account(
            email=f"{name.lower()}@exit.example", name=name, password=PASSWORD, by=COMMAND_LINE, at=at, **more
        )

    return opened


@pytest.fixture
def asa(person: Callable[..., Account]) -> Account:
    """Asa, a case worker with an authenticator app."""
    account = person("Asa")
    TOTP.activate(account, SECRET)
    return account


@pytest.fixture
def per(person: Callable[..., Account]) -> Account:
    """Per, a colleague who has no second factor yet."""
    return person("Per")


@pytest.fixture
def browser() -> Client:
    """A browser."""
    return Client(headers={"User-Agent": "Mozilla/5.0 (iPhone; CPU iPhone OS 19_0 like Mac OS X)"})


@pytest.fixture
def signed_in(browser: Client, asa: Account) -> Client:
    """Asa's browser, signed in with both factors."""
    sign_in(browser, asa)
    return browser


def sign_in(browser: Client, account: Account, secret: str = SECRET) -> Any:
    """Sign in with password and code, as a person does."""
    browser.post("/sign-in/", {"login": account.email, "password": PASSWORD})
    return browser.post("/sign-in/second-factor/", {"code": code_now(secret)})


@pytest.fixture
def anyone() -> Rule:
    """A rule that lets everyone: who may is decided above this room."""

    class Anyone(Rule):
        def _decide(self, by: Standing, thing: Any, at: datetime) -> Any:
            from exitwork.kernel.decisions import Allowed

            return Allowed()

    return Anyone("anyone", permits=[])


@pytest.fixture
def nobody() -> Rule:
    """A rule that lets no one."""
    return Rule("nobody", permits=[])
