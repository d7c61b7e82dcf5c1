# SPDX-License-Identifier: AGPL-3.0-or-later
"""A model with sealed fields, and a vault of its own for each test."""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from typing import Any, ClassVar

import pytest
from django.apps.registry import Apps
from django.db import connection, models

from exitwork.journal.guard import migrating
from exitwork.vault.budget import Limits
from exitwork.vault.epoch import Epoch
from exitwork.vault.fields import SealedCompartment, SealedJSON, SealedText
from exitwork.vault.holder import Here, using
from exitwork.vault.keeper import Keeper
from exitwork.vault.keys import KeyKind
from exitwork.vault.master import MasterKey, Ring
from tests.postgres import ROLE

_APART = Apps()


class Note(models.Model):
    """A note about a case; its table bears a name the journal's guard leaves alone."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    case_id = models.UUIDField()
    text = SealedText("tests.note.text", kind=KeyKind.CASE, subject="case_id")
    worry = SealedText("tests.note.worry", kind=KeyKind.CASE, subject="case_id")
    codes = SealedJSON("tests.note.codes", kind=KeyKind.CASE, subject="case_id")
    address = SealedCompartment("tests.note.address")

    objects: ClassVar[models.Manager[Note]] = models.Manager()

    class Meta:
        apps = _APART
        app_label = "vault_tests"
        db_table = "drafts_of_vault_tests"


@pytest.fixture(scope="session", autouse=True)
def _note_table(django_db_setup: None, django_db_blocker: Any) -> None:
    """Make the table as its owner; tests run as a role that owns nothing."""
    with django_db_blocker.unblock(), migrating(connection), connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("RESET ROLE")
        with connection.schema_editor() as editor:
            editor.create_model(Note)
        if connection.vendor == "postgresql":
            cursor.execute(f"GRANT ALL ON {Note._meta.db_table} TO {ROLE}")
        connection.close()


class Clock:
    """A clock that stands still until it is told to go on."""

    def __init__(self) -> None:
        self.seconds = 1_000_000.0

    def __call__(self) -> float:
        return self.seconds


@pytest.fixture
def clock() -> Clock:
    """The keyholder's clock."""
    return Clock()


@pytest.fixture
def keeper(clock: Clock) -> Keeper:
    """A keeper inside this process, with the limits an installation starts with."""
    return Keeper(Ring((MasterKey.new(),)), Epoch(), limits=Limits(), clock=clock, grace=0)


@pytest.fixture(autouse=True)
def vault(keeper: Keeper) -> Iterator[Here]:
    """The vault this test uses; locking it locks no other test."""
    with using(keeper) as here:
        yield here


@pytest.fixture
def case_id() -> uuid.UUID:
    """Jonas's case, by its key."""
    return uuid.uuid4()


def stored(note: Any, column: str = "text") -> bytes:
    """The bytes that lie in the database."""
    return bytes(Note.objects.values_list(column, flat=True).get(pk=note.pk))


def forget_what_was_made() -> None:
    """Go on as if another process had made and committed all keys so far."""
    connection.run_on_commit.clear()
