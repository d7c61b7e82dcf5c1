# SPDX-License-Identifier: AGPL-3.0-or-later
"""The cast, gathered once a module and left as it was found by every test."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
import time_machine
from django.db import transaction

from tests.architecture.cast import NOW, Cast, gathered


@pytest.fixture(scope="module")
def cast(django_db_setup: None, django_db_blocker: Any) -> Iterator[Cast]:
    """Everybody and everything, inside one transaction that is rolled back at the end."""
    whole: Any = transaction.atomic()
    whole._from_testcase = True  # as Django's own test cases do: a durable block may stand inside
    with django_db_blocker.unblock(), whole:
        yield gathered()
        transaction.set_rollback(True)


@pytest.fixture
def standing_clock() -> Iterator[None]:
    """The clock stands at the moment the cast was gathered."""
    with time_machine.travel(NOW, tick=False):
        yield
