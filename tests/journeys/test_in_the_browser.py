# SPDX-License-Identifier: AGPL-3.0-or-later
"""Work in a real browser, against a served program whose transactions really commit.

1. Asa opens a case and writes a note; her words are saved while she types.
2. The page is loaded again, the session ends, the server is killed: the words stand in the form.
3. Every page is accessible in every clothing: light, dark, from right to left, 320 px wide.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

import pytest
from django.conf import settings
from django.contrib.staticfiles.handlers import StaticFilesHandler
from django.db.backends.base.base import BaseDatabaseWrapper
from django.test.testcases import LiveServerThread

from exitwork.cases.words import Function
from exitwork.contacts.models import Contact
from exitwork.contacts.words import Layer
from exitwork.kernel.standing import Role
from tests.world import World

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

SAVED_WITHIN = 8_000  # milliseconds a slow machine may take; the promise is three seconds
WORDS = "Half a thought about the flat in the harbour street"


def settled() -> World:
    """Exit Oslo: Asa manages Heron with some history, leads and administers; Per is the deputy."""
    world = World(datetime.now(UTC) - timedelta(days=40))
    roles = (Role.CASE_WORKER, Role.LEAD, Role.ADMINISTRATOR, Role.DATA_PROTECTION_OFFICER)
    world.given_a_worker("Asa", of="Exit Oslo", roles=roles)
    world.given_a_worker("Per", of="Exit Oslo")
    world.given_a_case("Heron", managed_by="Asa")
    world.later(days=1).as_("Asa").assigns("Per", to="Heron", as_=Function.DEPUTY)
    for day in range(3):
        world.later(days=3).as_("Asa").writes(
            f"A walk along the river, number {day}.", on="Heron", minutes=50
        )
    world.as_("Asa").writes("Only for me.", on="Heron", layer=Layer.WORKING_NOTE)
    world.later(days=20).as_("Per").opens_in_emergency("Heron")
    return world


@pytest.fixture
def world(committed_database: BaseDatabaseWrapper, django_db_blocker: Any) -> Iterator[World]:
    """The same, committed, so that a server sees it."""
    with django_db_blocker.unblock():
        yield settled()


@pytest.mark.django_db
def test_every_page_named_here_is_there() -> None:
    world = settled()
    browser = world.as_("Asa").browser()

    assert {url: browser.get(url).status_code for url in pages_of(world)} == dict.fromkeys(
        pages_of(world), 200
    )


def signed_in(page: Page, world: World, name: str, served: str) -> None:
    """Carry somebody's session into the browser."""
    cookie = world.as_(name).browser().cookies[settings.SESSION_COOKIE_NAME].value
    page.context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": cookie, "url": served}])


@pytest.mark.browser
def test_a_case_is_opened_and_a_note_written_and_seen(world: World, browser_page: Page, served: str) -> None:
    signed_in(browser_page, world, "Asa", served)
    browser_page.goto("/cases/new/")
    browser_page.get_by_role("button", name="Open the case").click()
    browser_page.get_by_role("link", name="Write the first note").click()
    browser_page.get_by_label("What happened").fill("First talk, by the water.")
    browser_page.get_by_label("The case team: part of the case record").check()
    browser_page.get_by_role("button", name="Save").click()

    assert browser_page.get_by_text("First talk, by the water.").is_visible()
    browser_page.get_by_role("link", name="Seen and changed").click()
    assert browser_page.get_by_text("Note written").is_visible()
    assert browser_page.get_by_text("Case opened").is_visible()


@pytest.mark.browser
def test_words_survive_a_reload_a_lost_session_and_a_killed_server(
    world: World, browser: Browser, committed_database: BaseDatabaseWrapper
) -> None:
    url = f"/cases/{world.case('Heron').ref}/notes/new/"
    first = Served()
    page = browser.new_context(base_url=first.address, locale="en-GB").new_page()
    signed_in(page, world, "Asa", first.address)
    page.goto(url)
    page.get_by_label("What happened").press_sequentially(WORDS)
    page.get_by_text("Saved", exact=False).first.wait_for(timeout=SAVED_WITHIN)

    page.reload()
    assert page.get_by_label("What happened").input_value() == WORDS

    page.context.clear_cookies()
    first.stop()
    second = Served()
    again = browser.new_context(base_url=second.address, locale="en-GB").new_page()
    signed_in(again, world, "Asa", second.address)
    again.goto(url)
    assert again.get_by_label("What happened").input_value() == WORDS

    again.get_by_role("button", name="Save").click()
    again.wait_for_url(f"**/cases/{world.case('Heron').ref}/")
    again.goto(url)
    assert again.get_by_label("What happened").input_value() == ""
    assert Contact.objects.filter(case=world.case("Heron")).count() == 5
    second.stop()


CLOTHES = [("en", "light", 1280), ("en", "dark", 1280), ("ar", "light", 1280), ("de", "light", 320)]
RULES = {"runOnly": {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]}}


@pytest.mark.browser
@pytest.mark.parametrize(("language", "scheme", "width"), CLOTHES)
def test_every_page_is_accessible(
    world: World, browser: Browser, served: str, language: str, scheme: Any, width: int
) -> None:
    from axe_playwright_python.sync_playwright import Axe

    world.speaks("Asa", language)
    context = browser.new_context(
        base_url=served,
        viewport={"width": width, "height": 800},
        color_scheme=scheme,
        locale=language,
        bypass_csp=True,  # axe puts its own script into the page; the page's policy is tested elsewhere
    )
    page = context.new_page()
    signed_in(page, world, "Asa", served)
    found = {}
    for url in pages_of(world):
        answer = page.goto(url)
        assert answer is not None
        assert answer.status == 200, url
        faults = [fault["id"] for fault in Axe().run(page, options=RULES).response["violations"]]
        if page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth"):
            faults.append("scrolls sideways")
        if faults:
            found[url] = faults
    context.close()
    assert found == {}


def pages_of(world: World) -> list[str]:
    """The pages of somebody who works, leads and administers."""
    ref = world.case("Heron").ref
    note = Contact.objects.filter(case=world.case("Heron")).order_by("happened_at")[0].ref
    person = world.case("Heron").person
    assert person is not None
    case = f"/cases/{ref}/"
    return [
        "/",
        "/cases/",
        "/cases/new/",
        case,
        f"{case}timeline/",
        f"{case}team/",
        f"{case}seen/",
        f"{case}phase/",
        f"{case}episode/",
        f"{case}close/",
        f"{case}team/hand-over/",
        f"{case}notes/new/",
        f"{case}notes/{note}/",
        f"{case}notes/{note}/correct/",
        f"/people/{person.ref}/",
        "/search/",
        "/emergency/openings/",
        "/organisation/",
        "/organisation/people/",
        "/organisation/sites/",
        "/organisation/programmes/",
        "/account/",
        "/display/",
    ]


class Served:
    """The program on a port, until stopped."""

    def __init__(self) -> None:
        self.thread = LiveServerThread("localhost", StaticFilesHandler)
        self.thread.daemon = True
        self.thread.start()
        self.thread.is_ready.wait()
        self.address = f"http://localhost:{self.thread.port}"

    def stop(self) -> None:
        """Stop answering."""
        self.thread.terminate()
