# SPDX-License-Identifier: AGPL-3.0-or-later
"""Exit Oslo: Asa manages Heron and Wren, Per is deputy on Heron, Liv leads, Ola works elsewhere."""

from __future__ import annotations

import pytest

from exitwork.cases.words import Function
from exitwork.kernel.standing import Role
from tests.world import World


@pytest.fixture
def oslo(world: World) -> World:
    """The world of these tests, a day after everybody began."""
    world.given_a_worker("Asa", of="Exit Oslo")
    world.given_a_worker("Per", of="Exit Oslo")
    world.given_a_worker("Ola", of="Exit Oslo")
    world.given_a_worker("Liv", of="Exit Oslo", roles=(Role.LEAD,))
    world.given_a_case("Heron", managed_by="Asa")
    world.given_a_case("Wren", managed_by="Asa")
    world.later(hours=1).as_("Asa").assigns("Per", to="Heron", as_=Function.DEPUTY)
    return world.later(hours=1)
