# SPDX-License-Identifier: AGPL-3.0-or-later
"""Every request has a moment, a standing, a zone and a language."""

from __future__ import annotations

from datetime import UTC, timedelta
from typing import Any

import pytest
import time_machine
from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest, HttpResponse
from django.test import RequestFactory
from django.utils import timezone, translation
from pytest_django import Settings

from exitwork.accounts.sessions import HAS_FACTOR
from exitwork.kernel.standing import NOBODY, Role
from exitwork.organisations.middleware import ACTING_FOR, StandingMiddleware
from tests.organisations.conftest import House

pytestmark = pytest.mark.django_db


def passed(user: Any, session: dict[str, Any], language: str = "en") -> tuple[HttpRequest, str, str]:
    """A request after the middleware, with the zone and language that held inside it."""
    held: list[str] = []

    def answer(_request: HttpRequest) -> HttpResponse:
        held.extend([timezone.get_current_timezone_name(), translation.get_language() or ""])
        return HttpResponse()

    request = RequestFactory().get("/")
    request.user = user
    request.session = session  # type: ignore[assignment]
    with translation.override(language):
        StandingMiddleware(answer)(request)
    return request, held[0], held[1]


def test_the_moment_is_aware_and_read_once(house: House) -> None:
    with time_machine.travel(house.at, tick=False):
        request, _zone, _language = passed(house.people["Asa"], {})

    assert request.at == house.at  # type: ignore[attr-defined]
    assert request.at.tzinfo is UTC  # type: ignore[attr-defined]


def test_who_has_not_signed_in_is_nobody_in_the_zone_of_the_installation(settings: Settings) -> None:
    settings.ZONE = "Asia/Amman"

    request, zone, language = passed(AnonymousUser(), {}, language="de")

    assert request.standing is NOBODY  # type: ignore[attr-defined]
    assert (zone, language) == ("Asia/Amman", "de")


def test_a_member_works_in_the_zone_of_the_organisation_and_in_his_own_language(house: House) -> None:
    house.people["Asa"].language = "ar"

    with time_machine.travel(house.at, tick=False):
        request, zone, language = passed(house.people["Asa"], {})

    assert request.standing.organisation == house.oslo.pk  # type: ignore[attr-defined]
    assert (zone, language) == ("Europe/Oslo", "ar")
    assert timezone.get_current_timezone_name() == "UTC"


@pytest.mark.parametrize("choice", ["", "nonsense", 7, None, "037c00c9-de27-4db8-b318-fb729f872eb0"])
def test_a_choice_that_means_nothing_never_opens_another_organisation(house: House, choice: Any) -> None:
    house.joins("Per", house.ila, Role.PRACTITIONER)

    with time_machine.travel(house.at + timedelta(hours=1), tick=False):
        request, _zone, _language = passed(house.people["Per"], {ACTING_FOR: choice})

    standing = request.standing  # type: ignore[attr-defined]
    assert standing.organisation in (None, house.oslo.pk)
    assert house.ila.pk not in standing.reach


@pytest.mark.parametrize(
    ("session", "strong"),
    [
        ({}, False),
        ({HAS_FACTOR: True}, True),
        ({"account_authentication_methods": [{"method": "password"}]}, False),
        ({"account_authentication_methods": [{"method": "mfa", "type": "webauthn"}]}, True),
    ],
)
def test_a_second_factor_counts_only_in_the_session_that_proved_it(
    house: House, session: dict[str, Any], strong: bool
) -> None:
    asa = house.people["Asa"]
    for_asa = {**session, "account_authentication_methods_user": str(asa.pk)}
    for_per = {
        "account_authentication_methods": [{"method": "mfa"}],
        "account_authentication_methods_user": "x",
    }

    with time_machine.travel(house.at, tick=False):
        own, _zone, _language = passed(asa, for_asa)
        foreign, _zone, _language = passed(asa, for_per)

    assert own.standing.has_second_factor is strong  # type: ignore[attr-defined]
    assert foreign.standing.has_second_factor is False  # type: ignore[attr-defined]
