# SPDX-License-Identifier: AGPL-3.0-or-later
"""Sessions: what the database knows of them, how long they live, who ends them."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.contrib.sessions.backends.base import UpdateError
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from exitwork.accounts.models import Account, SignIn
from exitwork.accounts.sessions import SessionStore, digest
from exitwork.journal.models import Entry
from tests.accounts.conftest import PASSWORD, code_now
from tests.accounts.everything import everything_stored

pytestmark = [pytest.mark.django_db, pytest.mark.urls("tests.accounts.urls"), pytest.mark.both_databases]


def elsewhere(account: Account, step: int = 1) -> Client:
    """The same person in another browser."""
    other = Client(headers={"User-Agent": "Mozilla/5.0 (Windows NT 10.0)"})
    other.post("/sign-in/", {"login": account.email, "password": PASSWORD})
    other.post("/sign-in/second-factor/", {"code": code_now(step=step)})
    return other


def test_the_database_does_not_know_the_cookie(signed_in: Client) -> None:
    key = signed_in.cookies["session"].value
    stored = everything_stored()

    assert digest(key) in stored
    assert key not in stored


def test_what_a_session_carries_is_not_readable_in_the_database(signed_in: Client) -> None:
    session = signed_in.session
    session["kept"] = "a form kept over a second sign-in"
    session.save()

    assert "a form kept" not in everything_stored()
    assert signed_in.session["kept"] == "a form kept over a second sign-in"


def test_a_row_moved_under_another_key_opens_nothing(signed_in: Client, per: Account) -> None:
    mine = SignIn.objects.get(pk=digest(signed_in.cookies["session"].value))
    other = SessionStore()
    other["word"] = "other"
    other.create()
    SignIn.objects.filter(pk=digest(other.session_key or "")).update(data=mine.data)

    assert dict(SessionStore(other.session_key).items()) == {}


def test_the_cookie_goes_to_this_site_only_and_to_no_script(signed_in: Client) -> None:
    cookie = signed_in.cookies["session"]

    assert cookie["httponly"]
    assert cookie["samesite"] == "Strict"
    assert not cookie["max-age"]


def test_a_quarter_of_an_hour_without_a_click_ends_it(signed_in: Client) -> None:
    now = timezone.now()
    with time_machine.travel(now + timedelta(minutes=14), tick=False):
        assert signed_in.get("/").status_code == 200
    with time_machine.travel(now + timedelta(minutes=28), tick=False):
        assert signed_in.get("/").status_code == 200
    with time_machine.travel(now + timedelta(minutes=44), tick=False):
        assert signed_in.get("/").status_code == 302


def test_twelve_hours_end_it_however_busy(signed_in: Client) -> None:
    now = timezone.now()
    for minutes in range(10, 12 * 60, 10):
        with time_machine.travel(now + timedelta(minutes=minutes), tick=False):
            assert signed_in.get("/").status_code == 200
    with time_machine.travel(now + timedelta(hours=12, minutes=1), tick=False):
        assert signed_in.get("/").status_code == 302


def test_a_new_password_does_not_lengthen_the_day(signed_in: Client, asa: Account) -> None:
    before = SignIn.objects.get(account=asa).ends_at
    with time_machine.travel(timezone.now() + timedelta(minutes=10), tick=False):
        new = {"password1": "amber otter willow ridge", "password2": "amber otter willow ridge"}
        signed_in.post("/account/password/", {"oldpassword": PASSWORD, **new})

    assert SignIn.objects.get(account=asa).ends_at == before


def test_a_click_is_noted_at_most_once_a_minute(signed_in: Client, asa: Account) -> None:
    now = timezone.now()
    before = SignIn.objects.get(account=asa).seen_at
    with time_machine.travel(now + timedelta(seconds=50), tick=False):
        signed_in.get("/")
    assert SignIn.objects.get(account=asa).seen_at == before
    with time_machine.travel(now + timedelta(seconds=70), tick=False):
        signed_in.get("/")
    assert SignIn.objects.get(account=asa).seen_at > before


def test_a_page_costs_two_queries_for_knowing_who_asks(signed_in: Client) -> None:
    with CaptureQueriesContext(connection) as captured:
        signed_in.get("/")

    ours = [query["sql"] for query in captured.captured_queries if 'FROM "accounts_' in query["sql"]]
    assert len(ours) == 2
    assert len([sql for sql in ours if 'FROM "accounts_signin"' in sql]) == 1


def test_the_page_knows_how_long_the_session_stays_open(signed_in: Client) -> None:
    assert 'data-expires-in="900"' in signed_in.get("/account/").content.decode()
    now = timezone.now()
    for minutes in range(10, 12 * 60, 10):
        with time_machine.travel(now + timedelta(minutes=minutes), tick=False):
            page = signed_in.get("/account/").content.decode()

    left = re.search(r'data-expires-in="(\d+)"', page)
    assert left
    assert 0 < int(left.group(1)) <= 600


def test_a_session_ended_meanwhile_is_not_written_again(signed_in: Client) -> None:
    session = SessionStore(signed_in.cookies["session"].value)
    session["word"] = "x"
    SignIn.objects.all().delete()

    with pytest.raises(UpdateError):
        session.save()
    assert not SignIn.objects.exists()


def test_expired_sessions_are_swept_away(signed_in: Client) -> None:
    with time_machine.travel(timezone.now() + timedelta(hours=13), tick=False):
        SessionStore.clear_expired()

    assert not SignIn.objects.exists()


def test_signing_in_makes_a_new_session(browser: Client, asa: Account) -> None:
    browser.post("/sign-in/", {"login": asa.email, "password": PASSWORD})
    before = browser.cookies["session"].value
    browser.post("/sign-in/second-factor/", {"code": code_now()})

    assert browser.cookies["session"].value != before
    assert not SignIn.objects.filter(pk=digest(before)).exists()


def test_the_account_page_says_where_one_is_signed_in_in_neutral_words(
    signed_in: Client, asa: Account
) -> None:
    elsewhere(asa)
    page = signed_in.get("/account/").content.decode()

    assert "A phone" in page
    assert "A computer" in page
    assert "this one" in page
    assert not [word for word in ("Windows", "iPhone", "127.0.0.1") if word in page]


def test_one_other_device_is_signed_out_from_here(signed_in: Client, asa: Account) -> None:
    other = elsewhere(asa)
    name = digest(other.cookies["session"].value)[:16]
    signed_in.post("/account/sessions/", {"session": name})

    assert other.get("/").status_code == 302
    assert signed_in.get("/").status_code == 200
    assert Entry.objects.filter(event="accounts.session.ended").count() == 1


def test_all_other_devices_are_signed_out_at_once(signed_in: Client, asa: Account) -> None:
    others = [elsewhere(asa, 1), elsewhere(asa, 2)]
    signed_in.post("/account/sessions/", {"session": "others"})

    assert [other.get("/").status_code for other in others] == [302, 302]
    assert signed_in.get("/").status_code == 200


def test_nobody_ends_the_session_of_another(signed_in: Client, per: Account, settings: Any) -> None:
    settings.ACCOUNTS_SECOND_FACTOR = "offered"
    other = Client()
    other.post("/sign-in/", {"login": per.email, "password": PASSWORD})
    name = digest(other.cookies["session"].value)[:16]
    answer = signed_in.post("/account/sessions/", {"session": name}, follow=True)

    assert "That device is signed out already." in answer.content.decode()
    assert other.get("/").status_code == 200


@pytest.mark.parametrize("name", ["", "%", "_", "0" * 200])
def test_a_name_of_no_session_ends_none(signed_in: Client, asa: Account, name: str) -> None:
    elsewhere(asa)
    signed_in.post("/account/sessions/", {"session": name})

    assert SignIn.objects.filter(account=asa).count() == 2
