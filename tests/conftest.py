# SPDX-License-Identifier: AGPL-3.0-or-later
"""What every test may use."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest


@pytest.fixture
def at() -> datetime:
    """A Thursday afternoon on which nothing special happens."""
    return datetime(2026, 11, 19, 13, 0, tzinfo=UTC)
