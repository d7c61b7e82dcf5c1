# SPDX-License-Identifier: AGPL-3.0-or-later
"""The parts pages are made of say what they are told, and say it to everyone."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import pytest
from jinja2 import UndefinedError

from exitwork.kernel.decisions import Allowed, Refused
from exitwork.ui.jinja import environment
from tests.ui.gallery import Listing, gallery


def said(call: str, **context: Any) -> str:
    names = call.split("(", 1)[0]
    page = environment(autoescape=True).from_string(
        f'{{% from "ui/components.html" import {names} %}}{{{{ {call} }}}}'
    )
    return " ".join(page.render(**context).split())


def test_an_allowed_action_is_a_button() -> None:
    html = said('action("Disclose", decision)', decision=Allowed())
    assert html == '<button type="submit" class="button">Disclose</button>'


def test_a_refused_action_is_the_same_button_switched_off_with_its_reason_beside_it() -> None:
    html = said('action("Disclose", decision)', decision=Refused("He has not consented.", "consent"))
    assert 'aria-disabled="true"' in html
    assert 'type="button"' in html
    assert "He has not consented." in html
    described = html.split('aria-describedby="')[1].split('"')[0]
    assert f'id="{described}"' in html


def test_a_walled_reason_never_reaches_the_page() -> None:
    walled = Refused(
        "His brother is a client here.", "wall", shown_instead="This needs a word with Per first."
    )
    html = said('action("Disclose", decision)', decision=walled)
    assert "brother" not in html
    assert "This needs a word with Per first." in html


def test_a_refused_action_is_no_link_and_no_form_even_with_an_address() -> None:
    html = said('action("Disclose", decision, url="/x/", csrf="T")', decision=Refused("No.", "no"))
    assert "/x/" not in html
    assert "<form" not in html


def test_an_action_with_an_address_posts_when_it_has_a_token_and_is_a_link_when_not() -> None:
    assert '<form method="post" action="/x/"' in said('action("Recall", url="/x/", csrf="T")')
    assert '<a class="button" href="/x/">' in said('action("Plan", url="/x/")')


def test_a_capped_list_says_more_than() -> None:
    html = said('pages(listing, "phase=open")', listing=Listing(rows=[1]))
    assert "Showing 1 to 25 of more than 1,000" in html
    assert 'href="?phase=open&amp;page=2"' in html


def test_a_counted_list_says_how_many() -> None:
    listing = Listing(
        rows=[1], number=2, count=30, is_capped=False, first=26, last=30, has_next=False, has_previous=True
    )
    html = said("pages(listing)", listing=listing)
    assert "Showing 26 to 30 of 30" in html
    assert 'rel="next"' not in html
    assert 'href="?page=1"' in html


def test_a_table_has_a_caption_and_headings_for_rows_and_columns() -> None:
    html = said('table("My cases", ["Case", "Days"], [[("7F3K2-M", "/c/"), 2]], numbers=(1,))')
    assert "<caption" in html
    assert '<th scope="col">Case</th>' in html
    assert '<th scope="row"><a href="/c/">7F3K2-M</a></th>' in html
    assert '<td class="number">2</td>' in html


def test_what_people_typed_is_escaped_everywhere() -> None:
    sly = "<img src=x onerror=alert(1)>"
    html = said('identity_bar(sly, sly, [(sly, sly)], [("", sly)], line=sly, note=sly)', sly=sly) + said(
        "entry(item)", item=SimpleNamespace(at=None, title=sly, text=sly, by=sly, meta=[sly])
    )
    assert "<img" not in html


def test_nothing_to_do_says_so() -> None:
    assert "Nothing waits for you here." in said("attention([])")


def test_an_unknown_name_in_a_page_is_an_error() -> None:
    with pytest.raises(UndefinedError):
        environment(autoescape=True).from_string("{{ nobody }}").render()


def test_the_frame_carries_navigation_search_and_lock() -> None:
    html = gallery()
    assert 'aria-current="page"' in html
    assert 'action="/search/"' in html
    assert 'data-lock="quick-lock"' in html
    assert html.count("<h1") == 1


def test_the_frame_runs_from_right_to_left_in_arabic() -> None:
    assert '<html lang="ar" dir="rtl">' in gallery("ar")


def test_a_chosen_theme_is_on_the_page() -> None:
    assert 'data-theme="dark"' in gallery(theme="dark")
    assert "data-theme" not in gallery(theme='"><script>')
