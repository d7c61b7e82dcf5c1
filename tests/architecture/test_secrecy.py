# SPDX-License-Identifier: AGPL-3.0-or-later
"""Every field of every model states how secret it is, and is stored accordingly (design.md 6)."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from django.apps import apps
from django.db.models import Field, Model

from exitwork.kernel.secrecy import Tier, declared_by
from exitwork.vault.fields import SealedCompartment, SealedField

NAMES = Path(__file__).with_name("sealed_names.txt")


def models() -> list[type[Model]]:
    """Every model of the program's own."""
    return [
        model
        for config in apps.get_app_configs()
        if config.name.startswith("exitwork.")
        for model in config.get_models()
    ]


def own_fields(model: type[Model]) -> list[Field[Any, Any]]:
    """The columns the program declares, not those Django's account base brings."""
    return list(model._meta.concrete_fields)


def sealed_names() -> list[str]:
    """The declared names of all sealed fields, tier 4 among them."""
    return sorted(
        field.sealed_name
        for model in models()
        for field in own_fields(model)
        if isinstance(field, SealedField | SealedCompartment)
    )


@pytest.mark.parametrize("model", models(), ids=lambda model: model._meta.label)
def test_every_field_stands_in_one_tier(model: type[Model]) -> None:
    declared, fields = set(declared_by(model)), {field.name for field in own_fields(model)}

    assert fields - declared == set(), "these fields state no tier"
    assert declared - fields == set(), "these are declared and do not exist"


@pytest.mark.parametrize("model", models(), ids=lambda model: model._meta.label)
def test_what_is_secret_is_sealed_and_only_that(model: type[Model]) -> None:
    declared = declared_by(model)
    for field in own_fields(model):
        tier = declared[field.name].tier
        assert isinstance(field, SealedCompartment) is (tier is Tier.SEALED), field
        if tier is not Tier.SEALED:
            assert isinstance(field, SealedField) is tier.is_encrypted, field


def test_a_sealed_name_is_borne_by_one_field() -> None:
    names = sealed_names()

    assert len(names) == len(set(names))


def test_a_sealed_name_never_changes() -> None:
    assert sealed_names() == NAMES.read_text("utf-8").split(), (
        "what was sealed under a name opens under that name only: put the old name back. "
        f"A new field's name is added to {NAMES.name}."
    )
