# SPDX-License-Identifier: AGPL-3.0-or-later
"""The page where one chooses how things look on this device."""

from __future__ import annotations

import pytest
from django.test import Client

pytestmark = pytest.mark.django_db


def test_anyone_may_choose_without_signing_in() -> None:
    page = Client().get("/display/")
    assert page.status_code == 200
    assert b'name="theme"' in page.content


def test_what_was_chosen_is_kept_in_the_browser_and_shown() -> None:
    asa = Client()
    answer = asa.post("/display/", {"theme": "dark", "keys": "off"})
    assert answer.status_code == 302
    assert asa.cookies["theme"].value == "dark"
    assert asa.cookies["keys"]["httponly"]
    assert b'data-theme="dark"' in asa.get("/display/").content


def test_a_choice_that_is_none_is_answered_and_nothing_is_kept() -> None:
    asa = Client()
    answer = asa.post("/display/", {"theme": "<b>", "keys": "on"})
    assert answer.status_code == 200
    assert b"govuk-error-summary" in answer.content
    assert "theme" not in asa.cookies


def test_a_cookie_from_elsewhere_changes_nothing() -> None:
    asa = Client()
    asa.cookies["theme"] = '"><script>'
    assert b"data-theme" not in asa.get("/display/").content
