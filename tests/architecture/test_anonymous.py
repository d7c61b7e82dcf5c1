# SPDX-License-Identifier: AGPL-3.0-or-later
"""Who has not signed in meets the sign-in at every address, but for the few that are public."""

from __future__ import annotations

import pytest
from django.test import Client

from tests.architecture.addresses import asked, filled, routes
from tests.architecture.cast import Cast

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("standing_clock")]
# Each with its reason; whatever is not here asks for a sign-in.
PUBLIC = {
    "/authority.crt": "what a device is told to believe; no secret",
    "/calendar/<str:token>.ics": "a calendar program asks with its long secret address",
    "/demo/": "the people of a demo; not there otherwise",
    "/demo/sign-in/": "signing in as one of them; not there otherwise",
    "/demo/story/": "what the demo shows; not there otherwise",
    "/display/": "light or dark, before anyone signed in",
    "/healthz": "a probe asks whether the process lives",
    "/invitation/": "a code from paper is typed in",
    "/invitation/<str:code>/": "a link from a letter is followed",
    "/invitation/password/": "who was let in by a code chooses a password",
    "/readyz": "a probe asks whether pages can be served",
    "/sign-in/": "the sign-in itself",
}


@pytest.mark.parametrize("route", routes())
def test_a_stranger_is_sent_to_sign_in(cast: Cast, route: str) -> None:
    for scene in ("Heron", "none"):
        for method in ("GET", "POST"):
            answer = asked(Client(), method, filled(route, cast.scenes[scene]))
            if route not in PUBLIC:
                assert answer.outcome == "sign-in", f"{method} {route} answered {answer.status}"
            assert b"Heron" not in answer.body


def test_every_public_address_exists() -> None:
    assert set(PUBLIC) <= set(routes())
