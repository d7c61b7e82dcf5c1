# SPDX-License-Identifier: AGPL-3.0-or-later
"""What leaves after a change is kept: messages, put in the same transaction, sent by the worker.

* A change that is rolled back sends nothing; a change that is kept sends once (its key is unique),
  or again only if the worker died between sending and noting so.
* A failure is tried again after 1, 2, 4 ... minutes, ten times in all, then abandoned and recorded.
* No message carries content: ``templates`` decides what may be said.
* Sealed words of a message (a one-time code) are opened only to send it; while everything is
  locked such messages wait.
"""

from __future__ import annotations

import logging
from collections.abc import Mapping
from datetime import datetime, timedelta
from smtplib import SMTPException
from uuid import UUID, uuid4

from django.conf import settings
from django.core.mail import EmailMessage
from django.db import connections, transaction
from django.utils.translation import override

from exitwork.journal import sealing
from exitwork.journal.guard import opened
from exitwork.journal.models import Message, Sending
from exitwork.journal.recording import recorded
from exitwork.journal.templates import Template, template_named
from exitwork.journal.words import MESSAGE_ABANDONED, Kind, MessageState
from exitwork.kernel.standing import machine
from exitwork.vault.errors import KeyDestroyed, SealBroken, VaultLocked

TRIES = 10
FIRST_WAIT = timedelta(minutes=1)
# While one worker sends a message, no other takes it up; longer than any mail server answers.
CLAIM = timedelta(minutes=5)
# A server that is down, or a message that can't be opened or written any more: none stops the others.
_PROBLEMS = (OSError, SMTPException, LookupError, KeyDestroyed, SealBroken, VaultLocked)
_log = logging.getLogger(__name__)


def put(
    kind: Kind,
    address: str,
    template: Template,
    idempotency_key: str,
    *,
    at: datetime,
    data: Mapping[str, str] | None = None,
    language: str = "en",
) -> None:
    """Put a message into the outbox, inside the record of what causes it. Twice the same key is once.

    :raises ValueError: if the data are not what the template allows.
    :raises VaultLocked: if there are data and the keys are not at hand.
    """
    template.check(data or {})
    message = Message(
        id=uuid4(),
        kind=kind,
        address=address,
        template=template.name,
        language=language,
        idempotency_key=idempotency_key,
        put_at=at,
        due_at=at,
        subject=sealing.INSTALLATION,
        is_sealed=bool(data),
    )
    if data:
        sealing.ensure(sealing.INSTALLATION)
        message.data = dict(data)
    Message.objects.bulk_create([message], ignore_conflicts=True)


def deliver(*, at: datetime, using: str = "default") -> int:
    """Send what is due. Returns how many were sent. Without a mail server everything waits."""
    if not settings.MAIL_IS_CONFIGURED:
        return 0
    sent = 0
    while (message := _claimed(at, using)) is not None:
        sent += _sent(message, at, using)
    return sent


def _claimed(at: datetime, using: str) -> Message | None:
    """The next due message, taken so that no other worker takes it."""
    with opened(connections[using]), transaction.atomic(using=using):
        due = Message.objects.using(using).filter(due_at__lte=at).order_by("due_at", "id")
        if connections[using].features.has_select_for_update_skip_locked:
            due = due.select_for_update(skip_locked=True)
        if sealing.is_locked():
            due = due.filter(is_sealed=False)
        message = due.first()
        if message is not None:
            message.due_at = at + CLAIM
            message.save(update_fields=["due_at"], using=using)
        return message


def _sent(message: Message, at: datetime, using: str) -> bool:
    try:
        _send(message)
    except _PROBLEMS as problem:
        # Its kind alone: a mail server's answer may quote the address.
        _log.warning("a message could not be sent: %s", type(problem).__name__)
        _failed(message, type(problem).__name__, at, using)
        return False
    _note(message, MessageState.SENT, at, None, "", using)
    return True


def _send(message: Message) -> None:
    template = template_named(message.template)
    data: dict[str, str] = message.data.open() if message.data else {}
    with override(message.language):
        subject, body = template.says(data)
    # The same id each time it is tried, so that a mailbox can tell a repetition.
    headers = {"Message-ID": f"<{message.id}@exitwork.invalid>"}
    EmailMessage(subject, body, to=[message.address], headers=headers).send(fail_silently=False)


def _failed(message: Message, problem: str, at: datetime, using: str) -> None:
    tries = message.sendings.using(using).count() + 1
    if tries < TRIES:
        _note(message, MessageState.FAILED, at, at + FIRST_WAIT * 2 ** (tries - 1), problem, using)
        return
    with recorded(MESSAGE_ABANDONED, by=machine("outbox"), about=message, at=at, using=using):
        _note(message, MessageState.ABANDONED, at, None, problem, using)


def _note(
    message: Message, state: MessageState, at: datetime, due: datetime | None, problem: str, using: str
) -> None:
    with opened(connections[using]), transaction.atomic(using=using):
        Sending.objects.using(using).create(message=message, state=state, at=at, problem=problem[:60])
        Message.objects.using(using).filter(pk=message.pk).update(due_at=due)


def state_of(message_id: UUID, *, using: str = "default") -> MessageState:
    """Where a message stands."""
    latest = (
        Sending.objects.using(using)
        .filter(message_id=message_id)
        .order_by("-at", "-id")
        .values_list("state", flat=True)
        .first()
    )
    return MessageState.WAITING if latest is None else MessageState(latest)
