# SPDX-License-Identifier: AGPL-3.0-or-later
"""Every address x GET and POST x role x relation gives the answer that the table names, and no other.

* A new address without a line in the table fails, a line without an address fails.
* Something foreign, something one may not see and something that does not exist are one answer,
  byte for byte: status, body, headers.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager, nullcontext

import pytest

from exitwork.vault.epoch import Epoch
from exitwork.vault.holder import using
from exitwork.vault.keeper import Keeper
from exitwork.vault.master import MasterKey, Ring
from tests.architecture.addresses import Answer, asked, filled, has_parameters, routes
from tests.architecture.cast import ROLES, Cast
from tests.architecture.table import FILE, Table, asking, line_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("standing_clock")]
METHODS = ("GET", "POST")
ROWS = [(method, route) for route in routes() for method in METHODS]


@pytest.fixture(scope="module")
def table() -> Table:
    """The committed table."""
    return Table(FILE.read_text("utf-8"))


def answers(cast: Cast, method: str, route: str) -> dict[str, Answer]:
    """What everybody gets at an address."""
    found = {}
    for who, role, relation in asking(route):
        scene = cast.scenes[ROLES[role].relations[relation]]
        things = {"one": scene["case"], "other": scene["person"], "reference": scene["case"]}
        things |= {"account": scene["account-key"], "programme": scene["programme"]}
        found[who] = asked(cast.browsers[role], method, filled(route, scene), **things)
    return found


@contextmanager
def a_vault_to_lock() -> Iterator[None]:
    """Another vault, so that the others still open what is in theirs."""
    with using(Keeper(Ring((MasterKey.new(),)), Epoch())):
        yield


@pytest.mark.parametrize(("method", "route"), ROWS, ids=[f"{method} {route}" for method, route in ROWS])
def test_everybody_gets_the_answer_of_the_table(cast: Cast, table: Table, method: str, route: str) -> None:
    key = f"{method} {route}"
    with a_vault_to_lock() if route == "/lock-everything/" else nullcontext():
        seen = answers(cast, method, route)

    line = line_of(key, {who: answer.outcome for who, answer in seen.items()})
    assert key in table.rows, f"the table has no line for {key}; what was seen, to be checked: {line}"
    unexpected = {
        who: (answer.outcome, table.expected(key, who))
        for who, answer in seen.items()
        if answer.outcome != table.expected(key, who)
    }
    assert not unexpected, f"who: (got, the table says) {unexpected}; seen: {line}"
    if has_parameters(route):
        _tells_nothing_of_what_is_not_there(seen)


def _tells_nothing_of_what_is_not_there(seen: dict[str, Answer]) -> None:
    for who, answer in seen.items():
        role, relation = who.split(".")
        if answer.status == 404 and relation != "none":
            assert answer == seen[f"{role}.none"], f"{who} can tell that there is something"


def test_the_table_has_no_line_for_an_address_that_is_gone(table: Table) -> None:
    assert set(table.rows) <= {f"{method} {route}" for method, route in ROWS}
