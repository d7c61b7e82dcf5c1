# SPDX-License-Identifier: AGPL-3.0-or-later
"""What every test may use, and which tests a run leaves out."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from tests.world import World

pytest_plugins = ["tests.databases", "tests.browsers"]


@pytest.fixture
def at() -> datetime:
    """A Thursday afternoon on which nothing special happens."""
    return datetime(2026, 11, 19, 13, 0, tzinfo=UTC)


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave the long proofs out unless they are named, and browser tests where there is no browser."""
    from tests.browsers import chromium  # not above: pytest rewrites the asserts of plugins it loads itself

    found = chromium()
    for item in items:
        if item.get_closest_marker("browser"):
            item.add_marker(pytest.mark.enable_socket)
            if found is None:
                item.add_marker(pytest.mark.skip(reason="no Chromium on this machine"))
    if "long" not in str(config.option.markexpr):
        long = [item for item in items if item.get_closest_marker("long")]
        if long:
            config.hook.pytest_deselected(items=long)
            items[:] = [item for item in items if not item.get_closest_marker("long")]


@pytest.fixture
def world(db: None, at: datetime) -> World:
    """An empty world on a Thursday afternoon."""
    return World(at)
