# SPDX-License-Identifier: AGPL-3.0-or-later
"""The pages of the agenda in a browser: accessible in light and dark, on a phone, right to left."""

from __future__ import annotations

import os
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from django.conf import settings
from django.db.backends.base.base import BaseDatabaseWrapper
from django.urls import reverse

from exitwork.agenda.models import Appointment, Task
from exitwork.agenda.words import Kind, PrisonFooting, State
from exitwork.cases.models import Absence
from exitwork.cases.words import Function
from exitwork.kernel.standing import Role
from tests.world import World

if TYPE_CHECKING:
    from playwright.sync_api import Browser

pytestmark = pytest.mark.browser

PICTURES = os.environ.get("EXITWORK_TEST_PICTURES", "")
CLOTHES: list[tuple[str, Any, int]] = [
    ("en", "light", 1280),
    ("en", "dark", 1280),
    ("ar", "light", 1280),
    ("en", "light", 320),
]
STANDARD = {"runOnly": {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]}}


@pytest.fixture
def full_week(committed_database: BaseDatabaseWrapper, django_db_blocker: Any) -> Iterator[World]:
    """Asa leads and manages Heron; she has a full week, was away, and Per is away now."""
    with django_db_blocker.unblock():
        world = World(datetime.now(UTC) - timedelta(days=10))
        roles = (Role.CASE_WORKER, Role.LEAD)
        world.given_a_worker("Asa", of="Exit Oslo", roles=roles)
        world.given_a_worker("Per", of="Exit Oslo")
        world.given_a_case("Heron", managed_by="Asa")
        world.given_a_case("Wren", managed_by="Per")
        world.later(hours=1).as_("Asa").assigns("Per", to="Heron", as_=Function.DEPUTY)
        asa = world.later(hours=1).as_("Asa")
        absence = asa.is_away()
        world.later(days=5).as_("Per").writes("We met at the river.", on="Heron")
        asa.is_back(absence)
        kept = asa.plans("Heron", in_hours=1, place="The library")
        asa.plans("Heron", in_hours=3, place="The park")
        asa.sets_a_task("Ring the landlord", on="Heron", due=world.at.date())
        asa.sets_a_task("Order a key for the flat")
        world.later(days=4)
        asa.says_it_was(State.KEPT, kept)
        world.as_("Per").is_away()
        world.at = datetime.now(UTC)
        asa.plans("Heron", in_hours=1, place="The library", needs_interpreter=True)
        asa.plans("Heron", in_hours=1.5, kind=Kind.PRISON_VISIT, prison_footing=PrisonFooting.ASKED_FOR)
        yield world


def addresses(world: World) -> dict[str, str]:
    """The pages looked at, by name."""
    case = world.case("Heron").ref
    planned = Appointment.objects.filter(state=State.PLANNED).order_by("starts_at")
    over = Absence.objects.get(account=world.accounts["Asa"].pk)
    task = Task.objects.filter(case=world.case("Heron"), account=world.accounts["Asa"].pk).get()
    return {
        "today": "/",
        "week": reverse("agenda:week"),
        "case": reverse("agenda:case", args=[case]),
        "plan": reverse("agenda:plan", args=[case]),
        "past": reverse("agenda:appointment", args=[case, planned[0].ref]),
        "ahead": reverse("agenda:appointment", args=[case, planned[1].ref]),
        "change": reverse("agenda:change", args=[case, planned[1].ref]),
        "task": reverse("agenda:task", args=[task.ref]),
        "away": reverse("agenda:away"),
        "meanwhile": reverse("agenda:meanwhile", args=[over.ref]),
        "calendar": reverse("agenda:calendar"),
        "workload": reverse("agenda:workload"),
    }


@pytest.mark.parametrize(("language", "scheme", "width"), CLOTHES)
def test_every_page_of_the_agenda_is_accessible(
    full_week: World, browser: Browser, served: str, language: str, scheme: Any, width: int
) -> None:
    from axe_playwright_python.sync_playwright import Axe

    full_week.speaks("Asa", language)
    context = browser.new_context(
        base_url=served,
        viewport={"width": width, "height": 800},
        color_scheme=scheme,
        locale=language,
        bypass_csp=True,  # axe puts its own script into the page; the page's policy is tested elsewhere
    )
    page = context.new_page()
    session = full_week.as_("Asa").browser().cookies[settings.SESSION_COOKIE_NAME]
    context.add_cookies([{"name": session.key, "value": session.value, "url": served}])
    wrong: dict[str, list[str]] = {}
    for name, address in addresses(full_week).items():
        answer = page.goto(address)
        assert answer is not None
        assert answer.status == 200, name
        found = Axe().run(page, options=STANDARD).response["violations"]
        said = [f"{one['id']}: {node['html'][:160]}" for one in found for node in one["nodes"]]
        if page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth"):
            said.append("is wider than the window")
        if PICTURES:
            picture = Path(PICTURES) / f"agenda-{name}-{language}-{scheme}-{width}.png"
            page.screenshot(path=str(picture), full_page=True)
        if said:
            wrong[name] = said
    context.close()

    assert not wrong
