# SPDX-License-Identifier: AGPL-3.0-or-later
"""Duties are done when they are due, and one that fails stops no other."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from exitwork.upkeep.duties import DUTIES, Duty, Round
from exitwork.upkeep.models import Heartbeat

SECOND = timedelta(seconds=1)


@pytest.mark.django_db
def test_a_duty_is_done_at_once_and_then_when_it_is_due(at: datetime) -> None:
    done: list[datetime] = []
    rounds = Round((Duty("count", timedelta(seconds=3), done.append),))

    for second in range(7):
        rounds.do_what_is_due(at + second * SECOND)

    assert done == [at, at + 3 * SECOND, at + 6 * SECOND]


@pytest.mark.django_db
def test_a_duty_that_fails_is_named_and_stops_no_other(at: datetime) -> None:
    done: list[datetime] = []

    def fails(_: datetime) -> None:
        raise RuntimeError("a bug")

    rounds = Round((Duty("broken", SECOND, fails), Duty("count", SECOND, done.append)))

    assert rounds.do_what_is_due(at) == ["broken"]
    assert rounds.do_what_is_due(at + SECOND) == ["broken"]
    assert done == [at, at + SECOND]


@pytest.mark.django_db
@pytest.mark.both_databases
def test_every_duty_can_be_done_on_an_empty_database(at: datetime) -> None:
    assert Round().do_what_is_due(at) == []

    assert Heartbeat.objects.get().at == at


def test_duties_have_names_of_their_own() -> None:
    assert len({duty.name for duty in DUTIES}) == len(DUTIES)
