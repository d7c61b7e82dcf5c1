# SPDX-License-Identifier: AGPL-3.0-or-later
"""Data keys: made once, gone with a rollback, destroyed for ever."""

from __future__ import annotations

import uuid
from datetime import datetime

import pytest
from django.db import IntegrityError, transaction
from pytest_django import DjangoAssertNumQueries, DjangoCaptureOnCommitCallbacks

from exitwork.vault.errors import KeyDestroyed, KeyMissing, SealBroken
from exitwork.vault.holder import Here
from exitwork.vault.keys import KeyKind, KeyRef, create_key, create_keys, destroy_key, key_for, load_keys
from exitwork.vault.models import DataKey
from tests.vault.conftest import Note, forget_what_was_made

pytestmark = pytest.mark.django_db


@pytest.fixture
def ref(case_id: uuid.UUID) -> KeyRef:
    return KeyRef(KeyKind.CASE, case_id)


@pytest.mark.both_databases
def test_a_key_lies_in_the_table_wrapped(ref: KeyRef) -> None:
    create_key(ref)

    row = DataKey.objects.get()

    assert (row.kind, row.subject) == ("case", ref.subject)
    assert bytes(row.wrapped or b"").startswith(b"v1" + bytes.fromhex(row.master))
    assert row.destroyed_at is None


@pytest.mark.both_databases
def test_making_a_key_twice_keeps_the_first(ref: KeyRef) -> None:
    create_key(ref)
    note = Note.objects.create(case_id=ref.subject, text="said")
    forget_what_was_made()

    create_keys([ref, KeyRef(KeyKind.PERSON, uuid.uuid4())])

    assert DataKey.objects.count() == 2
    assert Note.objects.get(pk=note.pk).text.open() == "said"


@pytest.mark.both_databases
def test_a_key_made_in_a_transaction_that_fails_is_gone_with_it(ref: KeyRef) -> None:
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        create_key(ref)
        Note(case_id=ref.subject, text="said")
        key_for(ref)
        raise ZeroDivisionError

    with pytest.raises(KeyMissing):
        key_for(ref)
    create_key(ref)
    note = Note.objects.create(case_id=ref.subject, text="said again")
    forget_what_was_made()
    assert Note.objects.get(pk=note.pk).text.open() == "said again"


def test_a_key_is_remembered_when_its_transaction_commits(
    ref: KeyRef,
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        create_key(ref)
    forget_what_was_made()

    with django_assert_num_queries(0):
        key_for(ref)


@pytest.mark.both_databases
def test_what_a_destroyed_key_sealed_opens_no_more(ref: KeyRef, at: datetime) -> None:
    create_key(ref)
    note = Note.objects.create(case_id=ref.subject, text="said")
    forget_what_was_made()
    load_keys([ref])

    destroyed = destroy_key(ref, at=at)

    assert destroyed
    with pytest.raises(KeyDestroyed, match="erased"):
        Note.objects.get(pk=note.pk).text.open()
    with pytest.raises(KeyDestroyed), transaction.atomic():
        Note.objects.create(case_id=ref.subject, text="more")
    assert load_keys([ref]) == set()


@pytest.mark.both_databases
def test_a_destroyed_key_stays_in_the_ledger_and_no_second_is_made(ref: KeyRef, at: datetime) -> None:
    create_key(ref)
    forget_what_was_made()

    destroy_key(ref, at=at)

    row = DataKey.objects.get()
    assert (row.kind, row.subject, row.wrapped, row.destroyed_at) == ("case", ref.subject, None, at)
    with pytest.raises(KeyDestroyed):
        create_key(ref)
    assert not destroy_key(ref, at=at)


def test_a_key_made_and_destroyed_in_one_transaction_is_destroyed(ref: KeyRef, at: datetime) -> None:
    create_key(ref)

    destroy_key(ref, at=at)

    with pytest.raises(KeyDestroyed):
        key_for(ref)
    with pytest.raises(KeyDestroyed):
        create_key(ref)


def test_destroying_a_key_makes_every_process_forget(
    ref: KeyRef, at: datetime, vault: Here, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
) -> None:
    create_key(ref)
    before = vault.holder.epoch.view[0]

    with django_capture_on_commit_callbacks(execute=True):
        destroy_key(ref, at=at)

    assert vault.holder.epoch.view[0] > before


@pytest.mark.both_databases
def test_a_key_is_either_wrapped_or_destroyed(ref: KeyRef, at: datetime) -> None:
    create_key(ref)

    for wrong in ({"destroyed_at": at}, {"wrapped": None}, {"master": ""}):
        with pytest.raises(IntegrityError), transaction.atomic():
            DataKey.objects.update(**wrong)


def test_a_wrapped_key_moved_to_another_subject_does_not_open(ref: KeyRef) -> None:
    per = KeyRef(KeyKind.PERSON, uuid.uuid4())
    create_keys([ref, per])
    forget_what_was_made()
    DataKey.objects.filter(subject=per.subject).update(
        wrapped=DataKey.objects.values_list("wrapped", flat=True).get(subject=ref.subject)
    )

    with pytest.raises(SealBroken):
        key_for(per)


def test_many_keys_cost_one_query_and_one_round_trip(
    vault: Here, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    refs = [KeyRef(KeyKind.CASE, uuid.uuid4()) for _ in range(200)]
    create_keys(refs)
    forget_what_was_made()

    with django_assert_num_queries(1):
        loaded = load_keys([*refs, KeyRef(KeyKind.CASE, uuid.uuid4())])

    assert loaded == set(refs)
    with django_assert_num_queries(0):
        load_keys(refs)
