# SPDX-License-Identifier: AGPL-3.0-or-later
"""Pages for what went wrong tell nobody anything."""

from __future__ import annotations

import re

import pytest
from django.test import Client, RequestFactory
from django.utils import translation

from exitwork.ui import errors


def test_not_found_is_the_same_bytes_whoever_asks() -> None:
    pages = set()
    for language in ("en", "de", "ar"):
        with translation.override(language):
            request = RequestFactory().get(f"/cases/7F3K2-M/{language}", HTTP_ACCEPT_LANGUAGE=language)
            pages.add(errors.not_found(request, Exception("secret")).content)
    assert len(pages) == 1


def test_not_found_carries_no_form_token_or_reference() -> None:
    html = errors.not_found().content.decode()
    assert errors.not_found().status_code == 404
    for word in ("<form", "csrf", "token", "<input", "reference", "<script"):
        assert word not in html


def test_it_speaks_every_language_offered_each_in_its_direction() -> None:
    html = errors.not_found().content.decode()
    for opening in ('lang="en" dir="ltr"', 'lang="de" dir="ltr"', 'lang="ar" dir="rtl"'):
        assert f"<section {opening}>" in html


def test_a_bug_shows_a_reference_that_is_new_each_time_and_nothing_else() -> None:
    try:
        raise ValueError("Jonas lives in Kassel")
    except ValueError:
        first, second = errors.server_error(), errors.server_error()
    references = [
        re.findall(r'class="reference">([0-9a-f]{8})<', page.content.decode())[0] for page in (first, second)
    ]
    assert references[0] != references[1]
    assert b"Jonas" not in first.content
    assert first.status_code == 500


def test_the_others_have_their_codes() -> None:
    assert errors.csrf_failure(reason="CSRF cookie not set").status_code == 403
    assert errors.not_allowed().status_code == 403
    assert errors.bad_request().status_code == 400
    allowed = errors.method_not_allowed(("GET", "POST"))
    assert (allowed.status_code, allowed["Allow"]) == (405, "GET, POST")


@pytest.mark.django_db
def test_an_address_that_does_not_exist_is_answered_with_that_page() -> None:
    answer = Client().get("/nowhere/")
    assert answer.status_code == 404
    assert answer.content == errors.not_found().content
