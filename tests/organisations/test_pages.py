# SPDX-License-Identifier: AGPL-3.0-or-later
"""The organisation's pages: what stands on them, who gets which answer, and what they cost."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest
import time_machine
from django.contrib.auth.hashers import UNUSABLE_PASSWORD_PREFIX
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from exitwork.accounts.models import Account, Invitation
from exitwork.accounts.sessions import HAS_FACTOR
from exitwork.journal.models import Entry
from exitwork.kernel.standing import Role
from exitwork.organisations import actions
from exitwork.organisations.middleware import ACTING_FOR
from exitwork.organisations.models import Membership, Organisation, RoleGrant, Site
from exitwork.organisations.words.kinds import Reach
from tests.organisations.conftest import House

pytestmark = pytest.mark.django_db

PAGES = [
    "/organisation/",
    "/organisation/law/",
    "/organisation/settings/",
    "/organisation/acting-for/",
    "/organisation/people/",
    "/organisation/people/invite/",
    "/organisation/sites/",
    "/organisation/sites/add/",
]

Browser = Callable[[str], Client]


@pytest.fixture(autouse=True)
def _clock(house: House) -> Iterator[None]:
    with time_machine.travel(house.at, tick=False):
        yield


@pytest.fixture
def browser(house: House) -> Browser:
    """Opens somebody's browser, signed in with a second factor."""

    def opened(name: str) -> Client:
        client = Client()
        client.force_login(house.people[name])
        session = client.session
        session[HAS_FACTOR] = True
        session.save()
        return client

    return opened


def text(response: Any) -> str:
    """What the page says."""
    return str(response.content.decode())


@pytest.mark.parametrize("path", PAGES)
@pytest.mark.parametrize("who", ["Asa", "Liv", "Kari"])
def test_every_page_opens_for_colleagues_of_both_kinds_alike(browser: Browser, who: str, path: str) -> None:
    assert browser(who).get(path).status_code == 200


@pytest.mark.parametrize("path", PAGES)
def test_nobody_reads_them_without_signing_in(path: str) -> None:
    assert Client().get(path).status_code == 302


def test_the_overview_says_kind_limits_law_and_numbers(browser: Browser) -> None:
    page = text(browser("Asa").get("/organisation/"))

    assert "cannot enter a prison without a mandate" in page
    assert "Nobody has reviewed this legal profile" in page
    assert "Norway" in page
    assert "Fewer than two people" not in page


def test_the_overview_warns_while_one_person_alone_administers(browser: Browser) -> None:
    assert "Fewer than two people can administer" in text(browser("Kari").get("/organisation/"))


def test_an_interpreter_sees_no_colleague(browser: Browser, house: House) -> None:
    noor = browser("Noor")

    page = text(noor.get("/organisation/people/"))

    assert "Jonas" not in page
    assert "Asa" not in page
    assert noor.get(f"/organisation/people/{house.members['Jonas'].ref}/").status_code == 404


def test_a_colleague_of_another_organisation_is_not_there(browser: Browser, house: House) -> None:
    theirs = browser("Kari").get(f"/organisation/people/{house.members['Jonas'].ref}/")
    nobodys = browser("Kari").get("/organisation/people/23456-X/")

    assert (theirs.status_code, nobodys.status_code) == (404, 404)
    assert theirs.content == nobodys.content


def test_no_name_stands_in_title_or_address(browser: Browser, house: House) -> None:
    page = text(browser("Asa").get(f"/organisation/people/{house.members['Jonas'].ref}/"))

    assert "Jonas" in page
    assert "Jonas" not in page.split("<title>")[1].split("</title>")[0]


def test_reading_a_colleagues_page_is_recorded(browser: Browser, house: House) -> None:
    browser("Asa").get(f"/organisation/people/{house.members['Jonas'].ref}/")

    look = Entry.objects.filter(happening="look").latest("id")
    assert (look.by_account, look.about_id) == (house.people["Asa"].pk, house.members["Jonas"].pk)


def test_a_case_worker_sees_the_button_switched_off_with_its_reason(browser: Browser) -> None:
    page = text(browser("Jonas").get("/organisation/people/"))

    assert 'aria-disabled="true"' in page
    assert "Only an administrator of the organisation may do this." in page


def test_a_refused_attempt_keeps_what_was_typed_and_is_recorded(browser: Browser) -> None:
    typed = {"name": "Mia", "email": "mia@exit.example", "carried": "printed", "once": "a"}

    page = browser("Jonas").post("/organisation/people/invite/", typed)

    assert page.status_code == 200
    assert "mia@exit.example" in text(page)
    assert not Account.objects.filter(email="mia@exit.example").exists()
    assert Entry.objects.filter(happening="refusal").exists()


def test_a_printed_invitation_shows_its_code_once(browser: Browser) -> None:
    asa = browser("Asa")
    typed = {
        "name": "Mia",
        "email": "mia@exit.example",
        "carried": "printed",
        "roles": ["mentor"],
        "once": "a",
    }

    first = asa.post("/organisation/people/invite/", typed)
    again = asa.post("/organisation/people/invite/", typed)

    assert "This code is shown once" in text(first)
    assert again.status_code == 302
    mia = Account.objects.get(email="mia@exit.example")
    assert mia.password.startswith(UNUSABLE_PASSWORD_PREFIX)
    assert RoleGrant.objects.get(account=mia).role == Role.MENTOR


def test_a_lost_invitation_is_made_anew_and_the_first_one_ends(browser: Browser, house: House) -> None:
    new = actions.invite(
        organisation=house.oslo, email="mia@exit.example", name="Mia", by=house.by("Asa"), at=house.at
    )
    asa, path = browser("Asa"), f"/organisation/people/{new.ref}/invite/"
    assert asa.get(path).status_code == 200

    page = text(asa.post(path, {"carried": "printed", "once": "a"}))

    assert "This code is shown once" in page
    assert Invitation.objects.open(house.at).get().pk != new.invited.invitation.pk  # type: ignore[union-attr]
    of_jonas = f"/organisation/people/{house.members['Jonas'].ref}/invite/"
    refused = asa.post(of_jonas, {"carried": "mail", "once": "b"})
    assert "Nothing waits for an invitation here." in text(refused)


@pytest.mark.parametrize(
    "typed",
    [
        {},
        {"name": "Mia", "email": "no address", "carried": "mail"},
        {"name": "Mia", "email": "mia@exit.example", "carried": "pigeon"},
        {"name": "Mia", "email": "mia@exit.example", "carried": "mail", "roles": ["emperor"]},
        {"name": "M" * 300, "email": "mia@exit.example", "carried": "mail"},
    ],
)
def test_a_bad_invitation_is_told_where_it_was_typed(browser: Browser, typed: dict[str, Any]) -> None:
    page = browser("Asa").post("/organisation/people/invite/", {**typed, "once": "a"})

    assert page.status_code == 200
    assert "Please look at this again" in text(page)
    assert Account.objects.filter(email="mia@exit.example").count() == 0


def test_granting_and_ending_a_role_on_the_page(browser: Browser, house: House) -> None:
    asa, jonas = browser("Asa"), house.members["Jonas"]
    base = f"/organisation/people/{jonas.ref}"

    asa.post(f"{base}/roles/", {"role": "mentor", "once": "a"})
    assert house.by("Jonas").roles == {Role.CASE_WORKER, Role.MENTOR}

    asa.post(f"{base}/roles/mentor/end/", {"programme": "", "once": "b"})
    assert house.by("Jonas").roles == {Role.CASE_WORKER}


def test_granting_a_role_to_oneself_is_refused_in_words(browser: Browser, house: House) -> None:
    page = browser("Asa").post(
        f"/organisation/people/{house.members['Asa'].ref}/roles/", {"role": "lead", "once": "a"}
    )

    assert "Nobody decides this about himself" in text(page)
    assert house.by("Asa").roles == {Role.ADMINISTRATOR}


def test_pausing_from_the_page_ends_the_session_of_whoever_is_paused(browser: Browser, house: House) -> None:
    jonas = browser("Jonas")
    assert jonas.get("/organisation/").status_code == 200

    browser("Liv").post(
        f"/organisation/people/{house.members['Jonas'].ref}/pause/", {"reason": "", "once": "a"}
    )

    assert jonas.get("/organisation/").status_code == 302


def test_pausing_oneself_for_a_lost_device(browser: Browser, house: House) -> None:
    jonas = browser("Jonas")

    answer = jonas.post(
        f"/organisation/people/{house.members['Jonas'].ref}/pause/", {"reason": "", "once": "a"}
    )

    assert answer.status_code == 302
    assert jonas.get("/organisation/").status_code == 302
    assert not Account.objects.get(pk=house.people["Jonas"].pk).is_active


def test_letting_in_again_and_ending_from_the_page(browser: Browser, house: House) -> None:
    asa, jonas = browser("Asa"), house.members["Jonas"]
    base = f"/organisation/people/{jonas.ref}"
    for step in ("pause", "resume", "end"):
        assert asa.get(f"{base}/{step}/").status_code == 200
        assert asa.post(f"{base}/{step}/", {"once": step}).status_code == 302

    assert Membership.objects.get(pk=jonas.pk).until_at == house.at
    assert asa.get(f"{base}/close/").status_code == 200
    assert asa.post(f"{base}/close/", {"once": "close"}).status_code == 302
    assert Account.objects.get(pk=house.people["Jonas"].pk).is_closed


def test_a_stale_save_meets_the_other_version(browser: Browser, house: House) -> None:
    start = {**house.oslo.settings_now(), "version": "1"}
    browser("Asa").post("/organisation/settings/", {**start, "name": "Exit Oslo and Viken", "once": "a"})

    page = browser("Per").post("/organisation/settings/", {**start, "name": "Exit East", "once": "b"})

    assert page.status_code == 409
    assert "Exit Oslo and Viken" in text(page)
    assert "Exit East" in text(page)
    assert Organisation.objects.get(pk=house.oslo.pk).name == "Exit Oslo and Viken"


@pytest.mark.parametrize(
    "typed",
    [
        {"zone": "Europe/Nowhere"},
        {"zone": "../../etc/passwd"},
        {"language": "xx"},
        {"legal_profile": "../de"},
        {"version": "one"},
        {"name": ""},
    ],
)
def test_bad_settings_change_nothing(browser: Browser, house: House, typed: dict[str, str]) -> None:
    start = {**house.oslo.settings_now(), "version": "1", "once": "a"}

    page = browser("Asa").post("/organisation/settings/", {**start, **typed})

    assert page.status_code == 200
    assert "Please look at this again" in text(page)
    assert Organisation.objects.get(pk=house.oslo.pk).version == 1


def test_a_site_with_its_hidden_address(browser: Browser) -> None:
    asa = browser("Asa")
    typed = {"name": "House", "place": "Bay Street 4", "is_hidden": "on", "postal": "01, 02", "once": "a"}

    assert asa.post("/organisation/sites/add/", typed).status_code == 302

    site = Site.objects.get()
    page = text(asa.get(f"/organisation/sites/{site.ref}/"))
    assert "Bay Street 4" in page
    assert "never pass it on" in page
    assert "Bay Street" not in text(asa.get("/organisation/sites/"))
    assert browser("Kari").get(f"/organisation/sites/{site.ref}/").status_code == 404
    assert asa.post(f"/organisation/sites/{site.ref}/", {"region": "Viken", "once": "b"}).status_code == 302
    assert list(site.catchment.values_list("reach", "code")) == [(Reach.REGION, "Viken")]
    assert asa.get(f"/organisation/sites/{site.ref}/close/").status_code == 200
    assert asa.post(f"/organisation/sites/{site.ref}/close/", {"once": "c"}).status_code == 302


def test_switching_between_ones_organisations(browser: Browser, house: House) -> None:
    house.joins("Per", house.ila, Role.PRACTITIONER)
    per = browser("Per")
    assert "Exit Oslo" in text(per.get("/organisation/"))

    answer = per.post("/organisation/acting-for/", {"organisation": str(house.ila.pk)})

    assert answer.status_code == 302
    assert per.session[ACTING_FOR] == str(house.ila.pk)
    assert "Ila prison" in text(per.get("/organisation/"))


@pytest.mark.parametrize("wanted", ["", "nonsense", "00000000-0000-0000-0000-000000000000"])
def test_nobody_acts_for_an_organisation_he_does_not_belong_to(
    browser: Browser, house: House, wanted: str
) -> None:
    asa = browser("Asa")
    for organisation in (wanted, str(house.ila.pk)):
        assert asa.post("/organisation/acting-for/", {"organisation": organisation}).status_code == 404
    assert ACTING_FOR not in asa.session


def test_a_forged_choice_in_the_session_opens_nothing(browser: Browser, house: House) -> None:
    asa = browser("Asa")
    session = asa.session
    session[ACTING_FOR] = str(house.ila.pk)
    session.save()

    assert asa.get("/organisation/people/").status_code == 404
    assert "You act for no organisation" in text(asa.get("/organisation/acting-for/"))


def test_an_invitation_to_an_existing_account_is_answered_on_the_page(browser: Browser, house: House) -> None:
    new = actions.invite(
        organisation=house.oslo, email="odd@exit.example", name="x", by=house.by("Asa"), at=house.at
    )
    assert "Odd" not in text(browser("Asa").get("/organisation/people/"))
    odd = browser("Odd")
    assert "Exit Oslo" in text(odd.get("/organisation/acting-for/"))

    odd.post(f"/organisation/acting-for/{new.ref}/", {"answer": "agree", "once": "a"})

    assert Membership.objects.get(pk=new.membership.pk).agreed_at == house.at
    assert "Odd" in text(browser("Asa").get("/organisation/people/"))


def test_the_list_of_people_costs_the_same_for_few_and_for_many(
    browser: Browser, house: House, django_assert_num_queries: Any
) -> None:
    asa = browser("Asa")
    asa.get("/organisation/people/")
    with CaptureQueriesContext(connection) as few:
        asa.get("/organisation/people/")
    for number in range(12):
        house.joins(f"Worker{number}", house.oslo, Role.CASE_WORKER, Role.MENTOR)

    with django_assert_num_queries(len(few)):
        asa.get("/organisation/people/")
