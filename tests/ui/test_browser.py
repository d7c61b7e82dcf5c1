# SPDX-License-Identifier: AGPL-3.0-or-later
"""The components in a real browser: accessible in every clothing, and helpful where scripts run.

* No server: every request of the page is answered here, under the policy of the real pages.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import expect

from exitwork.ui.errors import not_found
from exitwork.ui.headers import HEADERS
from tests.ui.gallery import gallery, static_file

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page, Route

pytestmark = pytest.mark.browser
HOST = "http://localhost"
WORDS, LINE = "aside [data-draft-url] textarea", "aside [data-saved]"
CLOTHES = [
    ("en", "light", 1360),
    ("en", "dark", 1360),
    ("ar", "light", 1360),
    ("ar", "dark", 360),
    ("de", "light", 360),
    ("en", "light", 320),
]
RULES = {
    "runOnly": {
        "type": "tag",
        "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
    }
}


@dataclass
class Desk:
    """A browser page and what it sent."""

    page: Page
    html: dict[str, str] = field(default_factory=dict)
    sent: list[tuple[str, str]] = field(default_factory=list)
    complaints: list[str] = field(default_factory=list)
    draft_status: int = 204

    def answer(self, route: Route) -> None:
        path = urlsplit(route.request.url).path
        if path.startswith("/static/"):
            body, kind = static_file(path)
            route.fulfill(body=body, content_type=kind, headers=HEADERS)
        elif route.request.method == "POST":
            self.sent.append((path, route.request.post_data or ""))
            route.fulfill(status=self.draft_status if path == "/draft/" else 204)
        elif path in self.html:
            route.fulfill(body=self.html[path], content_type="text/html; charset=utf-8", headers=HEADERS)
        else:
            route.fulfill(body="<title>elsewhere</title>", content_type="text/html")

    def open(self, language: str = "en", theme: str = "") -> Page:
        self.html["/g/"] = gallery(language, theme)
        self.page.goto(f"{HOST}/g/")
        return self.page


@pytest.fixture
def desk(browser: Browser) -> Iterator[Desk]:
    context = browser.new_context(viewport={"width": 1360, "height": 900}, locale="en-GB")
    desk = Desk(context.new_page())
    desk.page.route("**/*", desk.answer)
    desk.page.on("pageerror", lambda error: desk.complaints.append(str(error)))
    desk.page.on("console", lambda said: desk.complaints.append(said.text) if said.type == "error" else None)
    yield desk
    context.close()
    assert [
        words for words in desk.complaints if "409" not in words and "Failed to load resource" not in words
    ] == []


def violations(page: Page) -> list[str]:
    from axe_playwright_python.sync_playwright import Axe

    # axe puts its script into the page past the policy: the tester's, not the page's.
    found: dict[str, Any] = Axe().run(page, options=RULES).response
    return [f"{one['id']}: {[node['target'] for node in one['nodes']][:3]}" for one in found["violations"]]


@pytest.mark.parametrize(("language", "theme", "width"), CLOTHES)
def test_every_component_is_accessible_in_every_clothing(
    desk: Desk, language: str, theme: str, width: int
) -> None:
    desk.page.set_viewport_size({"width": width, "height": 900})
    page = desk.open(language, theme)
    page.evaluate("for (const one of document.querySelectorAll('details')) one.open = true")
    assert violations(page) == []
    page.evaluate("document.getElementById('keys').showModal()")
    assert violations(page) == []


@pytest.mark.parametrize("language", ["en", "ar"])
@pytest.mark.parametrize("width", [320, 360, 768, 1360])
def test_nothing_has_to_be_scrolled_sideways(desk: Desk, language: str, width: int) -> None:
    desk.page.set_viewport_size({"width": width, "height": 640})
    page = desk.open(language)
    assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_words_twice_as_large_still_fit(desk: Desk) -> None:
    desk.page.set_viewport_size({"width": 640, "height": 900})
    page = desk.open()
    page.evaluate(
        "const s = new CSSStyleSheet(); s.replaceSync('html{font-size:200%}');"
        "document.adoptedStyleSheets = [s]"
    )
    assert page.evaluate("document.documentElement.scrollWidth") <= 640


def test_every_target_is_large_enough(desk: Desk) -> None:
    page = desk.open()
    small = page.evaluate(
        """() => [...document.querySelectorAll("button, input:not([type=hidden]), select, textarea")]
        .concat([...document.querySelectorAll(".places a, .tabs a, .chips a")])
        .filter(e => e.checkVisibility()).map(e => [e.outerHTML.slice(0, 60), e.getBoundingClientRect()])
        .filter(([, r]) => r.width < 24 || r.height < 24).map(([html]) => html)"""
    )
    assert small == []


def test_not_found_is_accessible(desk: Desk) -> None:
    desk.html["/nowhere/"] = not_found().content.decode()
    desk.page.goto(f"{HOST}/nowhere/")
    assert violations(desk.page) == []


def test_the_problems_take_the_focus_and_lead_to_the_field(desk: Desk) -> None:
    page = desk.open()
    assert page.evaluate("document.activeElement.className") == "govuk-error-summary"
    page.get_by_role("link", name="Known as: This field is required.").click()
    assert page.evaluate("document.activeElement.id") == "id_name"


def test_a_pause_saves_the_draft_and_says_when(desk: Desk) -> None:
    page = desk.open()
    page.locator(WORDS).fill("He wants his sister at the gate")
    expect(page.locator(LINE)).to_have_text(re.compile(r"^Saved \d\d:\d\d:\d\d$"), timeout=3000)
    [(path, body)] = desk.sent
    assert path == "/draft/"
    assert parse_qs(body)["words"] == ["He wants his sister at the gate"]


def test_leaving_a_field_saves_at_once(desk: Desk) -> None:
    page = desk.open()
    words = page.locator(WORDS)
    words.fill("x")
    with page.expect_request("**/draft/", timeout=1900):
        words.blur()


def test_what_could_not_be_saved_says_so_and_is_tried_again(desk: Desk) -> None:
    desk.draft_status = 503
    page = desk.open()
    page.locator(WORDS).fill("not lost")
    expect(page.locator(LINE)).to_have_text("Not saved, will try again", timeout=4000)
    desk.draft_status = 204
    expect(page.locator(LINE)).to_have_text(re.compile("^Saved"), timeout=8000)
    assert len(desk.sent) == 2


def test_an_ended_session_keeps_the_words_and_says_what_to_do(desk: Desk) -> None:
    desk.draft_status = 401
    page = desk.open()
    page.locator(WORDS).fill("still here")
    expect(page.locator(LINE)).to_have_text(re.compile("sign in again"), timeout=4000)
    assert page.locator(WORDS).input_value() == "still here"


def test_a_form_is_sent_once(desk: Desk) -> None:
    page = desk.open()
    button = page.locator("aside").get_by_role("button", name="Save")
    button.dblclick()
    page.wait_for_timeout(200)
    assert [path for path, _ in desk.sent if path == "/note/"] == ["/note/"]


def test_escape_twice_blanks_the_page_and_locks(desk: Desk) -> None:
    page = desk.open()
    page.keyboard.press("Escape")
    with page.expect_request("**/lock/"):
        page.keyboard.press("Escape")
    assert page.evaluate("getComputedStyle(document.querySelector('main')).visibility") == "hidden"
    assert page.title().strip() == ""


def test_shift_three_times_leaves_the_page(desk: Desk) -> None:
    page = desk.open()
    for _ in range(3):
        page.keyboard.press("Shift")
    page.wait_for_url(re.compile("wikipedia"))


def test_typing_capitals_does_not_leave_the_page(desk: Desk) -> None:
    page = desk.open()
    page.locator("#id_name").focus()
    for letter in "ABCD":
        page.keyboard.press(f"Shift+{letter}")
    assert page.url.endswith("/g/")


def test_the_session_warns_before_its_end_and_not_earlier(desk: Desk) -> None:
    for seconds in ("3600", "121"):
        desk.html[f"/{seconds}/"] = gallery(expires_in=int(seconds))
    desk.page.goto(f"{HOST}/3600/")
    assert not desk.page.locator("#session-warning").is_visible()
    desk.page.goto(f"{HOST}/121/")
    expect(desk.page.locator("#session-warning")).to_be_visible(timeout=3000)
    assert violations(desk.page) == []


def test_single_keys_search_and_show_themselves(desk: Desk) -> None:
    page = desk.open()
    page.evaluate("document.activeElement.blur()")
    page.keyboard.press("/")
    assert page.evaluate("document.activeElement.id") == "search-words"
    page.evaluate("document.activeElement.blur()")
    page.keyboard.press("Shift+?")
    assert page.locator("#keys").is_visible()


def test_single_keys_can_be_switched_off(desk: Desk) -> None:
    desk.html["/off/"] = gallery().replace('data-keys="on"', 'data-keys="off"')
    desk.page.goto(f"{HOST}/off/")
    desk.page.evaluate("document.activeElement.blur()")
    desk.page.keyboard.press("/")
    assert desk.page.evaluate("document.activeElement.id") != "search-words"


def test_a_letter_typed_into_a_field_is_only_a_letter(desk: Desk) -> None:
    page = desk.open()
    page.locator("#id_name").focus()
    page.keyboard.type("n/?")
    assert page.locator("#id_name").input_value() == "n/?"
    assert not page.locator("#keys").is_visible()


def test_print_is_light_and_without_the_frame(desk: Desk) -> None:
    page = desk.open(theme="dark")
    page.emulate_media(media="print")
    assert page.evaluate("getComputedStyle(document.documentElement).getPropertyValue('--paper').trim()") in {
        "#fff",
        "#ffffff",
    }
    assert not page.locator(".rail").is_visible()
    assert not page.locator(".top").is_visible()
