# SPDX-License-Identifier: AGPL-3.0-or-later
"""The only door to change: ``recorded``; and what is recorded without a change: ``looked``, ``refused``.

* A record is one transaction: what was changed and the entry that says so are kept together
  or not at all. A refusal or a bug leaving the block leaves nothing behind.
* The thing it is about is locked before the rule is asked, so that nothing changes between
  the question and the act. A record inside a record joins its transaction and has its own entry.
* A token (``once``) is unique: a form sent twice is carried out once.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import datetime
from functools import partial
from hashlib import sha256
from typing import Any
from uuid import UUID

from django.db import connections, models, transaction
from django.db.backends.base.base import BaseDatabaseWrapper

from exitwork.journal import leaves, sealing, sequencer
from exitwork.journal.guard import guard_of, opened
from exitwork.journal.insertion import insert
from exitwork.journal.models import Entry, about_of
from exitwork.kernel.decisions import Refused
from exitwork.kernel.events import Event, Happening
from exitwork.kernel.facts import asked_anew
from exitwork.kernel.standing import Standing

_token: ContextVar[str | None] = ContextVar("journal_token", default=None)


class AlreadyDone(Exception):
    """The token was used: what it was given for has been done. Says about what."""

    def __init__(self, about_kind: str, about_id: UUID | None, about_ref: str) -> None:
        super().__init__("this was done already")
        self.about_kind = about_kind
        self.about_id = about_id
        self.about_ref = about_ref


class Record:
    """An entry while its block runs: what it is about and what it will tell."""

    def __init__(self, event: Event, by: Standing, at: datetime) -> None:
        self.id = leaves.new_id(at)
        self.event = event
        self.by = by
        self.at = at
        self.happening = event.happening
        self.token: str | None = None
        self.details: dict[str, Any] = {}
        self.organisation: UUID | None = None
        self._about: Any = None

    def about(self, thing: models.Model | None) -> None:
        """Say what the entry is about, when that is made inside the block."""
        self._about = thing

    def note(self, **details: Any) -> None:
        """Add details (what JSON can hold). They are sealed under the thing's own journal key."""
        self.details.update(details)

    def write(self, connection: BaseDatabaseWrapper) -> None:
        """Write the entry.

        :raises VaultLocked: if it has details and the keys are not at hand.
        """
        kind, about_id, ref = about_of(self._about)
        seal = sealing.sealed(self.id, about_id, self.by.account, self.details)
        columns: dict[str, Any] = {
            "id": self.id,
            "event": self.event.name,
            "happening": self.happening.value,
            "at": self.at,
            "by_account": self.by.account,
            "by_name": self.by.name,
            "machine": self.by.machine,
            "organisation_id": self._organisation(),
            "about_kind": kind,
            "about_id": about_id,
            "about_ref": ref,
            "subject": seal.subject,
            "details": seal.details,
            "commitment": seal.commitment,
            "token": self.token,
        }
        insert(connection, {**columns, "leaf_hash": leaves.hash_of(columns)})

    def _organisation(self) -> UUID | None:
        owner = getattr(self._about, "organisation_id", None)
        return self.organisation or (owner if isinstance(owner, UUID) else None) or self.by.organisation


@contextmanager
def recorded(
    event: Event,
    *,
    by: Standing,
    at: datetime,
    about: models.Model | None = None,
    organisation: UUID | None = None,
    using: str = "default",
) -> Iterator[Record]:
    """Open the one place where rows may change; on leaving it, write the entry.

    :raises AlreadyDone: if a token is in force (``once``) and was used.
    :raises Refusal: whatever rule inside says no; nothing of the block is kept then.
    """
    if at.tzinfo is None:
        raise ValueError("a moment is aware")
    connection = connections[using]
    outermost = guard_of(connection).depth == 0
    record = Record(event, by, at)
    record.about(about)
    record.organisation = organisation
    with asked_anew(), opened(connection), transaction.atomic(using=using, durable=outermost):
        record.token = _take_token(connection, by)
        _lock(connection, about)
        yield record
        record.write(connection)
        if outermost:
            transaction.on_commit(partial(sequencer.nudge, using=using), using=using, robust=True)


def looked(
    event: Event,
    *,
    by: Standing,
    about: Iterable[models.Model | str] | models.Model,
    at: datetime,
    of: models.Model | None = None,
) -> None:
    """Record that something was looked at: one entry, in a short transaction of its own.

    One thing is named, and so is the whole (``of``) whose parts were shown; of a list the number
    and a hash of the references shown are kept, in the order shown. To be called after rendering
    and before the first byte leaves.
    """
    things: list[models.Model | str] = [about] if isinstance(about, models.Model) else list(about)
    with recorded(event, by=by, at=at) as entry:
        entry.happening = Happening.LOOK
        whole = of or (things[0] if len(things) == 1 and isinstance(things[0], models.Model) else None)
        entry.about(whole)
        if whole is None or len(things) > 1:
            entry.note(count=len(things), shown=hash_of_references(things))


def refused(
    event: Event, refused: Refused, *, by: Standing, about: models.Model | None, at: datetime
) -> None:
    """Record an attempt that a rule refused, after its own transaction has been rolled back.

    The true reason is kept, also where its reader was shown another sentence (S3).
    """
    if about is not None and about._state.adding:
        about = None
    with recorded(event, by=by, at=at) as entry:
        entry.about(about)
        entry.happening = Happening.REFUSAL
        entry.note(code=refused.code, reason=str(refused.reason))


@contextmanager
def once(token: str | UUID) -> Iterator[None]:
    """Give the next record in this block a token that can be used once by the same account.

    :raises AlreadyDone: from that record, if the token was used.
    """
    before = _token.set(str(token))
    try:
        yield
    finally:
        _token.reset(before)


def is_done(token: str, *, by: Standing) -> bool:
    """Whether what this token was given for has been done."""
    return Entry.objects.filter(token=_token_digest(token, by).hex()).exists()


def hash_of_references(things: Iterable[models.Model | str]) -> str:
    """The hash of the references shown, in the order shown; keys where a row has no reference."""
    shown = (thing if isinstance(thing, str) else str(about_of(thing)[2] or thing.pk) for thing in things)
    return sha256("\n".join(shown).encode()).hexdigest()


def _token_digest(given: str, by: Standing) -> bytes:
    return sha256(f"{by.account}\n{given}".encode()).digest()


def _take_token(connection: BaseDatabaseWrapper, by: Standing) -> str | None:
    """The token for this record, checked. Two at once wait for each other: the second finds the first."""
    given = _token.get()
    if given is None:
        return None
    _token.set(None)
    digest = _token_digest(given, by)
    token = digest.hex()
    if connection.vendor == "postgresql":
        number = int.from_bytes(digest[:8], "big", signed=True)
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [number])
    found = (
        Entry.objects.using(connection.alias)
        .filter(token=token)
        .values_list("about_kind", "about_id", "about_ref")
        .first()
    )
    if found is not None:
        raise AlreadyDone(*found)
    return token


def _lock(connection: BaseDatabaseWrapper, about: models.Model | None) -> None:
    """Lock the row until the transaction ends. On SQLite the transaction holds the whole file."""
    if about is None or about._state.adding or not connection.features.has_select_for_update:
        return
    rows = type(about)._base_manager.using(connection.alias).filter(pk=about.pk)
    rows.select_for_update(of=("self",)).values_list("pk").first()
