# SPDX-License-Identifier: AGPL-3.0-or-later
"""The pages about people in a browser: accessible in light and dark, on a phone, right to left."""

from __future__ import annotations

import os
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from django.conf import settings

from exitwork.accounts.actions import change_account
from exitwork.people import actions
from tests.people.conftest import World

if TYPE_CHECKING:
    from playwright.sync_api import Page

pytestmark = pytest.mark.browser

PICTURES = os.environ.get("EXITWORK_TEST_PICTURES", "")
WAYS: list[tuple[str, dict[str, Any], tuple[int, int], str]] = [
    ("light", {"color_scheme": "light"}, (1280, 900), "en"),
    ("dark", {"color_scheme": "dark"}, (1280, 900), "en"),
    ("phone", {"color_scheme": "light"}, (320, 640), "en"),
    ("arabic", {"color_scheme": "light"}, (1280, 900), "ar"),
]
# What axe puts into a page stands outside the page's policy; it is the tester's, not the page's.
STANDARD = {"runOnly": {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]}}


def known(world: World) -> str:
    """Jonas with a name, contact safety, a brother, a child, a stop; the address of his page."""
    asa, at, jonas = world.by("Asa"), world.at, world.jonas
    actions.change_taking_in(person=jonas, version=1, languages=["ar", "de"], reads="little", by=asa, at=at)
    actions.note_identity(person=jonas, wanted_name="Jonas", phone="+47 900 00 000", by=asa, at=at)
    actions.settle_safety(
        person=jonas,
        face=world.face(),
        hours={"text": "Mon-Fri 10:00-20:00"},
        saved_as="Marit",
        by=asa,
        at=at,
    )
    actions.note_relation(person=jonas, kind="sibling", who="Nils", pull="holds", knows="no", by=asa, at=at)
    actions.record_dependant(guardian=jonas, pseudonym="Wren", born_in=2019, by=asa, at=at)
    actions.note_profile(person=jonas, target_groups=["has-left"], ideologies=["mixed"], by=asa, at=at)
    actions.open_identity(
        person=jonas, reason="danger", words="The hostel asks tonight", by=world.by("Liv"), at=at
    )
    actions.phone_no_longer_safe(person=jonas, by=world.by("Per"), at=at + timedelta(minutes=5))
    return f"/people/{jonas.ref}/"


def enter(page: Page, world: World, name: str, language: str) -> None:
    """Go on as somebody who signed in."""
    session = world.signed_in(name).cookies[settings.SESSION_COOKIE_NAME]
    page.context.add_cookies(
        [{"name": session.key, "value": session.value, "domain": "localhost", "path": "/"}]
    )
    change_account(
        account=world.accounts[name],
        name=name,
        language=language,
        theme="",
        shortcuts=True,
        version=world.accounts[name].version,
        by=world.by(name),
        at=world.at,
    )


def problems(page: Page) -> list[str]:
    """What axe finds wrong."""
    from axe_playwright_python.sync_playwright import Axe

    found = Axe().run(page, options=STANDARD).response["violations"]
    return [f"{one['id']}: {node['html'][:160]}" for one in found for node in one["nodes"]]


@pytest.mark.parametrize(("way", "media", "size", "language"), WAYS, ids=[way[0] for way in WAYS])
def test_every_page_about_a_person_is_accessible(
    served_world: World,
    browser_page: Page,
    way: str,
    media: dict[str, Any],
    size: tuple[int, int],
    language: str,
) -> None:
    address = known(served_world)
    page = browser_page
    page.set_viewport_size({"width": size[0], "height": size[1]})
    page.emulate_media(**media)
    enter(page, served_world, "Asa", language)
    found: dict[str, list[str]] = {}
    for name in (
        "",
        "takes-in/",
        "identity/",
        "identity/note/",
        "safety/",
        "safety/lift/",
        "around/",
        "profile/",
    ):
        answer = page.goto(address + name)
        assert answer is not None
        assert answer.status == 200
        found[name] = problems(page)
        if page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth"):
            found[name].append("is wider than the window")
        if PICTURES:
            page.screenshot(
                path=str(Path(PICTURES) / f"{way}-{name.strip('/').replace('/', '-') or 'person'}.png"),
                full_page=True,
            )

    assert not {name: wrong for name, wrong in found.items() if wrong}
