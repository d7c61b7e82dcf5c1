# SPDX-License-Identifier: AGPL-3.0-or-later
"""The words of the room are complete, and say the same of both kinds where it matters."""

from __future__ import annotations

import pytest

from exitwork.kernel.secrecy import declared_by
from exitwork.kernel.standing import CASEWORK, OrganisationKind, Role
from exitwork.organisations import models, rules
from exitwork.organisations.words.capabilities import BY_KIND, Capability, can, stated_of
from exitwork.organisations.words.kinds import CIVIL_ONLY, EITHER, STATE_ONLY, Branch, Kind, branch_fits
from exitwork.organisations.words.roles import DOES, FROM_OUTSIDE, LABELS


def test_every_role_has_a_name_and_says_what_it_may_do() -> None:
    assert set(LABELS) == set(DOES) == set(Role)
    assert len({str(label) for label in LABELS.values()}) == len(Role)
    assert not FROM_OUTSIDE & CASEWORK


@pytest.mark.parametrize("kind", list(OrganisationKind))
def test_every_capability_is_stated_once_for_each_kind(kind: OrganisationKind) -> None:
    assert [stated.capability for stated in stated_of(kind)] == list(Capability)
    for stated in stated_of(kind):
        assert ("cannot" in str(stated.says)) is not stated.can


def test_neither_kind_can_look_into_the_other() -> None:
    assert not can("civil", Capability.LOOK_INTO_PARTNERS)
    assert not can("state", Capability.LOOK_INTO_PARTNERS)


def test_both_kinds_have_limits_and_strengths() -> None:
    for stated in BY_KIND.values():
        assert {True, False} == {one.can for one in stated}


def test_every_branch_fits_at_least_one_kind() -> None:
    assert set(Branch) == CIVIL_ONLY | STATE_ONLY | EITHER
    for branch in Branch:
        assert any(branch_fits(kind, branch) for kind in Kind)


@pytest.mark.parametrize(
    "model",
    [
        models.Organisation,
        models.Edition,
        models.Site,
        models.Catchment,
        models.Membership,
        models.RoleGrant,
    ],
)
def test_every_field_states_how_secret_it_is(model: type[models.Organisation]) -> None:
    assert {field.name for field in model._meta.fields} == set(declared_by(model))


def test_administering_is_no_work_on_cases() -> None:
    assert Role.ADMINISTRATOR not in CASEWORK
    assert rules.may_pause.forbids == ()
