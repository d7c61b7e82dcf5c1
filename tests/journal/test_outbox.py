# SPDX-License-Identifier: AGPL-3.0-or-later
"""A message leaves once its change is kept, says only that something is new, and is tried again."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import pytest
from django.core import mail
from django.core.mail.backends.base import BaseEmailBackend
from django.utils.translation import gettext_lazy as _

from exitwork import journal
from exitwork.journal import outbox
from exitwork.journal.guard import Unrecorded
from exitwork.journal.models import Entry, Message, Sending
from exitwork.journal.templates import Template
from exitwork.journal.words import Kind, MessageState
from tests.journal.events import ASA, MADE

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases]
NEW = Template("test.message.new", _("Something is new"), _("Sign in to see it."))
INVITED = Template("test.message.invited", "You are invited", "Open {link} and type {code}.")


class Broken(BaseEmailBackend):
    """A mail server that is down."""

    def send_messages(self, email_messages: Any) -> int:
        raise ConnectionRefusedError("asa@exit.example: connection refused")


@pytest.fixture(autouse=True)
def mail_is_configured(settings: Any) -> None:
    settings.MAIL_IS_CONFIGURED = True


def _put(at: datetime, key: str = "k", template: Template = NEW, **data: str) -> None:
    with journal.recorded(MADE, by=ASA, at=at):
        outbox.put(Kind.EMAIL, "asa@exit.example", template, key, at=at, data=data)


def _only() -> Message:
    return Message.objects.get()


def test_a_message_leaves_once(at: datetime) -> None:
    _put(at)
    assert not mail.outbox
    assert outbox.deliver(at=at) == 1
    assert outbox.deliver(at=at + timedelta(days=1)) == 0
    (sent,) = mail.outbox
    assert (sent.to, sent.subject, sent.body) == (
        ["asa@exit.example"],
        "Something is new",
        "Sign in to see it.",
    )
    assert outbox.state_of(_only().id) is MessageState.SENT


def test_it_is_put_only_inside_a_record(at: datetime) -> None:
    with pytest.raises(Unrecorded):
        outbox.put(Kind.EMAIL, "asa@exit.example", NEW, "k", at=at)


def test_a_change_that_is_rolled_back_sends_nothing(at: datetime) -> None:
    with pytest.raises(LookupError), journal.recorded(MADE, by=ASA, at=at):
        outbox.put(Kind.EMAIL, "asa@exit.example", NEW, "k", at=at)
        raise LookupError
    assert outbox.deliver(at=at) == 0


def test_twice_the_same_key_is_once(at: datetime) -> None:
    _put(at, "the same")
    _put(at, "the same")
    assert outbox.deliver(at=at) == 1


def test_what_it_may_be_given_is_sealed_until_it_is_sent(at: datetime) -> None:
    _put(at, "k", INVITED, link="https://exit.example/i/", code="7F3K2-M")
    message = _only()
    assert b"7F3K2" not in message.__dict__["data"].data
    outbox.deliver(at=at)
    assert mail.outbox[0].body == "Open https://exit.example/i/ and type 7F3K2-M."


@pytest.mark.parametrize(
    "data",
    [
        {},
        {"link": "https://exit.example/"},
        {"link": "https://exit.example/", "code": "7F3K2", "name": "Jonas"},
        {"link": "javascript:alert(1)", "code": "7F3K2"},
        {"link": "https://exit.example/", "code": "Jonas said that he"},
    ],
)
def test_nothing_but_its_words_goes_into_a_message(data: dict[str, str], at: datetime) -> None:
    with pytest.raises(ValueError, match=r"exactly|no (link|code)"):
        _put(at, "k", INVITED, **data)
    assert not Message.objects.exists()


def test_a_template_cannot_ask_for_content() -> None:
    with pytest.raises(ValueError, match="would carry more"):
        Template("test.message.telling", "New", "A note about {client}: {note}")
    with pytest.raises(ValueError, match="subject line is fixed"):
        Template("test.message.subject", "New: {code}", "x")
    with pytest.raises(ValueError, match="declared twice"):
        Template("test.message.new", "x", "y")


def test_it_is_written_in_the_readers_language(at: datetime) -> None:
    with journal.recorded(MADE, by=ASA, at=at):
        outbox.put(Kind.EMAIL, "asa@exit.example", NEW, "k", at=at, language="ar")
    assert _only().language == "ar"
    assert outbox.deliver(at=at) == 1


def test_a_failure_is_tried_again_later_each_time_and_then_abandoned_and_recorded(
    settings: Any, at: datetime
) -> None:
    settings.EMAIL_BACKEND = f"{__name__}.Broken"
    _put(at)
    waits = []
    now = at
    while (due := _only().due_at) is not None:
        waits.append(due - now)
        assert outbox.deliver(at=due - timedelta(seconds=1)) == 0
        now = due
        assert outbox.deliver(at=now) == 0
    assert waits[1:] == [timedelta(minutes=2**number) for number in range(outbox.TRIES - 1)]
    assert Sending.objects.count() == outbox.TRIES
    assert outbox.state_of(_only().id) is MessageState.ABANDONED
    assert Entry.objects.get(event="journal.message.abandoned").machine == "outbox"
    # What a mail server answers may quote the address: only the kind of the problem is kept.
    assert set(Sending.objects.values_list("problem", flat=True)) == {"ConnectionRefusedError"}


def test_a_server_that_comes_back_gets_it(settings: Any, at: datetime) -> None:
    kept = settings.EMAIL_BACKEND
    settings.EMAIL_BACKEND = f"{__name__}.Broken"
    _put(at)
    outbox.deliver(at=at)
    settings.EMAIL_BACKEND = kept
    assert outbox.deliver(at=at + timedelta(minutes=1)) == 1
    assert len(mail.outbox) == 1


def test_a_worker_that_died_while_sending_is_followed_by_another(at: datetime) -> None:
    _put(at)
    assert outbox._claimed(at, "default") is not None  # taken, and the worker dies
    assert outbox.deliver(at=at + timedelta(minutes=1)) == 0
    assert outbox.deliver(at=at + outbox.CLAIM) == 1


def test_without_a_mail_server_messages_wait(settings: Any, at: datetime) -> None:
    settings.MAIL_IS_CONFIGURED = False
    _put(at)
    assert outbox.deliver(at=at) == 0
    assert outbox.state_of(_only().id) is MessageState.WAITING
    settings.MAIL_IS_CONFIGURED = True
    assert outbox.deliver(at=at) == 1
