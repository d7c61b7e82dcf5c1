# SPDX-License-Identifier: AGPL-3.0-or-later
"""The workload: counted, weighted as the pack says, by name, and by nobody but leads (R77, S33)."""

from __future__ import annotations

import pytest

from exitwork.agenda.queries.workload import workload
from exitwork.cases.models import Case
from exitwork.journal.recording import recorded
from exitwork.kernel.events import Event
from exitwork.programmes.models import Programme
from exitwork.programmes.packs.reading import read
from tests.world import World

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases]

PACK_EDITED = Event("tests.pack.edited", "A pack edited by hand")


def test_each_case_counts_one_and_everybody_stands_by_name(oslo: World) -> None:
    oslo.as_("Asa").sets_a_task("Ring", on="Heron")
    oslo.given_a_case("Owl", managed_by="Per")

    loads, weights = workload(by=oslo.standing("Liv"), at=oslo.at)

    counted = {load.name: (load.cases, load.weighted, load.tasks) for load in loads}
    assert counted["Asa"] == (2, 2, 1)
    assert counted["Per"] == (1, 1, 0)
    assert counted["Ola"] == (0, 0, 0)
    assert [load.name for load in loads] == sorted(load.name for load in loads)
    assert weights == []


def test_a_phase_counts_what_its_pack_says(oslo: World) -> None:
    programme = Programme.objects.get()
    phase = Case.objects.values_list("phase", flat=True)[0]
    text = programme.pack_text.replace(f'key = "{phase}"', f'key = "{phase}"\nweight = 3', 1)
    assert read(text).phases[phase].weight == 3
    with recorded(PACK_EDITED, by=oslo.standing("Liv"), at=oslo.at):
        Programme.objects.update(pack_text=text)

    loads, weights = workload(by=oslo.standing("Liv"), at=oslo.at)

    assert {load.name: load.weighted for load in loads}["Asa"] == 6
    assert [weight.weight for weight in weights] == [3]


def test_whoever_is_away_is_marked(oslo: World) -> None:
    oslo.as_("Asa").is_away()

    loads, _weights = workload(by=oslo.standing("Liv"), at=oslo.at)

    assert [load.name for load in loads if load.is_away] == ["Asa"]
