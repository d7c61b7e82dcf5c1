# SPDX-License-Identifier: AGPL-3.0-or-later
"""How much one person, and everyone together, may open; locking."""

from __future__ import annotations

import uuid

import pytest
from django.db import transaction

from exitwork.vault.budget import Limit, Limits
from exitwork.vault.epoch import Epoch
from exitwork.vault.errors import BudgetSpent, VaultLocked
from exitwork.vault.holder import Here, How, counting, is_locked, lock_everything
from exitwork.vault.keeper import Keeper
from exitwork.vault.keys import KeyKind, KeyRef, create_keys, key_for, load_keys
from exitwork.vault.master import MasterKey, Ring
from tests.vault.conftest import Clock, Note, forget_what_was_made

pytestmark = pytest.mark.django_db
ASA, PER = uuid.uuid4(), uuid.uuid4()


@pytest.fixture
def keeper(clock: Clock) -> Keeper:
    limits = Limits(Limit(5, 8), Limit(3, 4), Limit(2, 3), Limit(100, 150))
    return Keeper(Ring((MasterKey.new(),)), Epoch(), limits=limits, clock=clock, grace=0)


@pytest.fixture
def cases() -> list[KeyRef]:
    refs = [KeyRef(KeyKind.CASE, uuid.uuid4()) for _ in range(30)]
    create_keys(refs)
    forget_what_was_made()
    return refs


def opens(refs: list[KeyRef], *, account: uuid.UUID = ASA, how: How = "outside") -> None:
    with counting(account=account, how=how):
        for ref in refs:
            key_for(ref)


def test_ones_own_cases_count_nothing(cases: list[KeyRef]) -> None:
    opens(cases, how="own")


def test_cases_outside_ones_assignments_count_each_once(cases: list[KeyRef]) -> None:
    opens(cases[:5])
    opens(cases[:5])

    with pytest.raises(BudgetSpent, match="in a minute") as spent:
        opens(cases[5:6])

    assert spent.value.code == "vault.budget-spent.outside"
    assert 0 < spent.value.seconds <= 60


def test_a_minute_later_it_goes_on_until_the_day_is_full(cases: list[KeyRef], clock: Clock) -> None:
    opens(cases[:5])
    clock.seconds += 60
    opens(cases[5:8])

    with pytest.raises(BudgetSpent, match="in a day"):
        opens(cases[8:9])

    clock.seconds += 86_400
    opens(cases[8:9])


def test_what_one_person_opened_is_not_counted_for_another(cases: list[KeyRef]) -> None:
    opens(cases[:5], account=ASA)
    opens(cases[:5], account=PER)


def test_a_key_remembered_for_ones_own_work_is_counted_for_another(cases: list[KeyRef]) -> None:
    opens(cases, account=PER, how="own")

    with pytest.raises(BudgetSpent):
        opens(cases, account=ASA)


def test_a_request_that_goes_over_opens_nothing_and_counts_nothing(cases: list[KeyRef]) -> None:
    with counting(account=ASA, how="outside"), pytest.raises(BudgetSpent):
        load_keys(cases[:6])

    opens(cases[:5])


def test_exports_are_counted_apart(cases: list[KeyRef]) -> None:
    opens(cases[:5])
    opens(cases[:3], how="export")

    with pytest.raises(BudgetSpent, match="exported"):
        opens(cases[3:4], how="export")


def test_a_search_counts_once_whatever_it_reads(cases: list[KeyRef]) -> None:
    opens(cases, how="search")
    opens(cases, how="search")

    with pytest.raises(BudgetSpent, match="searched"):
        opens(cases[:1], how="search")


def test_everything_together_has_a_ceiling_whoever_is_named(cases: list[KeyRef], keeper: Keeper) -> None:
    refs = [KeyRef(KeyKind.CASE, uuid.uuid4()) for _ in range(80)]

    with pytest.raises(BudgetSpent, match="this installation"):
        create_keys(refs)

    load_keys(cases)


@pytest.mark.parametrize("wrong", ["", "5", "5/", "0/5", "5/-1", "a/b"])
def test_a_limit_that_means_nothing_is_refused(wrong: str) -> None:
    with pytest.raises(ValueError, match=r"."):
        Limits.read({"outside": wrong})
    with pytest.raises(ValueError, match="no limit called"):
        Limits.read({"outsid": "5/5"})


def test_after_locking_nothing_opens_and_nothing_is_sealed(cases: list[KeyRef], vault: Here) -> None:
    note = Note.objects.create(case_id=cases[0].subject, text="said")
    assert note.text.open() == "said"
    assert not is_locked()

    lock_everything()

    assert is_locked()
    with pytest.raises(VaultLocked, match="Everything is locked"):
        note.text.open()
    with pytest.raises(VaultLocked), transaction.atomic():
        Note.objects.create(case_id=cases[0].subject, text="more")
    with pytest.raises(VaultLocked):
        load_keys(cases)
    with pytest.raises(VaultLocked):
        create_keys([KeyRef(KeyKind.CASE, uuid.uuid4())])
    assert vault.holder.status().locked


def test_writing_the_epoch_anew_does_not_undo_a_lock(cases: list[KeyRef], vault: Here) -> None:
    lock_everything()

    vault.holder.epoch.open_anew()

    with pytest.raises(VaultLocked):
        load_keys(cases)


def test_the_epoch_alone_locks_a_keeper_that_was_not_reached(cases: list[KeyRef], vault: Here) -> None:
    vault.holder.epoch.lock()
    assert vault.holder.status().locked

    vault.holder.epoch.open_anew()

    with pytest.raises(VaultLocked):
        load_keys(cases)
