# SPDX-License-Identifier: AGPL-3.0-or-later
"""The first case: opened, written in, seen on the timeline and in the journal, and by nobody else."""

from __future__ import annotations

import pytest

from exitwork.cases.models import Assignment, Management
from exitwork.cases.words import Function
from exitwork.contacts.actions import correct_note
from exitwork.contacts.models import Contact, EarlierVersion
from exitwork.contacts.words import Layer
from exitwork.journal.queries import entries_about
from exitwork.kernel.standing import OrganisationKind, Role
from exitwork.organisations.words.kinds import Branch, Kind
from tests.world import World

pytestmark = pytest.mark.django_db


@pytest.fixture
def oslo(world: World) -> World:
    """Exit Oslo: Asa manages Heron, Per works there too, Liv leads; Kari works in Ila prison."""
    world.given_a_worker("Asa", of="Exit Oslo")
    world.given_a_worker("Per", of="Exit Oslo")
    world.given_a_worker("Liv", of="Exit Oslo", roles=(Role.LEAD,))
    world.given_a_worker("Ada", of="Exit Oslo", roles=(Role.ADMINISTRATOR,))
    world.given_an_organisation("Ila prison", Kind.STATE, Branch.PRISON)
    world.given_a_worker("Kari", of="Ila prison", roles=(Role.PRACTITIONER, Role.LEAD))
    world.given_a_case("Heron", managed_by="Asa")
    return world


@pytest.mark.both_databases
def test_who_opens_a_case_manages_it_and_colleagues_do_not_see_it(oslo: World) -> None:
    assert oslo.as_("Asa").sees("Heron")
    assert oslo.as_("Liv").sees("Heron")
    assert not oslo.as_("Per").sees("Heron")
    assert not oslo.as_("Ada").sees("Heron")
    assert not oslo.as_("Kari").sees("Heron")


@pytest.mark.both_databases
def test_a_deputy_sees_the_case_from_that_moment_until_relieved(oslo: World) -> None:
    oslo.later(hours=1).as_("Asa").assigns("Per", to="Heron", as_=Function.DEPUTY)

    assert oslo.as_("Per").sees("Heron")

    oslo.later(hours=1).as_("Asa").assigns("Liv", to="Heron", as_=Function.DEPUTY)
    assert not oslo.as_("Per").sees("Heron")
    assert Assignment.objects.in_force(oslo.at).filter(function=Function.DEPUTY).count() == 1


@pytest.mark.both_databases
def test_there_is_exactly_one_case_manager_at_every_moment(oslo: World) -> None:
    opened_at = oslo.at
    oslo.later(days=3).as_("Asa").hands_over("Heron", to="Per")
    handed_over_at = oslo.at

    chain = Management.objects.filter(case=oslo.case("Heron"))
    for moment, manager in ((opened_at, "Asa"), (handed_over_at, "Per")):
        held = chain.in_force(moment).values_list("account__name", flat=True)
        assert list(held) == [manager]
    assert not oslo.as_("Asa").sees("Heron")


@pytest.mark.both_databases
def test_a_state_worker_is_never_put_on_a_csos_case(oslo: World) -> None:
    with oslo.refuses("cases.team.no_casework"):
        oslo.as_("Asa").assigns("Kari", to="Heron", as_=Function.SPECIALIST)


def test_even_an_assignment_by_mistake_opens_nothing_to_the_state(oslo: World) -> None:
    kari = oslo.standing("Kari").but(reach=frozenset({oslo.organisations["Exit Oslo"].pk}))
    assert kari.organisation_kind is OrganisationKind.STATE

    from exitwork.cases.rules import may_read_case

    assert not may_read_case.decide(kari, oslo.case("Heron"), oslo.at)


@pytest.mark.both_databases
def test_a_working_note_is_its_authors_alone_until_it_is_promoted(oslo: World) -> None:
    oslo.as_("Asa").assigns("Per", to="Heron", as_=Function.DEPUTY)
    note = oslo.later(hours=1).as_("Asa").writes("He is afraid.", on="Heron", layer=Layer.WORKING_NOTE)

    def read_by(name: str) -> bool:
        return bool(Contact.objects.visible_to(oslo.standing(name), oslo.at).filter(pk=note.pk).exists())

    assert read_by("Asa")
    assert not read_by("Per")
    assert not read_by("Liv")

    oslo.as_("Asa").promotes(note)
    assert read_by("Per")
    assert read_by("Liv")


@pytest.mark.both_databases
def test_what_a_note_said_while_it_was_private_stays_its_authors(oslo: World) -> None:
    asa = oslo.as_("Asa")
    note = asa.writes("A raw thought.", on="Heron", layer=Layer.WORKING_NOTE)
    correct_note(
        contact=note,
        version=1,
        text="A measured sentence.",
        kind=note.kind,
        happened_at=note.happened_at,
        minutes=None,
        by=asa.standing,
        at=oslo.later(minutes=1).at,
    )
    note.refresh_from_db()
    asa.promotes(note)

    assert EarlierVersion.objects.visible_to(oslo.standing("Asa"), oslo.at).count() == 1
    assert EarlierVersion.objects.visible_to(oslo.standing("Liv"), oslo.at).count() == 0


@pytest.mark.both_databases
def test_somebody_kept_out_sees_nothing_though_he_leads(oslo: World) -> None:
    oslo.given_a_worker("Ola", of="Exit Oslo", roles=(Role.LEAD,))
    assert oslo.later(hours=1).as_("Ola").sees("Heron")

    oslo.as_("Liv").keeps_out("Ola", of="Heron")

    assert not oslo.as_("Ola").sees("Heron")


@pytest.mark.both_databases
def test_an_emergency_opens_one_case_for_four_hours(oslo: World) -> None:
    opening = oslo.later(hours=1).as_("Per").opens_in_emergency("Heron")

    assert oslo.as_("Per").sees("Heron")
    assert opening.reason.open() == "He calls from the station, afraid."
    assert not oslo.later(hours=4).as_("Per").sees("Heron")


def test_the_case_manager_sees_an_emergency_opening_at_once(oslo: World) -> None:
    oslo.as_("Per").opens_in_emergency("Heron")

    today = oslo.as_("Asa").browser().get("/").content.decode()

    assert "was opened in an emergency by Per" in today
    assert "was opened in an emergency" not in oslo.as_("Ada").browser().get("/").content.decode()


@pytest.mark.both_databases
def test_an_unreviewed_opening_blocks_the_next_one_after_a_week(oslo: World) -> None:
    oslo.as_("Per").opens_in_emergency("Heron")

    with oslo.later(days=7).refuses("may_open_in_emergency.owes_a_review"):
        oslo.as_("Per").opens_in_emergency("Heron")


@pytest.mark.both_databases
def test_a_refused_action_leaves_nothing_behind(oslo: World) -> None:
    before = Contact.objects.count()

    with oslo.refuses("may_write_in_case.is_assigned"):
        oslo.as_("Per").writes("I should not be here.", on="Heron")

    assert Contact.objects.count() == before


@pytest.mark.both_databases
def test_every_step_stands_in_the_journal(oslo: World) -> None:
    oslo.as_("Asa").writes("First talk.", on="Heron")

    events = [entry.event for entry in entries_about(oslo.case("Heron"))]

    assert events[0] == "contacts.note.written"
    assert "cases.case.opened" in events


def test_a_colleague_who_may_not_see_the_case_gets_a_404(oslo: World) -> None:
    ref = oslo.case("Heron").ref

    assert oslo.as_("Asa").browser().get(f"/cases/{ref}/").status_code == 200
    assert oslo.as_("Per").browser().get(f"/cases/{ref}/").status_code == 404


def test_a_foreign_case_and_none_are_one_answer_byte_for_byte(oslo: World) -> None:
    browser = oslo.as_("Kari").browser()

    foreign = browser.get(f"/cases/{oslo.case('Heron').ref}/")
    nothing = browser.get("/cases/7F3K2-M/")

    assert (foreign.status_code, foreign.content) == (nothing.status_code, nothing.content)
    assert foreign.headers.items() == nothing.headers.items()


def test_a_note_written_on_the_page_stands_on_the_timeline_and_in_the_journal(oslo: World) -> None:
    ref = oslo.case("Heron").ref
    browser = oslo.as_("Asa").browser()

    sent = {"text": "Walked along the river.", "layer": "record", "once": "token-1"}
    answer = browser.post(f"/cases/{ref}/notes/new/", sent)
    again = browser.post(f"/cases/{ref}/notes/new/", sent)

    assert (answer.status_code, again.status_code) == (302, 302)
    assert Contact.objects.filter(case=oslo.case("Heron")).count() == 1
    assert b"Walked along the river." in browser.get(f"/cases/{ref}/timeline/").content
    assert b"Note written" in browser.get(f"/cases/{ref}/seen/").content


def test_opening_the_case_page_is_itself_in_the_journal(oslo: World) -> None:
    case = oslo.case("Heron")

    oslo.as_("Liv").browser().get(f"/cases/{case.ref}/")

    latest = entries_about(case)[0]
    assert (latest.event, latest.by_name) == ("pages.thing.seen", "Liv")


def test_words_typed_and_not_sent_stand_in_the_form_again(oslo: World) -> None:
    ref = oslo.case("Heron").ref
    browser = oslo.as_("Asa").browser()

    kept = browser.post(f"/drafts/note/{ref}/", {"text": "Half a thought", "kind": "phone"})

    assert kept.status_code == 200
    assert b"Half a thought" in browser.get(f"/cases/{ref}/notes/new/").content
    assert b"Half a thought" not in oslo.as_("Liv").browser().get(f"/cases/{ref}/notes/new/").content


def test_a_draft_that_arrives_after_its_words_were_sent_is_not_kept(oslo: World) -> None:
    ref = oslo.case("Heron").ref
    browser = oslo.as_("Asa").browser()
    words = {"text": "Sent and done.", "once": "token-7"}

    browser.post(f"/cases/{ref}/notes/new/", words)
    browser.post(f"/drafts/note/{ref}/", words)

    assert b"Sent and done." not in browser.get(f"/cases/{ref}/notes/new/").content


def test_two_who_correct_the_same_note_meet_on_the_merge_page(oslo: World) -> None:
    note = oslo.as_("Asa").writes("He said Tuesday.", on="Heron", minutes=10)
    url = f"/cases/{oslo.case('Heron').ref}/notes/{note.ref}/correct/"
    browser = oslo.as_("Asa").browser()
    first = {
        "version": 1,
        "text": "He said Wednesday.",
        "kind": "conversation",
        "minutes": 10,
        "happened_at": "2026-11-19 13:00",
    }

    assert browser.post(url, {**first, "once": "a"}).status_code == 302
    second = browser.post(url, {**first, "text": "He said Thursday.", "minutes": 25, "once": "b"})

    assert second.status_code == 409
    for words in (b"He said Tuesday.", b"He said Wednesday.", b"He said Thursday."):
        assert words in second.content
    note.refresh_from_db()
    assert note.text.open() == "He said Wednesday."
