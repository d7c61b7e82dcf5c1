# SPDX-License-Identifier: AGPL-3.0-or-later
"""Changing anything that somebody may not see changes no byte of any answer he gets (S3).

* Two worlds that differ only in changes hidden from somebody: his pages are asked in both, and
  status, headers and body must be the same. One-time tokens and drawn suggestions are levelled;
  the clock stands still, so there is no date to leave out.
* Pages are all addresses there are, filled with his own, a colleague's, a foreign and no thing;
  the words searched for and the reference typed in an emergency are those that were changed.
* Answers of the unchanged world are asked once and kept.
"""

from __future__ import annotations

import os
import re
from collections import Counter
from datetime import timedelta
from random import Random

import pytest
import time_machine
from django.db import transaction
from time_machine import escape_hatch

from exitwork.kernel.decisions import Refusal
from tests.architecture.addresses import Answer, asked, filled, routes
from tests.architecture.cast import NO_REF, ROLES, Cast, signed_in
from tests.architecture.changes import Change, changes

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("standing_clock")]
SHORT, PAGES_A_PAIR, CHANGES_A_WORLD = 100, 3, 3
SECONDS = float(os.environ.get("EXITWORK_TEST_SECONDS", "60"))  # 0: until the full count is reached
FULL = int(os.environ.get("EXITWORK_PROOF_PAIRS", "100000"))
REASON = "He calls from the station, afraid."
TOKEN = re.compile(rb"<input[^>]*name=\"(?:csrfmiddlewaretoken|once|pseudonym)\"[^>]*>|<meta[^>]*csrf[^>]*>")
CHALLENGE = re.compile(rb'"challenge": *"[^"]*"')  # a passkey is asked for with a fresh one each time
HEADERS_WITH_A_TOKEN = re.compile(rb'"X-CSRFToken": *"[^"]*"|&#34;X-CSRFToken&#34;: *&#34;[^&]*&#34;')
DRAWN_ANEW = {"/account/second-factor/app/add/"}  # a fresh secret for one's own app, in text and picture
Page = tuple[str, str, str]  # method, path, words


def levelled(answer: Answer) -> tuple[int, bytes, tuple[tuple[str, str], ...]]:
    """An answer without what is drawn anew for every page."""
    body = CHALLENGE.sub(b"", HEADERS_WITH_A_TOKEN.sub(b"", TOKEN.sub(b"", answer.body)))
    headers = tuple(header for header in answer.headers if header[0] != "Content-Length")
    return answer.status, body, headers


class Silence:
    """Pairs of worlds, compared."""

    def __init__(self, cast: Cast, seed: int) -> None:
        self.cast, self.random = cast, Random(seed)
        self.changes = changes(cast, self.random)
        self.pages = {role: self._pages(role) for role in ROLES}
        self.plain: dict[tuple[str, Page], tuple[int, bytes, tuple[tuple[str, str], ...]]] = {}
        self.counted: Counter[str] = Counter()

    def pair(self) -> None:
        """Two worlds and somebody who must not be able to tell them apart."""
        role = self.random.choice([role for role in ROLES if role != "paused"])
        hidden = [change for change in self.changes if role in change.hidden_from]
        made = self.random.sample(hidden, self.random.randint(1, CHANGES_A_WORLD))
        pages = self.random.sample(self.pages[role], PAGES_A_PAIR)
        before = {page: self._plain(role, page) for page in pages}
        whole = transaction.savepoint()
        done = [change.name for change in made if self._happens(change)]
        after = {page: self._ask(role, page) for page in pages}
        transaction.savepoint_rollback(whole)
        for page in pages:
            assert after[page] == before[page], f"{role} can tell {done} from {page}"
        self.counted["pairs"] += 1
        self.counted["pages"] += len(pages)
        self.counted["changes"] += len(done)

    def _happens(self, change: Change) -> bool:
        """Make the change; one that two others of the same world exclude is left out."""
        before = transaction.savepoint()
        try:
            change.do()
        except Refusal:
            transaction.savepoint_rollback(before)
            return False
        transaction.savepoint_commit(before)
        return True

    def _pages(self, role: str) -> list[Page]:
        scenes = [self.cast.scenes[case] for case in ROLES[role].relations.values()]
        paths = dict.fromkeys(filled(route, scene) for route in routes() for scene in scenes)
        found = [("GET", path, "") for path in paths if path not in DRAWN_ANEW]
        refs = [scene["case"] for scene in self.cast.scenes.values()]
        searched = [("POST", "/search/", words) for words in ("Word", "talk", "Chick", "Heron", "Mother")]
        return [*found, *searched * 4, *(("POST", "/emergency/", ref) for ref in refs if role != "lead")]

    def _plain(self, role: str, page: Page) -> tuple[int, bytes, tuple[tuple[str, str], ...]]:
        if (role, page) not in self.plain:
            self.plain[role, page] = self._ask(role, page)
        return self.plain[role, page]

    def _ask(self, role: str, page: Page) -> tuple[int, bytes, tuple[tuple[str, str], ...]]:
        method, path, words = page
        typed = {"words": words, "reference": words} if words else {}
        return levelled(asked(self.cast.browsers[role], method, path, **typed))


def test_nothing_hidden_changes_anything_seen(cast: Cast) -> None:
    silence = Silence(cast, seed=3)
    for _number in range(SHORT):
        silence.pair()

    assert silence.counted["changes"] > SHORT, "the worlds hardly differed"


def test_a_page_asked_for_twice_is_the_same_page(cast: Cast) -> None:
    """What differs by itself would be taken for a whisper, or hide one."""
    silence = Silence(cast, seed=7)
    page_of = {role: silence.pages[role] for role in ("administrator", "on-team")}
    restless = [
        (role, page)
        for role, pages in page_of.items()
        for page in dict.fromkeys(pages)
        if silence._ask(role, page) != silence._ask(role, page)
    ]

    assert restless == []


def test_what_is_seen_does_change_what_is_seen(cast: Cast) -> None:
    silence = Silence(cast, seed=5)
    page = ("GET", f"/cases/{cast.scenes['Heron']['case']}/timeline/", "")
    before = silence._plain("on-team", page)
    (note,) = [change for change in silence.changes if change.name == "a note of Heron"]
    note.do()

    assert silence._ask("on-team", page) != before, "this test could not fail"


def test_who_owes_a_review_hears_so_for_every_reference_alike(cast: Cast) -> None:
    world = cast.world
    opened = world.at
    world.as_("Eva").opens_in_emergency("Heron")
    with time_machine.travel(opened + timedelta(days=8), tick=False):
        answers = {
            levelled(asked(signed_in(world, "Eva"), "POST", "/emergency/", reference=ref, reason=REASON))
            for ref in (cast.scenes["Finch"]["case"], cast.scenes["Gull"]["case"], NO_REF)
        }

    assert len(answers) == 1, answers
    assert {status for status, _body, _headers in answers} == {403}


@pytest.mark.long
def test_nothing_hidden_changes_anything_seen_for_as_long_as_there_is_time(
    cast: Cast, capsys: pytest.CaptureFixture[str]
) -> None:
    silence = Silence(cast, seed=int(os.environ.get("EXITWORK_PROOF_SEED", "11")))
    began = escape_hatch.time.time()
    while (escape_hatch.time.time() - began < SECONDS) if SECONDS else (silence.counted["pairs"] < FULL):
        silence.pair()
    counted = silence.counted
    with capsys.disabled():
        print(
            f"\n  {counted['pairs']:,} pairs of worlds, {counted['changes']:,} hidden changes, "
            f"{counted['pages']:,} pages compared, 0 differences"
        )
