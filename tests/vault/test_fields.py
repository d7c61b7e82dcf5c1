# SPDX-License-Identifier: AGPL-3.0-or-later
"""Sealed fields: what goes in, what lies in the database, what comes out, and what is refused."""

from __future__ import annotations

import copy
import json
import pickle
import uuid

import pytest
from django.core.exceptions import FieldError
from django.db import connection, transaction
from django.db.models import F
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as some
from pytest_django import DjangoAssertNumQueries

from exitwork.vault.errors import KeyMissing, NoCompartment, SealBroken
from exitwork.vault.keys import KeyKind, KeyRef, create_key, load_keys
from exitwork.vault.sealed import Sealed, open_value
from tests.vault.conftest import Note, forget_what_was_made, stored

pytestmark = pytest.mark.django_db
SAID = "Jonas sleeps at his aunt's"


@pytest.fixture(autouse=True)
def _key(case_id: uuid.UUID) -> None:
    create_key(KeyRef(KeyKind.CASE, case_id))


def a_note(case_id: uuid.UUID, text: str = SAID) -> Note:
    return Note.objects.create(case_id=case_id, text=text, codes={"area": "housing"})


@pytest.mark.both_databases
def test_what_was_said_is_read_back_by_opening_it(case_id: uuid.UUID) -> None:
    note = Note.objects.get(pk=a_note(case_id).pk)

    assert note.text.open() == SAID
    assert note.codes.open() == {"area": "housing"}
    assert not note.worry
    assert note.worry.open() == ""


@pytest.mark.both_databases
def test_the_database_holds_nothing_of_it(case_id: uuid.UUID) -> None:
    note = a_note(case_id)

    lies_there = stored(note)

    assert lies_there.startswith(b"v1")
    assert b"aunt" not in lies_there


def test_the_plain_value_leaves_the_instance_when_it_is_saved(case_id: uuid.UUID) -> None:
    note = a_note(case_id)

    assert SAID not in repr(vars(note))
    assert note.text.open() == SAID


def test_equal_texts_look_different_and_short_ones_all_as_long(case_id: uuid.UUID) -> None:
    one, other, short = a_note(case_id), a_note(case_id), a_note(case_id, "Per")

    assert stored(one) != stored(other)
    assert len(stored(one)) == len(stored(short))


def test_a_sealed_value_tells_nothing_by_accident(case_id: uuid.UUID) -> None:
    for sealed in (a_note(case_id).text, Note(case_id=case_id, text=SAID).text):
        assert str(sealed) == repr(sealed) == f"{sealed}" == f"{sealed:>3}" == "<sealed>"
        assert "%s" % sealed == "<sealed>"  # noqa: UP031
        assert SAID not in repr([sealed])
        with pytest.raises(TypeError, match="JSON"):
            json.dumps(sealed)
        with pytest.raises(TypeError, match="pickled"):
            pickle.dumps(sealed)
        with pytest.raises(TypeError, match="pickled"):
            copy.copy(sealed)
        assert sealed


def test_an_unsaved_note_is_not_pickled_with_its_words(case_id: uuid.UUID) -> None:
    with pytest.raises(TypeError, match="pickled"):
        pickle.dumps(Note(case_id=case_id, text=SAID).__dict__)


def test_words_moved_to_another_row_do_not_open(case_id: uuid.UUID) -> None:
    note, other = a_note(case_id), a_note(case_id, "Something else")
    moved = stored(note)

    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE drafts_of_vault_tests SET text = %s WHERE id = %s",
            [moved, other.pk.hex if connection.vendor == "sqlite" else other.pk],
        )

    with pytest.raises(SealBroken):
        Note.objects.get(pk=other.pk).text.open()


def test_words_moved_to_another_field_do_not_open(case_id: uuid.UUID) -> None:
    note = a_note(case_id)

    Note.objects.filter(pk=note.pk).update(worry=F("text"))

    with pytest.raises(SealBroken):
        Note.objects.get(pk=note.pk).worry.open()


@settings(max_examples=30, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(where=some.integers(0, 10_000), bit=some.integers(0, 7))
def test_changed_bytes_do_not_open(case_id: uuid.UUID, where: int, bit: int) -> None:
    note = a_note(case_id)
    changed = bytearray(stored(note))
    changed[where % len(changed)] ^= 1 << bit

    with pytest.raises(SealBroken):
        open_value(Note, "text", data=bytes(changed), row=note.pk, subject=case_id)


@settings(max_examples=30, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(said=some.text())
def test_any_text_comes_back_as_it_was(case_id: uuid.UUID, said: str) -> None:
    said = said.encode(errors="ignore").decode()
    note = a_note(case_id, said)

    assert Note.objects.get(pk=note.pk).text.open() == said
    assert len(stored(note)) in (0, *range(94, 4000, 64))


@settings(max_examples=30, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(
    codes=some.recursive(
        some.none() | some.booleans() | some.integers(-(2**53), 2**53) | some.text("abcäöü", max_size=8),
        lambda inner: some.lists(inner, max_size=3) | some.dictionaries(some.text("abc"), inner, max_size=3),
        max_leaves=8,
    )
)
def test_any_structure_comes_back_as_it_was(case_id: uuid.UUID, codes: object) -> None:
    note = Note.objects.create(case_id=case_id, codes=codes)

    assert Note.objects.get(pk=note.pk).codes.open() == codes


def test_many_rows_at_once_are_sealed_each_with_its_own_row(case_id: uuid.UUID) -> None:
    Note.objects.bulk_create([Note(case_id=case_id, text=f"word {number}") for number in range(30)])

    opened = {note.text.open() for note in Note.objects.all()}

    assert opened == {f"word {number}" for number in range(30)}


def test_rows_read_as_values_are_opened_by_name(case_id: uuid.UUID) -> None:
    a_note(case_id)
    pk, data = Note.objects.values_list("pk", "text").get()

    assert open_value(Note, "text", data=data, row=pk, subject=case_id) == SAID


def test_an_update_of_many_rows_with_plain_text_is_refused(case_id: uuid.UUID) -> None:
    note = a_note(case_id)

    with pytest.raises(TypeError, match="sealed field"), transaction.atomic():
        Note.objects.update(text="plain")
    with pytest.raises(TypeError, match="sealed field"), transaction.atomic():
        Note.objects.update(codes={"plain": 1})
    with pytest.raises(TypeError, match="sealed field"), transaction.atomic():
        Note.objects.bulk_update([note], ["text"])

    assert Note.objects.get(pk=note.pk).text.open() == SAID


def test_a_field_can_be_emptied_in_many_rows(case_id: uuid.UUID) -> None:
    note = a_note(case_id)

    Note.objects.update(text=b"")

    assert not Note.objects.get(pk=note.pk).text


def test_nobody_asks_the_database_what_a_field_says(case_id: uuid.UUID) -> None:
    for question in ("text", "text__contains", "text__startswith", "codes__area"):
        with pytest.raises(FieldError):
            Note.objects.filter(**{question: SAID}).exists()


def test_a_field_takes_only_what_it_is_for(case_id: uuid.UUID) -> None:
    for wrong in (7, None, ["a"], b"bytes"):
        with pytest.raises(TypeError):
            Note(case_id=case_id, text=wrong)
    with pytest.raises(TypeError):
        Note(case_id=case_id, codes={1, 2})


def test_a_value_sealed_elsewhere_has_to_be_opened_first(case_id: uuid.UUID) -> None:
    note = a_note(case_id)

    with pytest.raises(TypeError, match="elsewhere"):
        Note(case_id=case_id, text=note.text)


def test_a_row_given_a_new_key_is_not_saved_with_words_of_the_old(case_id: uuid.UUID) -> None:
    note = a_note(case_id)
    note.pk = uuid.uuid4()

    with pytest.raises(ValueError, match="another row"):
        note.save()


def test_saving_twice_and_reading_afresh_change_nothing(case_id: uuid.UUID) -> None:
    note = a_note(case_id)
    before = stored(note)

    note.save()
    note.refresh_from_db()
    note.full_clean(exclude=["case_id"])

    assert stored(note) == before
    assert note.text.open() == SAID


def test_a_deferred_field_is_fetched_when_it_is_asked_for(case_id: uuid.UUID) -> None:
    a_note(case_id)

    note = Note.objects.defer("text").get()

    assert note.text.open() == SAID


def test_nothing_is_sealed_for_a_subject_without_a_key() -> None:
    with pytest.raises(KeyMissing):
        Note.objects.create(case_id=uuid.uuid4(), text=SAID)


def test_a_list_of_many_cases_costs_two_queries(django_assert_num_queries: DjangoAssertNumQueries) -> None:
    for case in [uuid.uuid4() for _ in range(25)]:
        create_key(KeyRef(KeyKind.CASE, case))
        a_note(case)
    forget_what_was_made()

    with django_assert_num_queries(2):
        notes = list(Note.objects.all())
        load_keys(note.text.needs() for note in notes)
        assert {note.text.open() for note in notes} == {SAID}


def test_a_compartment_neither_stores_nor_reads(case_id: uuid.UUID) -> None:
    note = a_note(case_id)

    with pytest.raises(NoCompartment, match="sealed compartment"):
        note.address = "Hidden road 3"
    with pytest.raises(NoCompartment):
        Note(case_id=case_id, address=b"Hidden road 3")
    with pytest.raises(NoCompartment), transaction.atomic():
        Note.objects.update(address=b"Hidden road 3")
    with pytest.raises(NoCompartment):
        Note.objects.get(pk=note.pk).address.open()
    assert not note.address


def test_a_model_that_declares_its_fields_well_has_no_complaints() -> None:
    assert Note.check() == []


def test_opening_is_typed_and_lazy(case_id: uuid.UUID) -> None:
    note = a_note(case_id)

    assert isinstance(note.text, Sealed)
