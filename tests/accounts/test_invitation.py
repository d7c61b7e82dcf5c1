# SPDX-License-Identifier: AGPL-3.0-or-later
"""Invitations: by mail or on paper, once, for seven days."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
import time_machine
from django.test import Client

from exitwork.accounts import actions
from exitwork.accounts.actions import Invited
from exitwork.accounts.actions.invitation import new_code, normal
from exitwork.accounts.models import Account, Invitation
from exitwork.accounts.views import invitation as pages
from exitwork.accounts.words import Carried
from exitwork.journal.models import Entry, Message
from exitwork.kernel.decisions import Refusal
from tests.accounts.conftest import COMMAND_LINE, PASSWORD
from tests.accounts.everything import everything_stored

pytestmark = [pytest.mark.django_db, pytest.mark.urls("tests.accounts.urls"), pytest.mark.both_databases]


@pytest.fixture
def nils(db: None, at: datetime) -> Account:
    """Nils, who is to join."""
    return actions.open_account(email="nils@exit.example", name="Nils", by=COMMAND_LINE, at=at)


@pytest.fixture
def paper(nils: Account, at: datetime) -> Invited:
    """Nils's invitation on paper."""
    return actions.invite(account=nils, carried=Carried.PRINTED, by=COMMAND_LINE, at=at)


@pytest.fixture(autouse=True)
def _soon(at: datetime) -> object:
    """An hour after the invitation was made, and no tries counted."""
    pages.TRIES._seen.clear()
    with time_machine.travel(at + timedelta(hours=1), tick=False):
        yield


def events() -> list[str]:
    return list(Entry.objects.order_by("at", "id").values_list("event", flat=True))


def choose(browser: Client, password: str = PASSWORD) -> object:
    return browser.post("/invitation/password/", {"password": password, "again": password})


def test_an_account_waiting_for_its_invitation_signs_in_with_nothing(browser: Client, nils: Account) -> None:
    browser.post("/sign-in/", {"login": nils.email, "password": ""})
    browser.post("/sign-in/", {"login": nils.email, "password": "!"})

    assert nils.awaits_acceptance
    assert browser.get("/cases/").status_code == 302


def test_a_code_from_paper_lets_nils_choose_a_password_and_then_asks_for_a_second_factor(
    browser: Client, paper: Invited
) -> None:
    browser.post("/invitation/", {"code": paper.code.lower().replace("-", " ")})
    page = browser.get("/invitation/password/").content.decode()
    answer = choose(browser)

    assert "nils@exit.example" in page
    assert answer.headers["Location"] == "/account/second-factor/"  # type: ignore[attr-defined]
    assert browser.get("/cases/").headers["Location"].startswith("/account/second-factor/")
    assert {"accounts.invitation.made", "accounts.invitation.accepted", "accounts.session.signed_in"} <= set(
        events()
    )


def test_a_link_leaves_the_address_line_at_once_and_is_not_used_up_by_looking(
    browser: Client, paper: Invited
) -> None:
    Client().get(paper.path)
    answer = browser.get(paper.path)

    assert answer.headers["Location"] == "/invitation/password/"
    assert browser.get("/invitation/password/").status_code == 200


def test_an_invitation_opens_once(browser: Client, paper: Invited) -> None:
    browser.get(paper.path)
    choose(browser)
    other = Client()
    other.get(paper.path)
    answer = other.get("/invitation/password/")

    assert answer.headers["Location"] == "/invitation/"


def test_two_browsers_with_the_same_code_make_one_password(
    browser: Client, paper: Invited, nils: Account
) -> None:
    other = Client()
    other.get(paper.path)
    browser.get(paper.path)
    choose(browser)
    choose(other, "amber otter willow ridge")
    nils.refresh_from_db()

    assert nils.check_password(PASSWORD)


def test_an_invitation_used_meanwhile_is_refused_and_leaves_nothing(
    paper: Invited, nils: Account, at: datetime
) -> None:
    actions.accept(invitation=paper.invitation, password=PASSWORD, at=at)
    entries = Entry.objects.count()
    with pytest.raises(Refusal, match=r"This invitation no longer opens\."):
        actions.accept(invitation=paper.invitation, password="amber otter willow ridge", at=at)
    nils.refresh_from_db()

    assert nils.check_password(PASSWORD)
    assert Entry.objects.count() == entries


def test_after_seven_days_it_opens_nothing(browser: Client, paper: Invited, at: datetime) -> None:
    with time_machine.travel(at + timedelta(days=7), tick=False):
        answer = browser.post("/invitation/", {"code": paper.code})

    assert "No invitation opens with this code." in answer.content.decode()


def test_used_ended_run_out_and_never_made_are_one_answer(
    paper: Invited, nils: Account, at: datetime
) -> None:
    actions.end_invitations(account=nils, by=COMMAND_LINE, at=at)
    ended = Client().post("/invitation/", {"code": paper.code}).content.decode()
    never = Client().post("/invitation/", {"code": new_code()}).content.decode()

    assert "No invitation opens with this code." in ended
    assert _plain(ended) == _plain(never)


def _plain(page: str) -> list[str]:
    return [
        line for line in page.splitlines() if "csrfmiddlewaretoken" not in line and 'name="code"' not in line
    ]


def test_a_new_invitation_ends_the_one_before(
    browser: Client, paper: Invited, nils: Account, at: datetime
) -> None:
    actions.invite(account=nils, carried=Carried.PRINTED, by=COMMAND_LINE, at=at)
    answer = browser.post("/invitation/", {"code": paper.code})

    assert "No invitation opens with this code." in answer.content.decode()


def test_the_code_itself_is_not_in_the_database(paper: Invited) -> None:
    stored = everything_stored()

    assert paper.invitation.code_hash in stored
    assert paper.code not in stored
    assert normal(paper.code) not in stored


def test_the_mail_holds_a_link_and_no_word_about_what_it_leads_to(
    nils: Account, at: datetime, settings: object
) -> None:
    invited = actions.invite(account=nils, carried=Carried.MAIL, by=COMMAND_LINE, at=at)
    message = Message.objects.get()

    assert message.address == "nils@exit.example"
    assert message.data.open() == {"link": f"http://localhost:8700{invited.path}"}
    assert invited.code not in everything_stored()


def test_a_weak_password_is_refused_with_a_sentence_and_the_invitation_stays(
    browser: Client, paper: Invited
) -> None:
    browser.get(paper.path)
    page = choose(browser, "too short").content.decode()  # type: ignore[attr-defined]

    assert "This password has 9 characters and needs 15 or more." in page
    assert Invitation.objects.get().used_at is None


def test_two_different_passwords_are_refused(browser: Client, paper: Invited) -> None:
    browser.get(paper.path)
    answer = browser.post("/invitation/password/", {"password": PASSWORD, "again": PASSWORD + "s"})

    assert "The two passwords are not the same." in answer.content.decode()


def test_guessing_codes_has_to_wait(browser: Client, paper: Invited) -> None:
    for _try in range(10):
        browser.post("/invitation/", {"code": new_code()})
    answer = browser.post("/invitation/", {"code": paper.code})

    assert answer.status_code == 429
    assert "Too many tries." in answer.content.decode()


@pytest.mark.parametrize("typed", ["", " ", "-", "x" * 41, "ÅÄÖ", "'; --", "\x00"])
def test_what_is_no_code_gets_a_sentence(browser: Client, typed: str) -> None:
    assert browser.post("/invitation/", {"code": typed}).status_code == 200


def test_a_code_is_understood_as_it_is_misread() -> None:
    assert normal("o1iL-abcd efgh") == "0111ABCDEFGH"


def test_who_is_signed_in_is_asked_to_sign_out_first(signed_in: Client, paper: Invited) -> None:
    assert signed_in.get(paper.path).headers["Location"] == "/account/"


def test_nobody_is_invited_to_a_paused_account(nils: Account, anyone: object, at: datetime) -> None:
    actions.suspend(account=nils, rule=anyone, by=COMMAND_LINE, at=at)  # type: ignore[arg-type]
    with pytest.raises(Refusal, match="paused or closed"):
        actions.invite(account=nils, carried=Carried.PRINTED, by=COMMAND_LINE, at=at)

    assert not Invitation.objects.exists()


def test_codes_are_long_enough_never_to_be_guessed() -> None:
    codes = {normal(new_code()) for _time in range(200)}

    assert len(codes) == 200
    assert {len(code) for code in codes} == {20}
