# SPDX-License-Identifier: AGPL-3.0-or-later
"""Second factors: set up, used, removed; what an account reaches before it has one."""

from __future__ import annotations

import json
import re
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from django.test import Client

from exitwork.accounts.models import Account
from exitwork.accounts.queries import has_second_factor
from exitwork.journal.models import Entry
from tests.accounts.conftest import PASSWORD, SECRET, code_now, sign_in
from tests.accounts.everything import everything_stored
from tests.accounts.passkey import Passkey

pytestmark = [pytest.mark.django_db, pytest.mark.urls("tests.accounts.urls")]


def events() -> list[str]:
    return list(Entry.objects.order_by("at", "id").values_list("event", flat=True))


def options(page: str) -> dict[str, Any]:
    """What a page hands to the browser's passkey dialogue."""
    found = re.search(r'id="js_data" type="application/json">(.*?)</script>', page, re.S)
    assert found
    return dict(json.loads(found.group(1)))


def local(account: Account) -> Client:
    """A browser on this machine, signed in by password (passkeys need the name localhost)."""
    browser = Client(headers={"Host": "localhost"})
    browser.post("/sign-in/", {"login": account.email, "password": PASSWORD})
    return browser


def with_passkey(account: Account) -> tuple[Client, Passkey]:
    """Sets up a first passkey, as a person does."""
    browser, passkey = local(account), Passkey()
    page = browser.get("/account/second-factor/passkeys/add/").content.decode()
    credential = passkey.create(options(page)["creation_options"])
    answer = browser.post(
        "/account/second-factor/passkeys/add/",
        {"name": "laptop", "passwordless": "on", "credential": credential},
    )
    assert answer.headers["Location"] == "/account/second-factor/codes/"
    return browser, passkey


def test_without_a_second_factor_only_the_pages_that_set_it_up_open(browser: Client, per: Account) -> None:
    browser.post("/sign-in/", {"login": per.email, "password": PASSWORD})

    for url in ("/", "/cases/", "/account/", "/account/password/", "/lock-everything/"):
        assert browser.get(url).headers["Location"].startswith("/account/second-factor/"), url
    assert browser.get("/account/second-factor/").status_code == 200
    assert browser.get("/account/second-factor/app/add/").status_code == 200
    assert browser.get("/account/second-factor/passkeys/add/").status_code == 200


def test_where_it_is_only_offered_the_other_pages_open_without_one(
    browser: Client, per: Account, settings: Any
) -> None:
    settings.ACCOUNTS_SECOND_FACTOR = "offered"
    browser.post("/sign-in/", {"login": per.email, "password": PASSWORD})

    assert browser.get("/cases/").status_code == 200


def test_an_app_is_set_up_right_after_signing_in_without_asking_for_the_password_again(
    browser: Client, per: Account
) -> None:
    browser.post("/sign-in/", {"login": per.email, "password": PASSWORD})
    page = browser.get("/account/second-factor/app/add/").content.decode()
    secret = re.search(r"<code dir=\"ltr\">(\w+)</code>", page)
    assert secret
    answer = browser.post("/account/second-factor/app/add/", {"code": code_now(secret.group(1))})

    assert answer.headers["Location"] == "/account/second-factor/codes/"
    assert browser.get("/account/second-factor/codes/").status_code == 200
    assert browser.get("/cases/").status_code == 200
    assert {"accounts.factor.added", "accounts.factor.codes_seen"} <= set(events())


def test_the_square_to_scan_stands_in_the_page_and_needs_no_script_or_style(
    browser: Client, per: Account
) -> None:
    browser.post("/sign-in/", {"login": per.email, "password": PASSWORD})
    page = browser.get("/account/second-factor/app/add/").content.decode()

    assert "<svg" in page
    assert "style=" not in page
    assert "data:image" not in page


def test_a_wrong_first_code_sets_nothing_up(browser: Client, per: Account) -> None:
    browser.post("/sign-in/", {"login": per.email, "password": PASSWORD})
    browser.get("/account/second-factor/app/add/")
    browser.post("/account/second-factor/app/add/", {"code": "000000"})

    assert not has_second_factor(per.id)
    assert "accounts.factor.added" not in events()


def test_a_passkey_is_set_up_and_then_signs_in_alone(per: Account) -> None:
    _browser, passkey = with_passkey(per)
    other = Client(headers={"Host": "localhost"})
    asked = other.get("/sign-in/passkey/", headers={"Accept": "application/json"}).json()["request_options"]
    answer = other.post("/sign-in/passkey/", {"credential": passkey.get(asked)})

    assert answer.headers["Location"] == "/"
    assert other.get("/cases/").status_code == 200


def test_a_passkey_is_the_second_factor_after_the_password(per: Account) -> None:
    _browser, passkey = with_passkey(per)
    other = local(per)
    asked = options(other.get("/sign-in/second-factor/").content.decode())["request_options"]
    answer = other.post("/sign-in/second-factor/", {"credential": passkey.get(asked)})

    assert answer.headers["Location"] == "/"
    assert other.get("/cases/").status_code == 200


def test_a_passkey_of_another_site_opens_nothing(per: Account) -> None:
    _browser, passkey = with_passkey(per)
    passkey.origin = "http://elsewhere.example"
    other = Client(headers={"Host": "localhost"})
    asked = other.get("/sign-in/passkey/", headers={"Accept": "application/json"}).json()["request_options"]
    other.post("/sign-in/passkey/", {"credential": passkey.get(asked)})

    assert other.get("/cases/").status_code == 302
    assert events()[-1] == "accounts.factor.failed"


def test_an_answer_to_an_earlier_challenge_opens_nothing(per: Account) -> None:
    _browser, passkey = with_passkey(per)
    other = Client(headers={"Host": "localhost"})
    asked = other.get("/sign-in/passkey/", headers={"Accept": "application/json"}).json()["request_options"]
    other.get("/sign-in/passkey/", headers={"Accept": "application/json"})
    other.post("/sign-in/passkey/", {"credential": passkey.get(asked)})

    assert other.get("/cases/").status_code == 302


NO_PASSKEY = [
    "",
    "no json",
    "{}",
    "[]",
    "null",
    "5",
    '{"response": 5}',
    '{"id": "x", "response": {}}',
    '{"id": "YQ", "rawId": "YQ", "type": "public-key", "response": {"clientDataJSON": "YQ"}}',
    '{"id": "YQ", "rawId": "YQ", "type": "public-key", "response": {"clientDataJSON": "e30", '
    '"authenticatorData": "YQ", "signature": "YQ", "userHandle": "YQ", "attestationObject": "YQ"}}',
]


@pytest.mark.parametrize("sent", NO_PASSKEY)
def test_what_is_no_passkey_sets_none_up(per: Account, sent: str) -> None:
    browser = local(per)
    browser.get("/account/second-factor/passkeys/add/")
    answer = browser.post("/account/second-factor/passkeys/add/", {"name": "laptop", "credential": sent})

    assert answer.status_code == 200
    assert not has_second_factor(per.id)


@pytest.mark.parametrize("sent", NO_PASSKEY)
def test_what_is_no_passkey_gets_a_sentence_and_no_error(per: Account, sent: str) -> None:
    with_passkey(per)
    other = Client(headers={"Host": "localhost"})
    other.get("/sign-in/passkey/", headers={"Accept": "application/json"})

    assert other.post("/sign-in/passkey/", {"credential": sent}).status_code == 302
    assert other.get("/cases/").status_code == 302


def test_the_last_second_factor_stays_where_one_is_required(per: Account) -> None:
    browser, _passkey = with_passkey(per)
    key = Authenticator.objects.get(user=per, type="webauthn")
    answer = browser.post(f"/account/second-factor/passkeys/{key.pk}/remove/", follow=True)

    assert "This is your last second factor." in answer.content.decode()
    assert has_second_factor(per.id)


def test_the_app_that_is_the_last_factor_stays_too(signed_in: Client, asa: Account) -> None:
    signed_in.post("/account/again/", {"password": PASSWORD})
    answer = signed_in.post("/account/second-factor/app/remove/")

    assert "This is your last second factor." in answer.content.decode()
    assert has_second_factor(asa.id)


def test_changing_factors_later_asks_for_the_password_again(signed_in: Client, asa: Account) -> None:
    answer = signed_in.get("/account/second-factor/passkeys/add/")

    assert answer.headers["Location"].startswith("/account/again/")


def test_a_passkey_is_renamed_and_removed_when_there_is_an_app_too(per: Account) -> None:
    browser, _passkey = with_passkey(per)
    key = Authenticator.objects.get(user=per, type="webauthn")
    page = browser.get("/account/second-factor/app/add/").content.decode()
    secret = re.search(r"<code dir=\"ltr\">(\w+)</code>", page)
    assert secret
    browser.post("/account/second-factor/app/add/", {"code": code_now(secret.group(1))})
    browser.post(f"/account/second-factor/passkeys/{key.pk}/name/", {"name": "old laptop"})
    assert "old laptop" in browser.get("/account/second-factor/passkeys/").content.decode()
    browser.post(f"/account/second-factor/passkeys/{key.pk}/remove/")

    assert not Authenticator.objects.filter(user=per, type="webauthn").exists()
    assert {"accounts.factor.renamed", "accounts.factor.removed"} <= set(events())


def test_nobody_removes_the_passkey_of_another(signed_in: Client, per: Account) -> None:
    with_passkey(per)
    key = Authenticator.objects.get(user=per, type="webauthn")
    signed_in.post("/account/again/", {"password": PASSWORD})

    assert signed_in.get(f"/account/second-factor/passkeys/{key.pk}/remove/").status_code == 404
    assert signed_in.get(f"/account/second-factor/passkeys/{key.pk}/name/").status_code == 404


def test_a_recovery_code_signs_in_once(per: Account) -> None:
    with_passkey(per)
    codes = Authenticator.objects.get(user=per, type="recovery_codes").wrap().get_unused_codes()
    other = local(per)
    other.post("/sign-in/second-factor/", {"code": codes[0]})
    again = local(per)
    again.post("/sign-in/second-factor/", {"code": codes[0]})

    assert other.get("/cases/").status_code == 200
    assert again.get("/cases/").status_code == 302


def test_codes_are_downloaded_as_text_and_drawn_anew(per: Account) -> None:
    browser, _passkey = with_passkey(per)
    before = browser.get("/account/second-factor/codes/file/")
    browser.post("/account/second-factor/codes/new/")
    after = browser.get("/account/second-factor/codes/file/")

    assert before.headers["Content-Type"].startswith("text/plain")
    assert len(before.content.decode().split()) == 10
    assert set(before.content.split()).isdisjoint(after.content.split())
    assert "accounts.factor.codes_drawn" in events()


def test_the_secret_of_an_app_is_not_readable_in_the_database(signed_in: Client, asa: Account) -> None:
    stored = everything_stored()

    assert str(asa.id).replace("-", "") in stored.replace("-", "")
    assert SECRET not in stored


def test_the_secret_still_opens_after_the_installation_changed_its_own(
    browser: Client, asa: Account, settings: Any
) -> None:
    settings.SECRET_KEY_FALLBACKS = [settings.SECRET_KEY]
    settings.SECRET_KEY = "another secret of this installation"

    assert sign_in(browser, asa).headers["Location"] == "/"
