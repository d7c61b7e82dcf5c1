# SPDX-License-Identifier: AGPL-3.0-or-later
"""The page for what is not there: the same for everybody, and nothing in it to be told apart by."""

from __future__ import annotations

import pytest

from tests.architecture.addresses import asked
from tests.architecture.cast import ROLES, Cast

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("standing_clock")]
INSIDE = [role for role in ROLES if role not in {"anonymous", "paused"}]


def test_it_carries_no_form_token_or_reference(cast: Cast) -> None:
    body = asked(cast.browsers["on-team"], "GET", "/cases/7F3K2-M/").body.lower()

    for telling in (b"<form", b"<input", b"csrf", b"token", b"7f3k2", b"request", b"nonce", b"asa"):
        assert telling not in body


def test_it_is_the_same_for_everybody_whatever_was_asked_for(cast: Cast) -> None:
    asked_for = ("/cases/7F3K2-M/", f"/cases/{cast.scenes['Gull']['case']}/", "/people/7F3K2-M/", "/nowhere/")
    answers = {
        (answer.status, answer.body)
        for role in INSIDE
        for path in asked_for
        if role != "other-cso"
        for answer in [asked(cast.browsers[role], "GET", path)]
    }

    assert len(answers) == 1
    assert {status for status, _body in answers} == {404}


def test_it_sets_no_cookie_and_no_header_of_its_own(cast: Cast) -> None:
    foreign = asked(cast.browsers["on-team"], "GET", f"/cases/{cast.scenes['Gull']['case']}/")
    nothing = asked(cast.browsers["on-team"], "GET", "/cases/7F3K2-M/")

    assert foreign.headers == nothing.headers
    assert "Set-Cookie" not in dict(foreign.headers)
