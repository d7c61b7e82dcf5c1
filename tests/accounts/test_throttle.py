# SPDX-License-Identifier: AGPL-3.0-or-later
"""Limits that keep no address."""

from __future__ import annotations

from datetime import datetime, timedelta

from exitwork.accounts import throttle
from exitwork.accounts.throttle import Throttle, bucket


def test_the_sixth_try_within_five_minutes_has_to_wait(at: datetime) -> None:
    limit = Throttle("sign-in", tries=5, within=timedelta(minutes=5))
    tries = [limit.allows("203.0.113.7", at=at + timedelta(seconds=second)) for second in range(7)]

    assert tries == [True] * 5 + [False] * 2
    assert limit.allows("203.0.113.7", at=at + timedelta(minutes=5, seconds=1))


def test_tries_while_waiting_do_not_lengthen_the_wait(at: datetime) -> None:
    limit = Throttle("sign-in", tries=1, within=timedelta(minutes=5))
    limit.allows("asa", at=at)
    limit.allows("asa", at=at + timedelta(minutes=4))

    assert limit.allows("asa", at=at + timedelta(minutes=5, seconds=1))


def test_each_is_counted_for_himself(at: datetime) -> None:
    limit = Throttle("sign-in", tries=1, within=timedelta(minutes=5))

    assert limit.allows("asa", at=at)
    assert limit.allows("per", at=at)


def test_a_bucket_tells_neither_who_nor_the_same_tomorrow(at: datetime) -> None:
    today = bucket("sign-in", "203.0.113.7", at=at)

    assert "203.0" not in today
    assert today == bucket("sign-in", "203.0.113.7", at=at + timedelta(hours=1))
    assert today != bucket("invitation", "203.0.113.7", at=at)
    assert today != bucket("sign-in", "203.0.113.7", at=at + timedelta(days=1))


def test_what_is_held_in_memory_names_nobody(at: datetime) -> None:
    limit = Throttle("sign-in", tries=5, within=timedelta(minutes=5))
    limit.allows("203.0.113.7", at=at)

    assert "203.0.113" not in repr(limit)


def test_the_memory_is_bounded(at: datetime, monkeypatch: object) -> None:
    limit = Throttle("sign-in", tries=5, within=timedelta(minutes=5))
    for number in range(throttle.BUCKETS + 50):
        limit.allows(str(number), at=at)

    assert len(limit._seen) == throttle.BUCKETS
