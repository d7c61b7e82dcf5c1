# SPDX-License-Identifier: AGPL-3.0-or-later
"""The quick lock of the screen, and the great lock of everything."""

from __future__ import annotations

import pytest
from django.test import Client

from exitwork.accounts.models import Account, SignIn
from exitwork.journal.models import Entry
from exitwork.vault import holder
from exitwork.vault.epoch import Epoch
from exitwork.vault.keeper import Keeper
from exitwork.vault.master import MasterKey, Ring
from tests.accounts.conftest import PASSWORD, code_now

pytestmark = [pytest.mark.django_db, pytest.mark.urls("tests.accounts.urls")]


def events() -> list[str]:
    return list(Entry.objects.order_by("at", "id").values_list("event", flat=True))


def test_a_locked_screen_opens_nothing_and_keeps_the_session(signed_in: Client, asa: Account) -> None:
    answer = signed_in.post("/account/lock/", {"next": "/cases/"})

    assert answer.headers["Location"] == "/account/again/?next=%2Fcases%2F"
    for url in (
        "/",
        "/cases/",
        "/account/",
        "/account/second-factor/",
        "/account/password/",
        "/lock-everything/",
    ):
        assert signed_in.get(url).headers["Location"].startswith("/account/again/"), url
        assert signed_in.post(url).headers["Location"].startswith("/account/again/"), url
    assert SignIn.objects.filter(account=asa).count() == 1
    assert events()[-1] == "accounts.session.locked"


def test_the_locked_page_says_so_and_names_nobody(signed_in: Client) -> None:
    signed_in.post("/account/lock/")
    page = signed_in.get("/account/again/").content.decode()

    assert "<title>Locked</title>" in page
    assert "What you typed is still there." in page
    assert "Asa" not in page


def test_the_password_unlocks_and_leads_back(signed_in: Client) -> None:
    signed_in.post("/account/lock/")
    answer = signed_in.post("/account/again/", {"password": PASSWORD, "next": "/cases/"})

    assert answer.headers["Location"] == "/cases/"
    assert signed_in.get("/cases/").status_code == 200
    assert events()[-1] == "accounts.session.unlocked"


def test_a_code_unlocks_too(signed_in: Client) -> None:
    signed_in.post("/account/lock/")
    signed_in.post("/account/again/code/", {"code": code_now(step=1)})

    assert signed_in.get("/cases/").status_code == 200


def test_a_wrong_password_leaves_it_locked(signed_in: Client) -> None:
    signed_in.post("/account/lock/")
    answer = signed_in.post("/account/again/", {"password": "wrong wrong wrong"})

    assert "The password is not right." in answer.content.decode()
    assert signed_in.get("/cases/").status_code == 302


def test_having_signed_in_a_moment_ago_does_not_unlock(signed_in: Client) -> None:
    signed_in.post("/account/again/", {"password": PASSWORD})
    signed_in.post("/account/lock/")

    assert signed_in.get("/cases/").status_code == 302


def test_an_address_of_another_site_is_not_followed_after_unlocking(signed_in: Client) -> None:
    answer = signed_in.post("/account/lock/", {"next": "https://elsewhere.example/"})

    assert "elsewhere" not in answer.headers["Location"]
    assert (
        signed_in.post("/account/again/", {"password": PASSWORD, "next": "//elsewhere.example/"}).headers[
            "Location"
        ]
        == "/"
    )


def test_a_part_of_a_page_is_told_to_go_and_unlock(signed_in: Client) -> None:
    signed_in.post("/account/lock/")
    answer = signed_in.post("/cases/", headers={"HX-Request": "true"})

    assert answer.status_code == 401
    assert answer.headers["HX-Redirect"] == "/account/again/"


def test_one_may_sign_out_of_a_locked_screen(signed_in: Client, asa: Account) -> None:
    signed_in.post("/account/lock/")
    signed_in.post("/sign-out/")

    assert not SignIn.objects.filter(account=asa).exists()


@pytest.fixture
def keeper() -> Keeper:
    """A keyholder of this test alone."""
    return Keeper(Ring((MasterKey.new(),)), Epoch(), grace=0)


def test_everything_is_locked_with_a_code(signed_in: Client, keeper: Keeper) -> None:
    with holder.using(keeper):
        page = signed_in.get("/lock-everything/").content.decode()
        answer = signed_in.post("/lock-everything/", {"code": code_now(step=1)})
        locked = holder.is_locked()

    assert "For everybody, within a second" in page
    assert "Everything is locked" in answer.content.decode()
    assert locked
    assert "accounts.installation.locked" in events()


def test_nothing_is_locked_with_a_wrong_code_or_none(signed_in: Client, keeper: Keeper) -> None:
    with holder.using(keeper):
        signed_in.post("/lock-everything/", {"code": "000000"})
        signed_in.post("/lock-everything/")
        assert not holder.is_locked()


def test_following_a_link_locks_nothing(signed_in: Client, keeper: Keeper) -> None:
    with holder.using(keeper):
        signed_in.get("/lock-everything/")
        assert not holder.is_locked()


def test_who_has_shown_the_second_factor_just_now_is_not_asked_again(
    signed_in: Client, keeper: Keeper
) -> None:
    with holder.using(keeper):
        signed_in.post("/account/again/code/", {"code": code_now(step=1)})
        signed_in.post("/lock-everything/")
        assert holder.is_locked()


def test_the_password_alone_does_not_lock_everything(signed_in: Client, keeper: Keeper) -> None:
    with holder.using(keeper):
        signed_in.post("/account/again/", {"password": PASSWORD})
        signed_in.post("/lock-everything/")
        assert not holder.is_locked()
