# SPDX-License-Identifier: AGPL-3.0-or-later
"""Signing in: password, then the second factor; what is said when it fails; what the journal keeps."""

from __future__ import annotations

import pytest
from django.core.cache import cache
from django.test import Client

from exitwork import journal
from exitwork.accounts.models import Account, SignIn
from exitwork.journal.models import Entry
from tests.accounts.conftest import PASSWORD, code_now, sign_in
from tests.accounts.everything import everything_stored

pytestmark = [pytest.mark.django_db, pytest.mark.urls("tests.accounts.urls")]


def events() -> list[str]:
    return list(Entry.objects.order_by("at", "id").values_list("event", flat=True))


def test_the_sign_in_page_asks_for_address_and_password_and_offers_a_passkey(browser: Client) -> None:
    page = browser.get("/sign-in/").content.decode()

    assert "Sign in with a passkey" in page
    assert 'name="login"' in page
    assert "sign up" not in page.lower()


def test_a_right_password_leads_to_the_second_factor_and_opens_nothing_yet(
    browser: Client, asa: Account
) -> None:
    answer = browser.post("/sign-in/", {"login": asa.email, "password": PASSWORD})

    assert answer.headers["Location"] == "/sign-in/second-factor/"
    assert browser.get("/cases/").status_code == 302
    assert not SignIn.objects.filter(account=asa).exists()


def test_password_and_code_open_the_first_page(browser: Client, asa: Account) -> None:
    sign_in(browser, asa)

    assert browser.get("/").content == b"first page"
    assert "accounts.session.signed_in" in events()


def test_an_address_is_found_in_any_case(browser: Client, asa: Account) -> None:
    answer = browser.post("/sign-in/", {"login": " ASA@Exit.Example ", "password": PASSWORD})

    assert answer.headers["Location"] == "/sign-in/second-factor/"


def test_a_wrong_password_and_an_unknown_address_get_the_same_answer(browser: Client, asa: Account) -> None:
    wrong = browser.post("/sign-in/", {"login": asa.email, "password": "wrong wrong wrong"})
    unknown = browser.post("/sign-in/", {"login": "nils@exit.example", "password": "wrong wrong wrong"})

    def said(answer: object) -> str:
        return str(answer.content.decode()).replace(asa.email, "").replace("nils@exit.example", "")  # type: ignore[attr-defined]

    assert "The address or the password is not right." in said(wrong)
    assert _without_tokens(said(wrong)) == _without_tokens(said(unknown))
    assert events()[-2:] == ["accounts.session.sign_in_failed"] * 2


def _without_tokens(page: str) -> list[str]:
    return [line for line in page.splitlines() if "csrfmiddlewaretoken" not in line]


def test_a_wrong_code_is_refused_and_recorded(browser: Client, asa: Account) -> None:
    browser.post("/sign-in/", {"login": asa.email, "password": PASSWORD})
    answer = browser.post("/sign-in/second-factor/", {"code": "000000"})

    assert "This code is not right" in answer.content.decode()
    assert events()[-1] == "accounts.factor.failed"
    assert browser.get("/cases/").status_code == 302


def test_a_code_works_once(browser: Client, asa: Account) -> None:
    sign_in(browser, asa)
    other = Client()
    other.post("/sign-in/", {"login": asa.email, "password": PASSWORD})

    assert other.post("/sign-in/second-factor/", {"code": code_now()}).status_code == 200
    assert other.get("/cases/").status_code == 302


def test_a_code_works_once_though_another_web_process_knows_nothing_of_it(
    browser: Client, asa: Account
) -> None:
    sign_in(browser, asa)
    cache.clear()  # what a process remembers, another does not
    other = Client()
    other.post("/sign-in/", {"login": asa.email, "password": PASSWORD})

    assert other.post("/sign-in/second-factor/", {"code": code_now()}).status_code == 200
    assert other.get("/cases/").status_code == 302
    assert other.post("/sign-in/second-factor/", {"code": code_now(step=1)}).status_code == 302
    assert other.get("/cases/").status_code == 200


def test_after_five_wrong_passwords_even_the_right_one_has_to_wait(browser: Client, asa: Account) -> None:
    for _try in range(5):
        browser.post("/sign-in/", {"login": asa.email, "password": "wrong wrong wrong"})
    answer = browser.post("/sign-in/", {"login": asa.email, "password": PASSWORD})

    assert "Too many tries. Wait five minutes" in answer.content.decode()


def test_signing_out_ends_the_session_and_lets_the_browser_forget(signed_in: Client, asa: Account) -> None:
    answer = signed_in.post("/sign-out/")

    assert answer.headers["Clear-Site-Data"] == '"cache", "storage"'
    assert not SignIn.objects.filter(account=asa).exists()
    assert events()[-1] == "accounts.session.signed_out"
    assert signed_in.get("/cases/").status_code == 302


def test_signing_out_asks_first_when_followed_as_a_link(signed_in: Client, asa: Account) -> None:
    assert signed_in.get("/sign-out/").status_code == 200
    assert SignIn.objects.filter(account=asa).exists()


def test_a_new_password_signs_out_every_other_device(signed_in: Client, asa: Account) -> None:
    elsewhere = Client()
    elsewhere.post("/sign-in/", {"login": asa.email, "password": PASSWORD})
    elsewhere.post("/sign-in/second-factor/", {"code": code_now(step=1)})
    assert elsewhere.get("/").status_code == 200

    answer = signed_in.post(
        "/account/password/",
        {
            "oldpassword": PASSWORD,
            "password1": "amber otter willow ridge",
            "password2": "amber otter willow ridge",
        },
    )

    assert answer.headers["Location"] == "/account/"
    assert signed_in.get("/").status_code == 200
    assert elsewhere.get("/").status_code == 302
    assert "accounts.account.password_changed" in events()
    asa.refresh_from_db()
    assert asa.check_password("amber otter willow ridge")


def test_a_password_is_changed_only_with_the_present_one(signed_in: Client, asa: Account) -> None:
    answer = signed_in.post(
        "/account/password/",
        {
            "oldpassword": "not it at all",
            "password1": "amber otter willow ridge",
            "password2": "amber otter willow ridge",
        },
    )

    assert "This is not your present password." in answer.content.decode()
    asa.refresh_from_db()
    assert asa.check_password(PASSWORD)


def test_neither_address_nor_browser_of_the_caller_is_kept_anywhere(
    browser: Client, asa: Account, caplog: pytest.LogCaptureFixture, capfd: pytest.CaptureFixture[str]
) -> None:
    caplog.set_level("DEBUG")
    browser.post(
        "/sign-in/", {"login": asa.email, "password": "wrong wrong wrong"}, REMOTE_ADDR="203.0.113.77"
    )
    browser.post("/sign-in/", {"login": asa.email, "password": PASSWORD}, REMOTE_ADDR="2001:db8::77")
    browser.post("/sign-in/second-factor/", {"code": code_now()}, REMOTE_ADDR="2001:db8::77")
    browser.get("/", REMOTE_ADDR="2001:db8::77")
    stored = everything_stored() + caplog.text + "".join(capfd.readouterr())

    assert "asa@exit.example" in stored
    assert not [
        trace for trace in ("203.0.113", "2001:db8", "127.0.0.1", "iPhone", "Mozilla") if trace in stored
    ]


def test_the_journal_says_who_signed_in_and_nothing_of_where(browser: Client, asa: Account) -> None:
    sign_in(browser, asa)
    entry = journal.queries.entries_about(asa)[0]

    assert entry.event == "accounts.session.signed_in"
    assert entry.by_name == "Asa"
