# SPDX-License-Identifier: AGPL-3.0-or-later
"""The pages: programmes of the organisation, packs to read and compare, and the way to start one."""

from __future__ import annotations

from datetime import date
from html import unescape

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from markupsafe import escape

from exitwork.journal.models import Entry
from exitwork.kernel.events import Happening
from exitwork.programmes import actions
from exitwork.programmes.models import Programme
from exitwork.programmes.packs.reading import read
from exitwork.programmes.packs.shelf import shipped
from exitwork.programmes.queries import EndWarning
from exitwork.programmes.seams import attention_item
from exitwork.programmes.words import PROGRAMME_STARTED, Form
from tests.organisations.conftest import House
from tests.programmes.conftest import Browser
from tests.programmes.packs import A_PACK, changed

pytestmark = pytest.mark.django_db

LIST = "/organisation/programmes/"
START = f"{LIST}start/"
PACKS = f"{LIST}packs/"
TYPED = {"name": "PAIRS Lyon", "form": "project", "starts": "2026-12-01", "ends": "2029-11-30"}


@pytest.fixture(autouse=True)
def _clock(house: House) -> object:
    with time_machine.travel(house.at, tick=False):
        yield


def read_page(browser: Browser, url: str) -> str:
    response = browser.get(url)
    assert response.status_code == 200, (url, response.status_code)
    return unescape(response.content.decode())


def page_of(programme: Programme) -> str:
    return f"{LIST}{programme.ref}/"


def test_the_list_shows_the_programmes_of_ones_organisation(
    browser: Browser, house: House, programme: Programme
) -> None:
    assert programme.name in read_page(browser.as_("Jonas", house), LIST)
    text = read_page(browser.as_("Odd", house), LIST)
    assert programme.name not in text
    assert "No programme yet" in text


def test_the_organisation_leads_to_its_programmes(
    browser: Browser, house: House, programme: Programme
) -> None:
    text = read_page(browser.as_("Jonas", house), "/organisation/")

    assert f'href="{LIST}"' in text
    assert "1 programme." in text


def test_whoever_may_not_start_one_reads_why_beside_the_button(browser: Browser, house: House) -> None:
    text = read_page(browser.as_("Jonas", house), LIST)

    assert "Only an administrator" in text
    assert f'href="{START}"' not in text
    assert f'href="{START}"' in read_page(browser.as_("Liv", house), LIST)


def test_a_programme_shows_its_pack_with_what_is_unknown_and_not_reviewed(
    browser: Browser, house: House, programme: Programme
) -> None:
    text = read_page(browser.as_("Jonas", house), page_of(programme))

    for words in (
        "Not reviewed",
        "Release preparation",
        "Education of responsibility",
        "Unknown",
        "proposed here",
        "partly unknown",
        "partly proposed here",
        "Not said",
        "S1 L610-612",
        "Sources disagree",
        "Until 6 months after release: a contact every week.",
        "Then on call.",
        "Voluntary: client",
    ):
        assert words in text, words
    assert "From prison to release" not in text.split("<title>")[1].split("</title>")[0]


def test_looking_at_a_programme_is_recorded(browser: Browser, house: House, programme: Programme) -> None:
    read_page(browser.as_("Jonas", house), page_of(programme))

    look = Entry.objects.filter(happening=Happening.LOOK.value, about_id=programme.pk).get()
    assert look.by_account == house.people["Jonas"].pk


@pytest.mark.parametrize("part", ["", "pack/", "change/", "end/", "adopt/"])
def test_a_programme_of_another_organisation_does_not_exist(
    browser: Browser, house: House, programme: Programme, part: str
) -> None:
    foreign = browser.as_("Kari", house).get(f"{page_of(programme)}{part}")
    nowhere = browser.as_("Kari", house).get(f"{LIST}22222-2/{part}")

    assert foreign.status_code == nowhere.status_code == 404
    assert programme.ref.encode() not in foreign.content


def test_every_pack_can_be_read_and_taken_away(browser: Browser, house: House) -> None:
    shelf = read_page(browser.as_("Odd", house), PACKS)

    for key, pack in shipped().items():
        assert pack.name in shelf
        assert pack.name in read_page(browser, f"{PACKS}{key}/")
        file = browser.get(f"{PACKS}{key}/file/")
        assert read(file.content.decode()) == pack
        assert f"{key}-{pack.version}.toml" in file.headers["Content-Disposition"]


def test_a_pack_that_knows_no_aims_starts_nothing(browser: Browser, house: House) -> None:
    response = browser.as_("Liv", house).post(f"{START}kick-off/", TYPED)

    assert "This pack does not say: Aims, Who it is for, What is offered." in unescape(
        response.content.decode()
    )
    assert not Programme.objects.exists()


def test_a_pack_nobody_ships_does_not_exist(browser: Browser, house: House) -> None:
    browser.as_("Odd", house)

    for url in (f"{PACKS}exit-nowhere/", f"{PACKS}exit-nowhere/file/", f"{START}exit-nowhere/"):
        assert browser.get(url).status_code == 404


def test_two_packs_stand_side_by_side(browser: Browser, house: House) -> None:
    text = read_page(browser.as_("Liv", house), f"{PACKS}compare/?first=pairs&second=exit-sweden")

    assert "PAIRS and Exit Sweden" in text
    assert "Tandem: a professional and a trained former" in text
    assert "Artemis" in text
    assert "differs" in text
    assert "the same" in text


@pytest.mark.parametrize("query", ["", "?first=pairs", "?first=pairs&second=nothing", "?first=&second="])
def test_without_two_packs_there_is_the_choice(browser: Browser, house: House, query: str) -> None:
    text = read_page(browser.as_("Liv", house), f"{PACKS}compare/{query}")

    assert "First pack" in text
    assert "differs" not in text


def test_a_lead_starts_a_programme_under_a_shipped_pack(browser: Browser, house: House) -> None:
    browser.as_("Liv", house)
    assert "PAIRS" in read_page(browser, START)

    response = browser.post(f"{START}pairs/", TYPED)

    programme = Programme.objects.get(name="PAIRS Lyon")
    assert response.status_code == 302
    assert response.headers["Location"] == page_of(programme)
    assert programme.ends == date(2029, 11, 30)
    assert programme.pack == shipped()["pairs"]


def test_the_start_form_begins_with_what_the_pack_says(browser: Browser, house: House) -> None:
    text = read_page(browser.as_("Liv", house), f"{START}pairs/")

    assert 'value="PAIRS"' in text
    assert 'value="2026-11-19"' in text
    assert '<option value="project" selected' in text


def test_sending_the_start_twice_starts_one(browser: Browser, house: House) -> None:
    browser.as_("Liv", house)
    first = browser.post(f"{START}pairs/", {**TYPED, "once": "the-same-token"})

    again = browser.post(f"{START}pairs/", {**TYPED, "once": "the-same-token"})

    assert Programme.objects.count() == 1
    assert again.headers["Location"] == first.headers["Location"]


def test_a_refused_start_keeps_what_was_typed_and_says_why(browser: Browser, house: House) -> None:
    response = browser.as_("Liv", house).post(f"{START}pairs/", {**TYPED, "ends": ""})

    text = unescape(response.content.decode())
    assert "A project has an end. Say the last day." in text
    assert 'value="PAIRS Lyon"' in text
    assert not Programme.objects.exists()


def test_who_may_not_start_one_is_refused_and_the_attempt_is_recorded(browser: Browser, house: House) -> None:
    response = browser.as_("Jonas", house).post(f"{START}pairs/", TYPED)

    assert "Only an administrator" in unescape(response.content.decode())
    assert not Programme.objects.exists()
    assert Entry.objects.filter(
        happening=Happening.REFUSAL.value, by_account=house.people["Jonas"].pk
    ).exists()
    assert not Entry.objects.filter(event=PROGRAMME_STARTED.name).exists()


def test_a_programme_starts_from_a_file(browser: Browser, house: House) -> None:
    typed = {"name": "Exit Nord", "form": "programme", "starts": "2026-12-01"}
    file = SimpleUploadedFile("exit-nord.toml", A_PACK.encode())

    response = browser.as_("Asa", house).post(f"{START}file/", {**typed, "pack": file})

    programme = Programme.objects.get()
    assert response.headers["Location"] == page_of(programme)
    assert browser.get(f"{page_of(programme)}pack/").content.decode() == A_PACK


def test_a_broken_file_is_named_line_by_line_and_starts_nothing(browser: Browser, house: House) -> None:
    typed = {"name": "Exit Nord", "form": "programme", "starts": "2026-12-01"}
    text = changed('kind = "exit"', 'kind = "exits"').replace('"NO"', '"Norway"')
    file = SimpleUploadedFile("exit-nord.toml", text.encode())

    response = browser.as_("Asa", house).post(f"{START}file/", {**typed, "pack": file})

    shown = unescape(response.content.decode())
    assert "exit-nord.toml:5: “exits” is not known here. Did you mean “exit”?" in shown
    assert "exit-nord.toml:8: “Norway” is no country code such as “DE”." in shown
    assert 'value="Exit Nord"' in shown
    assert not Programme.objects.exists()


@pytest.mark.parametrize("content", [b"", b"\xff\xfe\x00", b"x" * 200_001, b"PK\x03\x04"])
def test_what_is_no_pack_file_is_refused_with_a_sentence(
    browser: Browser, house: House, content: bytes
) -> None:
    typed = {"name": "Exit Nord", "form": "programme", "starts": "2026-12-01"}
    file = SimpleUploadedFile("exit-nord.toml", content)

    response = browser.as_("Asa", house).post(f"{START}file/", {**typed, "pack": file})

    assert response.status_code == 200
    assert "Please look at this again" in response.content.decode()
    assert not Programme.objects.exists()


def test_name_and_days_are_changed(browser: Browser, house: House, programme: Programme) -> None:
    typed = {"name": "Through the gate", "starts": "2026-01-01", "ends": "2027-06-30", "version": "1"}

    response = browser.as_("Liv", house).post(f"{page_of(programme)}change/", typed)

    programme.refresh_from_db()
    assert response.status_code == 302
    assert (programme.name, programme.ends) == ("Through the gate", date(2027, 6, 30))


def test_a_stale_change_shows_both_and_loses_nothing(
    browser: Browser, house: House, programme: Programme
) -> None:
    typed = {"name": "Through the gate", "starts": "2026-01-01", "ends": "", "version": "1"}
    browser.as_("Liv", house).post(f"{page_of(programme)}change/", typed)

    response = browser.as_("Asa", house).post(f"{page_of(programme)}change/", {**typed, "name": "Gate"})

    text = unescape(response.content.decode())
    assert response.status_code == 409
    assert "Changed by both" in text
    assert "Through the gate" in text
    assert 'value="Gate"' in text
    assert 'name="version" value="2"' in text


def test_the_end_is_set(browser: Browser, house: House, programme: Programme) -> None:
    browser.as_("Liv", house).post(f"{page_of(programme)}end/", {"ends": "2026-12-31"})

    programme.refresh_from_db()
    assert programme.ends == date(2026, 12, 31)
    assert "ends within 3 months" in read_page(browser, LIST)


def test_an_ended_programme_says_so(browser: Browser, house: House, programme: Programme) -> None:
    actions.end_programme(programme=programme, ends=date(2026, 2, 1), by=house.by("Liv"), at=house.at)

    assert "It has ended." in read_page(browser.as_("Jonas", house), page_of(programme))
    assert "ended" in read_page(browser, LIST)


def test_a_newer_pack_is_adopted_from_a_file(browser: Browser, house: House) -> None:
    programme = actions.start_programme(
        organisation=house.oslo, pack=read(A_PACK), starts=date(2026, 1, 1), by=house.by("Liv"), at=house.at
    )
    file = SimpleUploadedFile("exit-nord.toml", changed("version = 1\nname", "version = 2\nname").encode())
    later = house.at.replace(hour=15)

    with time_machine.travel(later, tick=False):
        response = browser.as_("Liv", house).post(f"{page_of(programme)}adopt/", {"pack": file})

    programme.refresh_from_db()
    assert response.status_code == 302
    assert programme.pack_version == 2
    assert "version 2" in read_page(browser, page_of(programme))


def test_without_a_newer_version_there_is_nothing_to_adopt(
    browser: Browser, house: House, programme: Programme
) -> None:
    response = browser.as_("Liv", house).post(f"{page_of(programme)}adopt/", {"pack": ""})

    assert "No newer version is shipped" in response.content.decode()


def test_a_list_of_many_takes_as_many_queries_as_a_list_of_one(browser: Browser, house: House) -> None:
    def queries() -> int:
        with CaptureQueriesContext(
            connection,
        ) as captured:
            read_page(browser, LIST)
        return len(captured)

    def another(name: str) -> None:
        actions.start_programme(
            organisation=house.oslo,
            pack=shipped()["exit-sweden"],
            form=Form.PROGRAMME,
            name=name,
            starts=date(2026, 1, 1),
            ends=date(2027, 1, 1),
            by=house.by("Liv"),
            at=house.at,
        )

    browser.as_("Liv", house)
    another("Exit 0")
    read_page(browser, LIST)
    one = queries()
    for number in range(1, 12):
        another(f"Exit {number}")

    assert queries() == one


def test_nobody_reads_anything_without_signing_in(browser: Browser) -> None:
    for url in (LIST, START, PACKS, f"{PACKS}pairs/", f"{PACKS}pairs/file/"):
        assert browser.get(url).status_code == 302


def test_an_end_that_comes_near_names_its_day_as_a_day_not_as_letters_of_markup() -> None:
    item = attention_item(EndWarning("7F3K2-M", "Exit <Nord>", date(2026, 12, 4), 3, 15))
    assert escape(item["detail"]).startswith(
        'The last day is <time datetime="2026-12-04">Fri, 4 Dec 2026</time>'
    )
    assert "&lt;Nord&gt;" in escape(item["title"])
