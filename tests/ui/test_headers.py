# SPDX-License-Identifier: AGPL-3.0-or-later
"""What every answer tells the browser not to do."""

from __future__ import annotations

import pytest
from django.http import HttpResponse
from django.test import RequestFactory

from exitwork.ui.headers import POLICY, HeadersMiddleware


def answer(path: str = "/", **headers: str) -> HttpResponse:
    response = HeadersMiddleware(lambda request: HttpResponse(headers=headers))(RequestFactory().get(path))
    assert isinstance(response, HttpResponse)
    return response


def test_nothing_inline_and_nothing_from_elsewhere() -> None:
    policy = answer()["Content-Security-Policy"]
    assert policy.startswith("default-src 'none'")
    for word in ("unsafe", "http", "*", "data:"):
        assert word not in policy


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("Referrer-Policy", "same-origin"),
        ("Cache-Control", "no-store"),
        ("X-Content-Type-Options", "nosniff"),
        ("Cross-Origin-Opener-Policy", "same-origin"),
        ("Cross-Origin-Resource-Policy", "same-origin"),
    ],
)
def test_every_page_carries(name: str, value: str) -> None:
    assert answer()[name] == value


def test_a_file_with_a_policy_of_its_own_keeps_it() -> None:
    assert answer(**{"Content-Security-Policy": "sandbox"})["Content-Security-Policy"] == "sandbox"
    assert answer()["Content-Security-Policy"] == POLICY


def test_a_page_that_asks_to_be_kept_is_not_kept() -> None:
    assert answer(**{"Cache-Control": "max-age=60"})["Cache-Control"] == "no-store"


def test_our_own_files_may_be_kept() -> None:
    assert (
        "no-store"
        not in answer("/static/ui/exitwork.css", **{"Cache-Control": "max-age=60"})["Cache-Control"]
    )
