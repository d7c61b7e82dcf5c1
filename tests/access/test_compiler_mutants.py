# SPDX-License-Identifier: AGPL-3.0-or-later
"""Every small fault in what turns rules into SQL would be noticed.

Mutants are made from the source itself: an operator exchanged, a negation lost, a branch turned
round. Each must differ from the rules in a random world, or fail. One that does not is listed
with the reason why it means the same.
"""

from __future__ import annotations

import ast
import sys
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

import exitwork.kernel.facts
import exitwork.kernel.rules
import exitwork.kernel.selection
from exitwork.access import compile as compiler
from exitwork.cases.facts import is_assigned, manages
from exitwork.cases.models import Case
from exitwork.cases.rules import may_read_case
from exitwork.kernel.rules import Rule
from exitwork.kernel.standing import Standing
from tests.access.random_worlds import AT, RandomWorld, random_rules

pytestmark = pytest.mark.django_db

FEWEST = 15
MANAGES_ALONE = Rule("manages and is not assigned", permits=[manages & ~is_assigned])
EXCHANGED: dict[type[Any], type[Any]] = {
    ast.BitAnd: ast.BitOr,
    ast.BitOr: ast.BitAnd,
    ast.Is: ast.IsNot,
    ast.IsNot: ast.Is,
    ast.Eq: ast.NotEq,
    ast.And: ast.Or,
    ast.Or: ast.And,
}
# A mutant that means the same as the original, and why.
SAME = {
    "selection: self.is_everything or other.is_everything, Or exchanged": "the terms of both are kept, "
    "and one that asks nothing still makes the whole ask nothing",
}


def mutants(module: ModuleType) -> Iterator[tuple[str, ast.Module]]:
    """Every single exchange in a module's source, with its place."""
    source = Path(str(module.__file__)).read_text("utf-8")
    count = len(list(_places(ast.parse(source))))
    for number in range(count):
        tree = ast.parse(source)
        node = list(_places(tree))[number]
        words = ast.unparse(node)
        name = f"{module.__name__.rsplit('.', 1)[-1]}: {words}, {_exchange(node)}"
        yield name, ast.fix_missing_locations(tree)


def _places(tree: ast.AST) -> Iterator[Any]:
    for node in _walked(tree):
        operator = getattr(node, "op", None)
        if (
            (isinstance(node, ast.BinOp | ast.AugAssign | ast.BoolOp) and type(operator) in EXCHANGED)
            or (isinstance(node, ast.UnaryOp) and isinstance(operator, ast.Invert | ast.Not))
            or (isinstance(node, ast.Compare) and type(node.ops[0]) in EXCHANGED)
            or isinstance(node, ast.IfExp)
        ):
            yield node


def _walked(tree: ast.AST) -> Iterator[ast.AST]:
    """Every node that runs: what only says a type does nothing."""
    for field, value in ast.iter_fields(tree):
        for child in value if isinstance(value, list) else [value]:
            if isinstance(child, ast.AST) and field not in {"annotation", "returns"}:
                yield child
                yield from _walked(child)


def _exchange(node: Any) -> str:
    if isinstance(node, ast.IfExp):
        node.body, node.orelse = node.orelse, node.body
        return "branches turned"
    if isinstance(node, ast.Compare):
        compared: type[Any] = type(node.ops[0])
        node.ops[0] = EXCHANGED[compared]()
        return f"{compared.__name__} exchanged"
    if isinstance(node, ast.UnaryOp):
        before: type[Any] = type(node.op)
        # +x would not work on every operand; taking the operand twice negated loses the negation.
        node.operand = ast.UnaryOp(op=before(), operand=node.operand)
        return f"{before.__name__} lost"
    before = type(node.op)
    node.op = EXCHANGED[before]()
    return f"{before.__name__} exchanged"


def compiled(module: ModuleType, tree: ast.Module) -> dict[str, Any]:
    """The names of a mutated module."""
    name = f"{module.__name__}_mutant"
    mutant = ModuleType(name)
    sys.modules[name] = mutant
    exec(compile(tree, name, "exec"), mutant.__dict__)
    return mutant.__dict__


Question = tuple[Standing, Rule, set[Any]]


def differs(questions: list[Question]) -> bool:
    """Whether some list is not what its rule says, or can't even be asked for."""
    for by, rule, allowed in questions:
        try:
            where = compiler.where(Case, rule.among(by, AT))
            listed = set(Case.objects.filter(where).values_list("pk", flat=True))
        except Exception:  # a mutant that can't even be asked is caught, whatever it raises
            return True
        if listed != allowed:
            return True
    return False


@pytest.fixture
def questions() -> list[Question]:
    """Rules at random, asked for people at random, decided one by one: nothing compiled in it."""
    world = RandomWorld(seed=23)
    asked = []
    for by in world.standings(12):
        for rule in [may_read_case, MANAGES_ALONE, *random_rules(world.random, 30)]:
            asked.append((by, rule, {case.pk for case in world.rows[Case] if rule.decide(by, case, AT)}))
    return asked


def test_every_mutant_of_the_compiler_is_caught(
    questions: list[Question], monkeypatch: pytest.MonkeyPatch
) -> None:
    assert not differs(questions)
    survived = []
    for name, tree in mutants(compiler):
        with monkeypatch.context() as patched:
            patched.setattr(compiler, "where", compiled(compiler, tree)["where"])
            if not differs(questions) and name not in SAME:
                survived.append(name)
    assert not survived
    assert len(list(mutants(compiler))) >= FEWEST


def test_every_mutant_of_the_folding_is_caught(
    questions: list[Question], monkeypatch: pytest.MonkeyPatch
) -> None:
    survived = []
    for name, tree in mutants(exitwork.kernel.selection):
        with monkeypatch.context() as patched:
            names = compiled(exitwork.kernel.selection, tree)
            for module in (exitwork.kernel.facts, exitwork.kernel.rules):
                for word in ("Selection", "Term", "NOTHING", "EVERYTHING"):
                    if hasattr(module, word):
                        patched.setattr(module, word, names[word])
            if not differs(questions) and name not in SAME:
                survived.append(name)
    assert not survived
