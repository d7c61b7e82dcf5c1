# SPDX-License-Identifier: AGPL-3.0-or-later
"""Which rule governs the reading of which model: exactly one each.

Rooms call ``governs`` at the end of their ``rules``; their ``apps`` load it, so that
``visible_to`` finds its rule without an import upward.
"""

from __future__ import annotations

from django.db.models import Model

from exitwork.kernel.rules import Rule

_RULES: dict[type[Model], Rule] = {}


def governs(model: type[Model], rule: Rule) -> None:
    """Let the rule decide who may read the model.

    :raises ValueError: if another rule governs it already.
    """
    if _RULES.get(model, rule) is not rule:
        raise ValueError(f"{model.__name__} is governed by {_RULES[model].name} already")
    _RULES[model] = rule


def rule_of(model: type[Model]) -> Rule:
    """The rule that governs the reading of the model.

    :raises LookupError: if none does; nothing is readable by default.
    """
    try:
        return _RULES[model]
    except KeyError:
        raise LookupError(f"no rule governs {model.__name__}: nobody may read it") from None


def governed_models() -> dict[type[Model], Rule]:
    """Every governed model with its rule."""
    return dict(_RULES)
