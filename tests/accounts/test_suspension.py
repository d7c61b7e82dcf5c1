# SPDX-License-Identifier: AGPL-3.0-or-later
"""Pausing at once (S2): everything ends in one act; coming back; closing in order."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from django.test import Client

from exitwork.access.seams import Tie
from exitwork.accounts import actions
from exitwork.accounts.models import (
    Account,
    Invitation,
    KeptFactor,
    PauseCall,
    Resumption,
    SignIn,
    Suspension,
)
from exitwork.accounts.rules import may_pause_oneself
from exitwork.accounts.words import Carried
from exitwork.journal.models import Entry
from exitwork.kernel.decisions import Refusal
from exitwork.kernel.rules import Rule
from tests.accounts.conftest import COMMAND_LINE, PASSWORD, code_now, sign_in, standing
from tests.accounts.everything import everything_stored

pytestmark = [pytest.mark.django_db, pytest.mark.urls("tests.accounts.urls"), pytest.mark.both_databases]

REASON = "He was seen with his former friends again."


class Desk:
    """A room above that holds something of the account and hears of its pause."""

    def __init__(self) -> None:
        self.held: list[str] = []
        self.heard: list[tuple[Any, ...]] = []
        self.fails = False

    def holds(self, account: Any, at: datetime) -> list[str]:
        return self.held

    def on_suspension(self, account: Any, by: Any, at: datetime) -> None:
        if self.fails:
            raise RuntimeError("the deputy could not be put in charge")
        self.heard.append((account.id, by.account, at))


@pytest.fixture
def desk() -> Iterator[Desk]:
    """One room above, tied to every account."""
    room = Desk()
    before = list(Tie.register_of)
    Tie.register_of[:] = [Tie("desk", holds=room.holds, on_suspension=room.on_suspension)]
    yield room
    Tie.register_of[:] = before


def events() -> list[str]:
    return list(Entry.objects.order_by("at", "id").values_list("event", flat=True))


@pytest.mark.usefixtures("desk")
def test_pausing_ends_sessions_factors_and_invitations_at_once(
    signed_in: Client, asa: Account, per: Account, anyone: Rule, at: datetime
) -> None:
    actions.invite(account=asa, carried=Carried.PRINTED, by=COMMAND_LINE, at=at)
    actions.suspend(account=asa, rule=anyone, reason=REASON, by=standing(per), at=at)

    assert signed_in.get("/").status_code == 302
    assert not SignIn.objects.filter(account=asa).exists()
    assert not Authenticator.objects.filter(user=asa).exists()
    assert KeptFactor.objects.filter(account=asa, kind="totp").exists()
    assert not Invitation.objects.open(at).exists()
    assert "accounts.suspension.made" in events()


def test_the_rooms_above_hear_of_it_in_the_same_transaction(
    asa: Account, per: Account, desk: Desk, anyone: Rule, at: datetime
) -> None:
    actions.suspend(account=asa, rule=anyone, by=standing(per), at=at)

    assert desk.heard == [(asa.id, per.id, at)]


def test_when_a_room_above_fails_nothing_is_half_done(
    signed_in: Client, asa: Account, per: Account, desk: Desk, anyone: Rule, at: datetime
) -> None:
    desk.fails = True
    entries = Entry.objects.count()
    with pytest.raises(RuntimeError):
        actions.suspend(account=asa, rule=anyone, by=standing(per), at=at)

    assert Entry.objects.count() == entries
    assert not Suspension.objects.exists()
    assert Authenticator.objects.filter(user=asa).exists()
    assert SignIn.objects.filter(account=asa).exists()


@pytest.mark.usefixtures("desk")
def test_a_paused_account_is_told_so_after_the_right_password_only(
    browser: Client, asa: Account, per: Account, anyone: Rule, at: datetime
) -> None:
    actions.suspend(account=asa, rule=anyone, by=standing(per), at=at)
    right = browser.post("/sign-in/", {"login": asa.email, "password": PASSWORD}, follow=True)
    wrong = Client().post("/sign-in/", {"login": asa.email, "password": "wrong wrong wrong"}, follow=True)

    assert "This account is paused." in right.content.decode()
    assert "paused" not in wrong.content.decode()
    assert REASON not in right.content.decode()


@pytest.mark.usefixtures("desk")
def test_the_reason_is_sealed_and_read_by_two_people_and_no_third(
    asa: Account, per: Account, person: Any, anyone: Rule, at: datetime
) -> None:
    paused = actions.suspend(account=asa, rule=anyone, reason=REASON, by=standing(per), at=at)
    ines, omar = person("Ines"), person("Omar")

    assert REASON not in everything_stored()
    assert actions.open_reason(suspension=paused, rule=anyone, by=standing(per), at=at) == REASON
    assert actions.open_reason(suspension=paused, rule=anyone, by=standing(ines), at=at) == REASON
    assert actions.open_reason(suspension=paused, rule=anyone, by=standing(per), at=at) == REASON
    with pytest.raises(Refusal, match="Two people have read the reason"):
        actions.open_reason(suspension=paused, rule=anyone, by=standing(omar), at=at)
    assert events().count("accounts.suspension.reason_seen") == 3


@pytest.mark.usefixtures("desk")
def test_who_may_not_pause_pauses_nobody(asa: Account, per: Account, nobody: Rule, at: datetime) -> None:
    with pytest.raises(Refusal):
        actions.suspend(account=asa, rule=nobody, by=standing(per), at=at)

    asa.refresh_from_db()
    assert asa.is_active


@pytest.mark.usefixtures("desk")
def test_two_colleagues_pause_together(
    asa: Account, per: Account, person: Any, anyone: Rule, at: datetime
) -> None:
    ines = person("Ines")
    first = actions.call_for_pause(account=asa, rule=anyone, by=standing(per), at=at)
    asa.refresh_from_db()
    assert isinstance(first, PauseCall)
    assert Account.objects.active().filter(pk=asa.pk).exists()

    second = actions.call_for_pause(account=asa, rule=anyone, by=standing(ines), at=at + timedelta(hours=23))
    asa.refresh_from_db()
    assert isinstance(second, Suspension)
    assert (second.by_account, second.seconded_by) == (per.id, ines.id)
    assert not Account.objects.active().filter(pk=asa.pk).exists()
    assert sorted(events()[-2:]) == ["accounts.suspension.called", "accounts.suspension.made"]


@pytest.mark.usefixtures("desk")
def test_one_colleague_asking_twice_is_one_colleague(
    asa: Account, per: Account, anyone: Rule, at: datetime
) -> None:
    actions.call_for_pause(account=asa, rule=anyone, by=standing(per), at=at)
    with pytest.raises(Refusal, match="One more colleague is needed"):
        actions.call_for_pause(account=asa, rule=anyone, by=standing(per), at=at)

    asa.refresh_from_db()
    assert asa.is_active


@pytest.mark.usefixtures("desk")
def test_a_call_of_the_day_before_no_longer_counts(
    asa: Account, per: Account, person: Any, anyone: Rule, at: datetime
) -> None:
    actions.call_for_pause(account=asa, rule=anyone, by=standing(per), at=at)
    later = at + timedelta(hours=24)
    assert isinstance(
        actions.call_for_pause(account=asa, rule=anyone, by=standing(person("Ines")), at=later), PauseCall
    )


def test_a_lost_device_is_answered_by_oneself_in_two_clicks(
    signed_in: Client, asa: Account, desk: Desk
) -> None:
    assert "Pause my account now" in signed_in.get("/account/lost-device/").content.decode()
    answer = signed_in.post("/account/lost-device/", follow=True)

    assert "Your account is paused, everywhere." in answer.content.decode()
    asa.refresh_from_db()
    assert not asa.is_active
    assert len(desk.heard) == 1


def test_nobody_pauses_another_as_if_it_were_himself(asa: Account, per: Account, at: datetime) -> None:
    with pytest.raises(Refusal, match="It is not your own account"):
        actions.suspend(account=asa, rule=may_pause_oneself, by=standing(per), at=at)


@pytest.mark.usefixtures("desk")
def test_a_resumed_account_has_its_second_factor_again(
    browser: Client, asa: Account, per: Account, anyone: Rule, at: datetime
) -> None:
    actions.suspend(account=asa, rule=anyone, by=standing(per), at=at)
    actions.resume(account=asa, rule=anyone, by=standing(per), at=at + timedelta(days=1))

    assert sign_in(browser, asa).headers["Location"] == "/"
    assert not KeptFactor.objects.exists()
    assert Resumption.objects.count() == Suspension.objects.count() == 1
    assert "accounts.suspension.ended" in events()


@pytest.mark.usefixtures("desk")
def test_nobody_resumes_himself(asa: Account, per: Account, anyone: Rule, at: datetime) -> None:
    actions.suspend(account=asa, rule=anyone, by=standing(per), at=at)
    with pytest.raises(Refusal, match="Nobody resumes his own account"):
        actions.resume(account=asa, rule=anyone, by=standing(asa), at=at)

    asa.refresh_from_db()
    assert not asa.is_active


@pytest.mark.usefixtures("desk")
def test_what_is_not_paused_is_not_resumed_and_what_is_paused_not_paused_again(
    asa: Account, per: Account, anyone: Rule, at: datetime
) -> None:
    with pytest.raises(Refusal, match="not paused"):
        actions.resume(account=asa, rule=anyone, by=standing(per), at=at)
    actions.suspend(account=asa, rule=anyone, by=standing(per), at=at)
    with pytest.raises(Refusal, match="paused or closed already"):
        actions.suspend(account=asa, rule=anyone, by=standing(per), at=at)

    assert Suspension.objects.count() == 1


def test_an_account_that_holds_something_is_not_closed_and_the_page_says_what(
    asa: Account, per: Account, desk: Desk, anyone: Rule, at: datetime
) -> None:
    desk.held = ["Case 7F3K2-M has no other case manager."]
    with pytest.raises(Refusal, match="Hand over first: Case 7F3K2-M has no other case manager"):
        actions.deactivate(account=asa, rule=anyone, by=standing(per), at=at)

    asa.refresh_from_db()
    assert asa.is_active
    assert not asa.is_closed


@pytest.mark.usefixtures("desk")
def test_a_closed_account_never_signs_in_again(
    signed_in: Client, asa: Account, per: Account, anyone: Rule, at: datetime
) -> None:
    actions.deactivate(account=asa, rule=anyone, by=standing(per), at=at)
    other = Client()
    other.post("/sign-in/", {"login": asa.email, "password": PASSWORD})
    other.post("/sign-in/second-factor/", {"code": code_now(step=1)})

    assert signed_in.get("/").status_code == other.get("/").status_code == 302
    with pytest.raises(Refusal, match="closed already"):
        actions.deactivate(account=asa, rule=anyone, by=standing(per), at=at)
    with pytest.raises(Refusal, match="not paused"):
        actions.resume(account=asa, rule=anyone, by=standing(per), at=at)


@pytest.mark.usefixtures("desk")
def test_a_paused_account_can_be_closed_and_then_not_resumed(
    asa: Account, per: Account, anyone: Rule, at: datetime
) -> None:
    actions.suspend(account=asa, rule=anyone, by=standing(per), at=at)
    actions.deactivate(account=asa, rule=anyone, by=standing(per), at=at)
    with pytest.raises(Refusal, match="not paused"):
        actions.resume(account=asa, rule=anyone, by=standing(per), at=at)

    assert not KeptFactor.objects.exists()
