# SPDX-License-Identifier: AGPL-3.0-or-later
"""The pages about people: what opens where, what leaves a line, what nobody learns."""

from __future__ import annotations

import re
from datetime import datetime

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from exitwork.journal.models import Entry
from exitwork.people import actions, queries
from exitwork.people.models import (
    ContactSafety,
    Dependant,
    Exclusion,
    Face,
    Identity,
    IdentityOpening,
    Merge,
    Person,
    Wall,
)
from tests.people.conftest import World

WORDS = ("Jonas", "Berg", "900 00 000", "Marit hair")
WHY = "The hostel asks for a date of birth tonight"


@pytest.fixture
def named(world: World, at: datetime) -> World:
    """Jonas with a name, a phone and a settled way to reach him."""
    actions.note_identity(
        person=world.jonas,
        wanted_name="Jonas",
        phone="900 00 000",
        legal_name="Jonas Berg",
        by=world.by("Asa"),
        at=at,
    )
    actions.settle_safety(
        person=world.jonas,
        face=world.face(),
        hours={"text": "Mon-Fri 10:00-20:00"},
        saved_as="Marit hair",
        by=world.by("Asa"),
        at=at,
    )
    return world


def address(world: World, rest: str = "") -> str:
    return f"/people/{world.jonas.ref}/{rest}"


def once(page: bytes) -> str:
    """The one-time token of the last form on a page."""
    found: list[bytes] = re.findall(rb'name="once" value="([^"]+)"', page)
    return found[-1].decode()


def test_the_persons_page_opens_nothing(named: World) -> None:
    shown = named.signed_in("Asa").get(address(named))

    assert shown.status_code == 200
    assert b"Curlew" in shown.content
    assert not [word for word in WORDS if word.encode() in shown.content]
    assert Entry.objects.filter(event="pages.thing.seen", about_id=named.jonas.pk).count() == 1


def test_one_click_reaches_my_client_and_nothing_of_it_stands_in_address_or_title(named: World) -> None:
    shown = named.signed_in("Asa").post(address(named, "reach/"))

    assert shown.status_code == 200
    assert b"Jonas" in shown.content
    assert b"900 00 000" in shown.content
    assert b"Berg" not in shown.content
    title = re.search(rb"<title>(.*?)</title>", shown.content, re.S)
    assert title is not None
    assert b"Jonas" not in title[1]
    assert shown["Cache-Control"].count("no-store") == 1
    assert Entry.objects.filter(event="people.identity.reached", about_id=named.jonas.pk).count() == 1


def test_reaching_is_no_address_that_can_be_fetched(named: World) -> None:
    assert named.signed_in("Asa").get(address(named, "reach/")).status_code == 405


@pytest.mark.parametrize("name", ["Mona", "Liv"])
def test_whoever_is_not_near_the_client_is_told_why_not(named: World, name: str) -> None:
    browser = named.signed_in(name)

    refused = browser.post(address(named, "reach/"))
    assert refused.status_code == 403
    assert b"900 00 000" not in refused.content
    assert b"opens to the case team" in browser.get(address(named)).content
    assert Entry.objects.filter(event="pages.action.refused").exists()


FETCHED = (
    *("", "takes-in/", "identity/", "identity/note/", "safety/", "safety/lift/", "around/"),
    *("dependants/new/", "dependant/", "profile/", "merge/"),
)
POSTED = ("reach/", "reach/correct/", "safety/stop/", "apart/", "unmerge/", "identity/correct/")


@pytest.mark.parametrize("name", ["Eva", "Ruth", "Odd"])
def test_whoever_may_not_see_the_person_gets_the_page_that_is_not_there(named: World, name: str) -> None:
    browser = named.signed_in(name)

    for rest in FETCHED:
        theirs, nobodys = browser.get(address(named, rest)), browser.get(f"/people/23456-7/{rest}")
        assert theirs.status_code == nobodys.status_code == 404
        assert theirs.content == nobodys.content
    for rest in POSTED:
        theirs, nobodys = browser.post(address(named, rest)), browser.post(f"/people/23456-7/{rest}")
        assert theirs.status_code == nobodys.status_code == 404
        assert theirs.content == nobodys.content
    assert not Exclusion.objects.exists()


def test_a_name_opens_for_a_reason_in_the_answer_only(named: World) -> None:
    browser = named.signed_in("Asa")
    form = browser.get(address(named, "identity/"))
    assert b"Berg" not in form.content

    opened = browser.post(address(named, "identity/"), {"reason": "papers", "once": once(form.content)})

    assert b"Jonas Berg" in opened.content
    assert b"Berg" not in browser.get(address(named)).content
    assert b"fill in a paper" in browser.get(address(named)).content


def test_a_reloaded_answer_opens_nothing_again(named: World) -> None:
    browser = named.signed_in("Asa")
    typed = {"reason": "papers", "once": once(browser.get(address(named, "identity/")).content)}
    browser.post(address(named, "identity/"), typed)

    again = browser.post(address(named, "identity/"), typed)

    assert again.status_code == 302
    assert IdentityOpening.objects.count() == 1


def test_the_lead_types_a_reason_and_the_team_takes_note(named: World, at: datetime) -> None:
    lead, asa = named.signed_in("Liv"), named.signed_in("Asa")
    form = lead.get(address(named, "identity/"))
    thin = lead.post(address(named, "identity/"), {"reason": "danger", "once": once(form.content)})
    assert b"Say in 20 characters" in thin.content
    assert b"Berg" not in thin.content

    typed = {"reason": "danger", "words": WHY, "once": once(thin.content)}
    assert b"Jonas Berg" in lead.post(address(named, "identity/"), typed).content
    assert b"from outside the team" in asa.get(address(named)).content

    opening = IdentityOpening.objects.get()
    asa.post(address(named, f"identity/openings/{opening.pk}/"))
    assert not IdentityOpening.objects.unseen().exists()


def test_noting_shows_nothing_and_keeps_what_is_left_empty(named: World) -> None:
    browser = named.signed_in("Per")
    form = browser.get(address(named, "identity/note/"))
    assert b"900 00 000" not in form.content

    browser.post(
        address(named, "identity/note/"),
        {
            "birth_date-day": "3",
            "birth_date-month": "2",
            "birth_date-year": "1999",
            "once": once(form.content),
        },
    )

    identity = Identity.objects.get(person=named.jonas)
    assert identity.opened("birth_date", "phone") == {"birth_date": "1999-02-03", "phone": "900 00 000"}


def test_a_stale_correction_shows_both(named: World) -> None:
    asa, per = named.signed_in("Asa"), named.signed_in("Per")
    forms = [browser.post(address(named, "reach/")) for browser in (asa, per)]
    for browser, form, phone in ((asa, forms[0], "111"), (per, forms[1], "222")):
        answer = browser.post(
            address(named, "reach/correct/"),
            {"version": "2", "wanted_name": "Jonas", "phone": phone, "once": once(form.content)},
        )

    assert answer.status_code == 409
    assert b"111" in answer.content
    assert b"222" in answer.content
    assert Identity.objects.get(person=named.jonas).opened("phone") == {"phone": "111"}


def test_a_person_is_recorded_from_a_suggested_pseudonym(world: World) -> None:
    browser = world.signed_in("Eva")
    form = browser.get("/people/new/")
    suggested = re.search(rb'name="pseudonym"[^>]*value="([^"]+)"', form.content)
    assert suggested

    answer = browser.post(
        "/people/new/",
        {"pseudonym": suggested[1].decode(), "languages": "Arabic, de", "once": once(form.content)},
    )

    person = Person.objects.latest("created_at")
    assert answer["Location"] == f"/people/{person.ref}/"
    assert person.languages == ["ar", "de"]
    assert b"Arabic, German" in browser.get(answer["Location"]).content


def test_a_language_nobody_knows_is_named_and_what_was_typed_is_kept(world: World) -> None:
    browser = world.signed_in("Eva")
    form = browser.get("/people/new/")

    answer = browser.post(
        "/people/new/", {"pseudonym": "Wren", "languages": "Arabik", "once": once(form.content)}
    )

    assert answer.status_code == 200
    assert b"is no language known here" in answer.content
    assert b'value="Arabik"' in answer.content


def test_contact_safety_is_settled_on_its_page(named: World) -> None:
    browser = named.signed_in("Asa")
    form = browser.get(address(named, "safety/"))
    assert b"Marit hair" in form.content
    face = Face.objects.get()
    typed = {
        "version": "1",
        "face": str(face.pk),
        "paper": "look",
        "saved_as": "Marit",
        "hours_call": "Sat 10:00-12:00",
        "once": once(form.content),
    }

    bad = browser.post(address(named, "safety/"), {**typed, "hours_text": "evenings"})
    assert b"can&#39;t be read as hours" in bad.content
    browser.post(address(named, "safety/"), typed)

    safety = ContactSafety.objects.get()
    assert (safety.hours, safety.paper, safety.no_voicemail) == ({"call": "Sat 10:00-12:00"}, "look", False)


def test_a_stale_settling_keeps_what_was_typed(named: World) -> None:
    browser = named.signed_in("Asa")
    form = browser.get(address(named, "safety/"))

    answer = browser.post(
        address(named, "safety/"),
        {
            "version": "0",
            "face": str(Face.objects.get().pk),
            "paper": "look",
            "saved_as": "Typed by me",
            "once": once(form.content),
        },
    )

    assert answer.status_code == 409
    assert b"Typed by me" in answer.content


def test_the_button_stops_everything_and_a_colleague_lifts_it(named: World) -> None:
    asa, per = named.signed_in("Asa"), named.signed_in("Per")
    asa.post(address(named, "safety/stop/"))
    assert b"no longer safe" in per.get(address(named)).content

    form = per.get(address(named, "safety/lift/"))
    per.post(address(named, "safety/lift/"), {"how": "second-person", "once": once(form.content)})

    assert queries.open_stop(named.jonas) is None


def test_a_face_that_tells_is_refused_with_what_was_typed(world: World) -> None:
    browser = world.signed_in("Liv")
    form = browser.get("/people/faces/")

    answer = browser.post(
        "/people/faces/", {"name": "Harbour", "sender": "Exit Oslo", "once": once(form.content)}
    )

    assert b"tells what we do" in answer.content
    assert b'value="Exit Oslo"' in answer.content
    assert not Face.objects.exists()


def test_who_stands_around_is_noted_and_ended(world: World) -> None:
    browser = world.signed_in("Asa")
    form = browser.get(address(world, "around/"))
    browser.post(
        address(world, "around/"),
        {"who": "my brother Nils", "kind": "sibling", "knows": "no", "once": once(form.content)},
    )
    assert b"my brother Nils" in browser.get(address(world, "around/")).content

    (one,) = queries.around(world.jonas)
    browser.post(address(world, f"around/{one.ref}/end/"))

    assert queries.around(world.jonas) == []


def test_a_child_is_recorded_and_its_page_asks_for_no_ideology(world: World) -> None:
    browser = world.signed_in("Asa")
    form = browser.get(address(world, "dependants/new/"))
    browser.post(
        address(world, "dependants/new/"),
        {"pseudonym": "Wren", "born_in": "2019", "health": "Asthma", "once": once(form.content)},
    )
    child = Dependant.objects.get()

    page = browser.get(f"/people/{child.person.ref}/")
    record = browser.get(f"/people/{child.person.ref}/dependant/")
    profile = browser.get(f"/people/{child.person.ref}/profile/")

    assert b"Child or other dependant" in page.content
    assert b"Asthma" in record.content
    assert b'name="ideologies"' not in profile.content


def test_target_groups_are_noted_and_shown(world: World) -> None:
    browser = world.signed_in("Asa")
    form = browser.get(address(world, "profile/"))
    browser.post(
        address(world, "profile/"),
        {"target_groups": ["has-left", "online"], "ideologies": ["mixed"], "once": once(form.content)},
    )

    assert b"Has left already, Radicalising alone, online" in browser.get(address(world, "profile/")).content


def test_wall_keepers_have_a_page_nobody_else_has(world: World) -> None:
    asa, ruth = world.signed_in("Asa"), world.signed_in("Ruth")
    form = asa.get("/people/walls/new/")
    asa.post(
        "/people/walls/new/",
        {"kind": "siblings", "one": world.jonas.ref, "other": world.case.ref, "once": once(form.content)},
    )
    wall = Wall.objects.get()

    assert asa.get("/people/walls/").status_code == 404
    assert asa.get(f"/people/walls/{wall.ref}/").status_code == 404
    assert wall.one.encode() in ruth.get("/people/walls/").content

    form = ruth.get(f"/people/walls/{wall.ref}/")
    ruth.post(
        f"/people/walls/{wall.ref}/",
        {
            "answer": "apart",
            "look_again_on-day": "1",
            "look_again_on-month": "2",
            "look_again_on-year": "2035",
            "once": once(form.content),
        },
    )
    assert b"Keep apart" in ruth.get("/people/walls/").content


def test_an_exclusion_is_made_and_withdrawn_by_its_maker(world: World) -> None:
    mona = world.signed_in("Mona")
    mona.post(address(world, "apart/"))
    assert world.jonas.ref.encode() in mona.get("/people/apart/").content
    assert world.jonas.ref.encode() not in world.signed_in("Liv").get("/people/apart/").content

    mona.post(f"/people/apart/{world.jonas.ref}/end/")

    assert world.jonas.ref.encode() not in mona.get("/people/apart/").content


def test_two_records_become_one_and_two_again(world: World) -> None:
    browser = world.signed_in("Asa")
    form = browser.get("/people/new/")
    browser.post("/people/new/", {"pseudonym": "Wren", "once": once(form.content)})
    twin = Person.objects.latest("created_at")

    form = browser.get(address(world, "merge/"))
    unknown = browser.post(address(world, "merge/"), {"other": "23456-7", "once": once(form.content)})
    assert b"no such record among those you may see" in unknown.content
    browser.post(address(world, "merge/"), {"other": twin.ref.lower(), "once": once(unknown.content)})
    assert twin.ref.encode() in browser.get(address(world)).content

    browser.post(address(world, "unmerge/"), {"merge": str(Merge.objects.get().pk)})

    assert not Merge.objects.in_force().exists()


def test_nobody_gets_in_without_signing_in(world: World) -> None:
    answer = Client().get(address(world))

    assert answer.status_code == 302
    assert world.jonas.ref not in answer.content.decode()


def test_the_persons_page_asks_the_database_the_same_for_two_children_as_for_twenty(
    world: World, at: datetime
) -> None:
    browser = world.signed_in("Asa")
    counts = []
    for more in (2, 18):
        for _ in range(more):
            actions.record_dependant(guardian=world.jonas, by=world.by("Asa"), at=at)
        browser.get(address(world))
        with CaptureQueriesContext(
            connection,
        ) as asked:
            browser.get(address(world))
        counts.append(len(asked))

    assert counts[0] == counts[1] <= 60
