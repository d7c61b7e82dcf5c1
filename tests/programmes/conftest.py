# SPDX-License-Identifier: AGPL-3.0-or-later
"""A house with people, and a programme in it."""

from __future__ import annotations

from datetime import date

import pytest
from django.test import Client

from exitwork.accounts.sessions import HAS_FACTOR
from exitwork.programmes import actions
from exitwork.programmes.models import Programme
from exitwork.programmes.packs.shelf import shipped
from exitwork.programmes.words import Form
from tests.organisations.conftest import House, house, opened

__all__ = ["House", "house", "opened"]


@pytest.fixture
def programme(house: House) -> Programme:
    """Exit Oslo runs the prison programmes, without an end."""
    return actions.start_programme(
        organisation=house.oslo,
        pack=shipped()["vpn-prison"],
        form=Form.PROGRAMME,
        name="From prison to release",
        starts=date(2026, 1, 1),
        by=house.by("Liv"),
        at=house.at,
    )


class Browser(Client):
    """A browser in which somebody is signed in."""

    def as_(self, name: str, house: House) -> Browser:
        """Sign in as somebody of the house."""
        self.force_login(house.people[name])
        session = self.session
        session[HAS_FACTOR] = True
        session.save()
        return self


@pytest.fixture
def browser() -> Browser:
    """A browser."""
    return Browser()
