# SPDX-License-Identifier: AGPL-3.0-or-later
"""Which addresses there are: what of allauth is offered, what answers 404, what opens without signing in."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from allauth.account import urls as account_urls
from allauth.mfa import urls as mfa_urls
from django.test import Client
from django.urls import NoReverseMatch, URLPattern, URLResolver, reverse

from exitwork.accounts import sign_in_urls, urls

pytestmark = [pytest.mark.django_db, pytest.mark.urls("tests.accounts.urls")]

PUBLIC = {
    "account_login",
    "mfa_authenticate",
    "mfa_login_webauthn",
    "invitation_code",
    "invitation_password",
    "invitation",
}
# allauth's sign-out leads someone not signed in to the sign-in page by itself.
ENDS_AT_SIGN_IN = PUBLIC | {"account_logout"}


def patterns(found: list[URLPattern | URLResolver], before: str = "") -> Iterator[tuple[str, str]]:
    """Every (address, name), with something in place of each argument."""
    for one in found:
        route = before + re.sub(r"<[^>]*pk>", "1", re.sub(r"<str:\w+>", "X", str(one.pattern).lstrip("^")))
        if isinstance(one, URLResolver):
            yield from patterns(one.url_patterns, route)
        else:
            yield "/" + route, str(one.name)


OFFERED = {name for _address, name in patterns(sign_in_urls.urlpatterns)}
ALLAUTH = list(patterns([*account_urls.urlpatterns, *mfa_urls.urlpatterns]))
OURS = list(patterns([*sign_in_urls.urlpatterns, *urls.urlpatterns]))


@pytest.mark.parametrize(("address", "name"), [one for one in ALLAUTH if one[1] not in OFFERED])
def test_what_of_allauth_is_not_offered_is_not_there(browser: Client, address: str, name: str) -> None:
    with pytest.raises(NoReverseMatch):
        reverse(name)
    for base in ("", "/accounts", "/account", "/accounts/2fa", "/account/2fa"):
        assert browser.get(base + address).status_code == 404


def test_signing_up_recovering_by_mail_and_mail_addresses_are_among_what_is_not_offered() -> None:
    left_out = {name for _address, name in ALLAUTH} - OFFERED

    assert {"account_signup", "account_reset_password", "account_email", "account_inactive"} <= left_out


@pytest.mark.parametrize(("address", "name"), OURS)
def test_without_signing_in_only_the_public_pages_open(browser: Client, address: str, name: str) -> None:
    for method in (browser.get, browser.post):
        answer = method(address)
        if name.startswith("demo"):
            assert answer.status_code in (404, 405)  # these are there in a demo only
        elif name in ENDS_AT_SIGN_IN:
            assert answer.status_code in (200, 302, 405)
        else:
            assert answer.headers["Location"].startswith("/sign-in/?next="), (name, method)


@pytest.mark.parametrize(("address", "name"), [one for one in OURS if one[1] not in PUBLIC])
def test_a_locked_screen_opens_none_of_them(signed_in: Client, address: str, name: str) -> None:
    signed_in.post("/account/lock/")
    answer = signed_in.get(address)

    if name.startswith("demo"):
        assert answer.status_code in (302, 404, 405)
    elif name in ("account_reauthenticate", "mfa_reauthenticate", "account_logout"):
        assert answer.status_code == 200
    else:
        assert answer.headers["Location"].startswith("/account/again/")


@pytest.mark.parametrize(("address", "name"), OURS)
def test_every_page_that_opens_is_whole_and_names_nobody_in_its_title(
    signed_in: Client, address: str, name: str
) -> None:
    signed_in.post("/account/again/", {"password": "quiet lantern mossy harbour"})
    answer = signed_in.get(address)
    assert answer.status_code in (200, 302, 404, 405), (name, answer.status_code)
    if answer.status_code == 200 and answer.headers["Content-Type"].startswith("text/html"):
        page = answer.content.decode()
        title = re.search(r"<title>(.*?)</title>", page)
        assert title
        assert "Asa" not in title.group(1)
        assert "<h1" in page
        assert not re.search(r"\son\w+=|\sstyle=|<style|javascript:", page)
        assert not re.search(r"<script(?![^>]*(src=|type=\"application/json\"))", page)
