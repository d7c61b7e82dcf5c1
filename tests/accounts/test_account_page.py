# SPDX-License-Identifier: AGPL-3.0-or-later
"""The account page, opening accounts, and signing in to a demo."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import pytest
from django.contrib.sessions.backends.base import SessionBase
from django.db import IntegrityError, transaction
from django.test import Client, RequestFactory

from exitwork import journal
from exitwork.accounts import actions
from exitwork.accounts.models import Account, SignIn
from exitwork.accounts.queries import has_second_factor
from exitwork.accounts.sessions import SessionStore
from exitwork.accounts.words import CHANGED
from exitwork.journal.guard import Unrecorded
from exitwork.journal.models import Entry
from exitwork.kernel.decisions import Refusal
from exitwork.kernel.secrecy import declared_by
from tests.accounts.conftest import COMMAND_LINE, PASSWORD, code_now, standing

pytestmark = [pytest.mark.django_db, pytest.mark.urls("tests.accounts.urls"), pytest.mark.both_databases]

SET = {"name": "Åsa", "language": "de", "theme": "dark", "version": "1"}


def test_what_is_set_is_kept_recorded_and_seen_by_the_frame(signed_in: Client, asa: Account) -> None:
    answer = signed_in.post("/account/", SET)
    asa.refresh_from_db()

    assert (asa.name, asa.language, asa.theme, asa.shortcuts, asa.version) == ("Åsa", "de", "dark", False, 2)
    assert answer.cookies["theme"].value == "dark"
    assert answer.cookies["keys"].value == "off"
    entry = Entry.objects.get(event="accounts.account.changed")
    assert entry.details.open() == {"changed": ["name", "language", "theme", "shortcuts"]}


def test_what_was_changed_in_another_window_is_not_overwritten(signed_in: Client, asa: Account) -> None:
    signed_in.post("/account/", SET)
    answer = signed_in.post("/account/", {**SET, "name": "Anna"})
    asa.refresh_from_db()

    assert asa.name == "Åsa"
    assert "version" in answer.content.decode()
    assert 'value="Anna"' in answer.content.decode()


@pytest.mark.parametrize(
    "wrong",
    [
        {"name": ""},
        {"name": "x" * 201},
        {"language": "xx"},
        {"theme": "pink"},
        {"version": ""},
        {"version": "x"},
    ],
)
def test_wrong_input_is_said_where_it_was_made_and_changes_nothing(
    signed_in: Client, asa: Account, wrong: dict[str, str]
) -> None:
    answer = signed_in.post("/account/", {**SET, **wrong})
    asa.refresh_from_db()

    assert answer.status_code == 200
    assert asa.name == "Asa"


def test_a_new_device_looks_as_the_account_has_it(signed_in: Client, asa: Account) -> None:
    signed_in.post("/account/", SET)
    other = Client()
    other.post("/sign-in/", {"login": asa.email, "password": PASSWORD})
    other.post("/sign-in/second-factor/", {"code": code_now(step=1)})

    assert other.cookies["theme"].value == "dark"


def test_nobody_changes_the_account_page_of_another(asa: Account, per: Account, at: datetime) -> None:
    with pytest.raises(Refusal, match="Only the person himself"):
        actions.change_account(
            account=asa,
            name="X",
            language="en",
            theme="dark",
            shortcuts=True,
            version=1,
            by=standing(per),
            at=at,
        )


def test_an_account_is_not_changed_outside_the_journal(asa: Account) -> None:
    with pytest.raises(Unrecorded):
        Account.objects.filter(pk=asa.pk).update(name="X")


def test_one_address_has_one_account_in_whatever_case_it_is_typed(asa: Account, at: datetime) -> None:
    with pytest.raises(Refusal, match="There is an account with this address already"):
        actions.open_account(email="ASA@exit.example ", name="Asa", by=COMMAND_LINE, at=at)

    assert Account.objects.get_by_natural_key("ASA@EXIT.EXAMPLE") == asa


def test_the_database_keeps_addresses_in_lower_case(asa: Account, at: datetime) -> None:
    with (
        pytest.raises(IntegrityError),
        journal.recorded(CHANGED, by=COMMAND_LINE, about=asa, at=at),
        transaction.atomic(),
    ):
        Account.objects.filter(pk=asa.pk).update(email="Asa@exit.example")


def test_the_database_keeps_a_closed_account_closed(asa: Account, at: datetime) -> None:
    with (
        pytest.raises(IntegrityError),
        journal.recorded(CHANGED, by=COMMAND_LINE, about=asa, at=at),
        transaction.atomic(),
    ):
        Account.objects.filter(pk=asa.pk).update(deactivated_at=at)


def test_an_account_has_no_powers_of_its_own() -> None:
    fields = {field.name for field in Account._meta.get_fields()}

    assert not fields & {"is_superuser", "is_staff", "groups", "user_permissions", "last_login"}


def test_an_account_does_not_say_its_name(asa: Account) -> None:
    assert "Asa" not in f"{asa} {asa!r}"


def test_who_has_lost_all_factors_sets_up_a_new_one_at_the_next_sign_in(
    signed_in: Client, asa: Account, at: datetime
) -> None:
    actions.reset_factors(account=asa, by=COMMAND_LINE, at=at)
    signed_in.post("/sign-in/", {"login": asa.email, "password": PASSWORD})

    assert not has_second_factor(asa.id)
    assert signed_in.get("/cases/").headers["Location"].startswith("/account/second-factor/")


def test_every_field_of_this_room_states_how_secret_it_is() -> None:
    from django.apps import apps

    for model in apps.get_app_config("accounts").get_models():
        declared = set(declared_by(model))
        assert {field.name for field in model._meta.get_fields() if field.concrete} <= declared, (
            model.__name__
        )


def demo_request() -> Any:
    request = RequestFactory().post("/demo/")
    session: SessionBase = SessionStore()
    request.session = session
    return request


def test_a_demo_signs_in_without_a_password(asa: Account, at: datetime, settings: Any) -> None:
    settings.DEMO = True
    request = demo_request()
    actions.sign_in_for_demo(request=request, account=asa, at=at)
    request.session.save()

    assert SignIn.objects.filter(account=asa).exists()


def test_nothing_but_a_demo_signs_in_without_a_password(asa: Account, at: datetime, settings: Any) -> None:
    settings.DEMO = False
    with pytest.raises(Refusal, match="Only a demo"):
        actions.sign_in_for_demo(request=demo_request(), account=asa, at=at)

    assert not SignIn.objects.filter(account=asa).exists()


def test_the_page_speaks_the_language_of_its_owner(signed_in: Client, asa: Account) -> None:
    signed_in.post("/account/", {**SET, "language": "ar"})
    page = signed_in.get("/account/").content.decode()

    assert 'lang="ar"' in page
    assert 'dir="rtl"' in page
