# SPDX-License-Identifier: AGPL-3.0-or-later
"""The reference page of roles: what each is, and what the rules let it do.

* It is worked out of the rules themselves: facts that the standing alone decides are asked
  with that one role held, everything else stays a condition in words. So it can't drift.
* In English only: it is documentation, compared in the checks with what is in ``docs``.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from uuid import UUID

from django.utils import translation

from exitwork.kernel.facts import And, Expression, Fact, Not, Or, Own
from exitwork.kernel.rules import Rule
from exitwork.kernel.standing import CASEWORK, Role, Standing
from exitwork.organisations import rules as own
from exitwork.organisations.words.roles import DOES, FROM_OUTSIDE, LABELS

# Any moment and any key do: no row is asked.
_AT = datetime(2026, 1, 1, tzinfo=UTC)
_SOMEBODY, _SOMEWHERE = UUID(int=1), UUID(int=2)

Condition = bool | str


def rules_here() -> list[Rule]:
    """The rules of this room, by name."""
    found = [value for value in vars(own).values() if isinstance(value, Rule)]
    return sorted(found, key=lambda rule: rule.name)


def roles_page(rules: Sequence[Rule] | None = None) -> str:
    """The page of roles as Markdown: a table of all roles, then for each what the rules let it do.

    :param rules: the rules to ask; those of this room by default.
    """
    asked = rules_here() if rules is None else sorted(rules, key=lambda rule: rule.name)
    with translation.override("en"):
        lines = [
            "# Roles, and what each may do",
            "",
            "Made from the rules; being on a case is an assignment, not a role.",
            "",
            "| Role | What it is for | Works on cases | From outside |",
            "|---|---|---|---|",
            *(_row(role) for role in Role),
        ]
        for role in Role:
            lines += ["", f"## {LABELS[role]}", "", *_may(role, asked)]
    return "\n".join(lines) + "\n"


def _row(role: Role) -> str:
    works, outside = (("yes" if role in group else "no") for group in (CASEWORK, FROM_OUTSIDE))
    return f"| {LABELS[role]} | {DOES[role]} | {works} | {outside} |"


def _may(role: Role, rules: Iterable[Rule]) -> list[str]:
    by = Standing(
        account=_SOMEBODY,
        organisation=_SOMEWHERE,
        roles=frozenset({role}),
        leads_all=role is Role.LEAD,
        reach=frozenset({_SOMEWHERE}),
        is_active=True,
        has_second_factor=True,
    )
    lines = []
    for rule in rules:
        condition = condition_of(rule, by)
        if condition is not False:
            where = "" if condition is True else f": where {condition}"
            lines.append(f"* `{rule.name}`{where}")
    return lines or ["Nothing that a rule names."]


def condition_of(rule: Rule, by: Standing) -> Condition:
    """Whether a standing may do what the rule decides: yes, no, or on which condition in words."""
    permitted = _either([_read(permit, by) for permit in rule.permits])
    if rule.within is not None:
        permitted = _both([_read(rule.within, by), permitted])
    return _both([permitted, *(_not(_read(forbid, by)) for forbid in rule.forbids)])


def _read(expression: Expression, by: Standing) -> Condition:
    if isinstance(expression, And):
        return _both([_read(part, by) for part in expression.parts])
    if isinstance(expression, Or):
        return _either([_read(part, by) for part in expression.parts])
    if isinstance(expression, Not):
        return _not(_read(expression.part, by))
    assert isinstance(expression, Fact)
    if isinstance(expression.reading, Own):
        found = expression.reading.reads(by, _AT)
        if isinstance(found, bool):
            return found
    return str(expression.says)


def _both(parts: Sequence[Condition]) -> Condition:
    if any(part is False for part in parts):
        return False
    said = list(dict.fromkeys(part for part in parts if isinstance(part, str)))
    return " and ".join(f"({part})" if " or " in part and len(said) > 1 else part for part in said) or True


def _either(parts: Sequence[Condition]) -> Condition:
    if any(part is True for part in parts):
        return True
    return " or ".join(dict.fromkeys(part for part in parts if isinstance(part, str))) or False


def _not(part: Condition) -> Condition:
    return f"not ({part})" if isinstance(part, str) else not part
