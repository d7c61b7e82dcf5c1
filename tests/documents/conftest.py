# SPDX-License-Identifier: AGPL-3.0-or-later
"""A folder of its own for each test, and the case Heron with its people."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from exitwork.cases.words import Function
from exitwork.kernel.standing import Role
from tests.documents.case_files import CaseFiles
from tests.world import World


@pytest.fixture
def home(settings: Any, tmp_path: Path) -> Path:
    """The installation's folder."""
    settings.HOME = tmp_path / "home"
    return Path(settings.HOME)


@pytest.fixture
def files(world: World, home: Path) -> CaseFiles:
    """Asa manages Heron, Per is her tandem partner, Ines has nothing to do with it, Uwe is outside."""
    world.given_a_worker("Asa", of="Exit Oslo")
    world.given_a_worker("Per", of="Exit Oslo")
    world.given_a_worker("Ines", of="Exit Oslo")
    world.given_a_worker("Lea", of="Exit Oslo", roles=(Role.LEAD,))
    world.given_a_worker("Uwe", of="Ausstieg Nord")
    world.given_a_case("Heron", managed_by="Asa")
    world.as_("Asa").assigns("Per", to="Heron", as_=Function.TANDEM)
    return CaseFiles(world, home)
