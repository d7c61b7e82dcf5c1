# SPDX-License-Identifier: AGPL-3.0-or-later
"""A browser and a served program, for journeys that need both.

* Without a Chromium on the machine these tests are skipped, and the run says so.
* The browser reaches this machine only; every request to another host fails the test.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import pytest
from django.contrib.staticfiles.handlers import StaticFilesHandler
from django.db.backends.base.base import BaseDatabaseWrapper
from django.test.testcases import LiveServerThread

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page, Request

NAMES = ("chromium", "chromium-browser", "google-chrome-stable", "google-chrome")


def chromium() -> str | None:
    """Where a Chromium is on this machine, or None."""
    chosen = os.environ.get("EXITWORK_TEST_CHROMIUM", "")
    return chosen or next((found for name in NAMES if (found := shutil.which(name))), None)


@pytest.fixture
def served(committed_database: BaseDatabaseWrapper) -> Iterator[str]:
    """The program served on a free port of this machine, on a database of the test's own."""
    thread = LiveServerThread("localhost", StaticFilesHandler)
    thread.daemon = True
    thread.start()
    thread.is_ready.wait()
    if thread.error:
        raise thread.error
    yield f"http://localhost:{thread.port}"
    thread.terminate()


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """One Chromium for all journeys of a process."""
    from playwright.sync_api import sync_playwright

    # Playwright's loop lives in this thread; Django takes that for an asynchronous view.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    with sync_playwright() as playwright:
        launched = playwright.chromium.launch(
            executable_path=chromium(), args=["--no-sandbox", "--disable-dev-shm-usage"]
        )
        yield launched
        launched.close()


@pytest.fixture
def browser_page(browser: Browser, served: str) -> Iterator[Page]:
    """A page of a fresh browser profile; no script error, no request to another host."""
    context = browser.new_context(base_url=served, locale="en-GB")
    page = context.new_page()
    strange: list[str] = []
    errors: list[str] = []

    def look(request: Request) -> None:
        if not request.url.startswith((served, "data:", "blob:")):
            strange.append(request.url)

    def note(error: Any) -> None:
        errors.append(str(error))

    page.on("request", look)
    page.on("pageerror", note)
    yield page
    context.close()
    assert not strange, f"the page asked other hosts: {strange}"
    assert not errors, f"the page's scripts failed: {errors}"
