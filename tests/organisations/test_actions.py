# SPDX-License-Identifier: AGPL-3.0-or-later
"""What actions change, what the journal says of it, and that nothing is left behind after a refusal."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.conf import settings as site
from django.db import IntegrityError
from pytest_django import Settings

from exitwork.accounts.models import Account, Invitation
from exitwork.accounts.words import Carried
from exitwork.journal.models import Entry
from exitwork.journal.recording import recorded
from exitwork.kernel.decisions import Refusal
from exitwork.kernel.standing import Role
from exitwork.kernel.versions import Stale
from exitwork.organisations import actions, queries
from exitwork.organisations.models import Catchment, Edition, Membership, Organisation, RoleGrant, Site
from exitwork.organisations.seams import holds
from exitwork.organisations.words.events import FUNCTION_CHANGED
from exitwork.organisations.words.kinds import Branch, Kind, Level, Reach, Wording
from tests.organisations.conftest import COMMAND_LINE, House

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases]


def events() -> list[str]:
    """The names of what the journal holds, oldest first."""
    return list(Entry.objects.order_by("id").values_list("event", flat=True))


def settings_of(organisation: Organisation) -> dict[str, str]:
    """What the page of settings starts from."""
    return organisation.settings_now()


# Organisations


def test_opening_an_organisation_is_recorded_and_seals_what_is_its_own(house: House) -> None:
    site_of = actions.add_site(
        organisation=house.oslo,
        name="House of the bay",
        place="Bay Street 4",
        by=house.by("Asa"),
        at=house.at,
    )

    assert (
        Entry.objects.filter(event="organisations.organisation.opened", about_id=house.oslo.pk).count() == 1
    )
    kept = Site.objects.get(pk=site_of.pk)
    assert kept.place.open() == "Bay Street 4"
    assert "Bay Street" not in repr(kept.place)


def test_nobody_but_the_program_opens_an_organisation(house: House) -> None:
    before = events()

    with pytest.raises(Refusal) as refusal:
        actions.open_organisation(
            name="Mine", kind=Kind.CIVIL, branch=Branch.CSO, by=house.by("Asa"), at=house.at
        )

    assert refusal.value.code == "may_open_organisation.no_permit"
    assert events() == before
    assert not Organisation.objects.filter(name="Mine").exists()


@pytest.mark.parametrize(
    ("wrong", "code"),
    [
        ({"kind": Kind.STATE, "branch": Branch.CSO}, "organisations.branch"),
        ({"kind": Kind.CIVIL, "branch": Branch.POLICE}, "organisations.branch"),
        ({"name": "  "}, "organisations.name_missing"),
        ({"name": "Exit Oslo"}, "organisations.name_taken"),
        ({"zone": "Europe/Nowhere"}, "organisations.zone"),
        ({"language": "xx"}, "organisations.language"),
        ({"legal_profile": "../de"}, "organisations.legal_profile"),
    ],
)
def test_an_organisation_that_cannot_be_is_refused_with_its_reason(
    house: House, wrong: dict[str, Any], code: str
) -> None:
    good: dict[str, Any] = {"name": "New", "kind": Kind.CIVIL, "branch": Branch.CSO}
    count = Organisation.objects.count()

    with pytest.raises(Refusal) as refusal:
        actions.open_organisation(**{**good, **wrong}, by=COMMAND_LINE, at=house.at)

    assert refusal.value.code == code
    assert Organisation.objects.count() == count


def test_an_independent_installation_holds_no_organisation_of_the_state(
    house: House, settings: Settings
) -> None:
    assert site.INDEPENDENT is False
    settings.INDEPENDENT = True

    with pytest.raises(Refusal) as refusal:
        actions.open_organisation(
            name="Police", kind=Kind.STATE, branch=Branch.POLICE, by=COMMAND_LINE, at=house.at
        )

    assert refusal.value.code == "organisations.independent"


def test_the_database_itself_refuses_a_branch_that_does_not_fit(house: House) -> None:
    with pytest.raises(IntegrityError), recorded(FUNCTION_CHANGED, by=COMMAND_LINE, at=house.at):
        Organisation.objects.filter(pk=house.oslo.pk).update(branch=Branch.POLICE)


def test_changing_settings_keeps_the_earlier_version(house: House) -> None:
    changed = actions.change(
        organisation=house.oslo,
        **{**settings_of(house.oslo), "wording": Wording.PARTICIPANT},
        version=1,
        by=house.by("Asa"),
        at=house.at,
    )

    assert (changed.wording, changed.version) == (Wording.PARTICIPANT, 2)
    assert Edition.objects.get(organisation=house.oslo).settings["wording"] == Wording.CLIENT
    assert events()[-1] == "organisations.organisation.changed"


def test_a_stale_save_never_wins_and_names_base_and_theirs(house: House) -> None:
    first = {**settings_of(house.oslo), "name": "Exit Oslo and Viken"}
    actions.change(organisation=house.oslo, **first, version=1, by=house.by("Asa"), at=house.at)

    with pytest.raises(Stale) as stale:
        second = {**settings_of(house.oslo), "name": "Exit East", "wording": "participant"}
        actions.change(organisation=house.oslo, **second, version=1, by=house.by("Per"), at=house.at)

    merge = stale.value.merge(second)
    assert [(clash.field, clash.theirs, clash.mine) for clash in merge.clashes] == [
        ("name", "Exit Oslo and Viken", "Exit East")
    ]
    assert merge.taken["wording"] == "participant"
    assert Organisation.objects.get(pk=house.oslo.pk).name == "Exit Oslo and Viken"


def test_an_administrator_of_the_prison_changes_nothing_of_the_cso(house: House) -> None:
    with pytest.raises(Refusal):
        actions.change(
            organisation=house.oslo,
            **settings_of(house.oslo),
            version=1,
            by=house.by("Kari"),
            at=house.at,
        )
    with pytest.raises(Refusal):
        actions.grant_role(
            membership=house.members["Jonas"], role=Role.LEAD, by=house.by("Kari"), at=house.at
        )


# Sites


def test_a_request_finds_the_nearest_site_by_postal_code_municipality_or_region(house: House) -> None:
    def add(name: str, *areas: tuple[str, str]) -> None:
        actions.add_site(organisation=house.oslo, name=name, catchment=areas, by=house.by("Asa"), at=house.at)

    add("Nation", (Reach.COUNTRY, "NO"))
    add("East", (Reach.REGION, "Viken"))
    add("City", (Reach.POSTAL, "0"))
    add("Harbour", (Reach.POSTAL, "015"), (Reach.MUNICIPALITY, "Oslo"))

    found = queries.sites_for(house.at, postal_code="01 57", region="Viken", country="NO")

    assert [site.name for site in found] == ["Harbour", "City", "East", "Nation"]
    assert [site.name for site in queries.sites_for(house.at, municipality="Oslo")] == ["Harbour"]
    assert queries.sites_for(house.at, country="SE") == []


def test_the_widest_area_makes_the_level_of_a_site(house: House) -> None:
    site_of = actions.add_site(
        organisation=house.oslo,
        name="East",
        catchment=[(Reach.POSTAL, "01"), (Reach.REGION, "Viken")],
        by=house.by("Asa"),
        at=house.at,
    )
    assert queries.areas_of([site_of])[site_of.pk].level is Level.REGIONAL

    actions.set_catchment(site=site_of, catchment=[(Reach.POSTAL, "01")], by=house.by("Asa"), at=house.at)

    assert queries.areas_of([site_of])[site_of.pk].level is Level.LOCAL


def test_a_broken_area_leaves_the_old_catchment(house: House) -> None:
    site_of = actions.add_site(
        organisation=house.oslo,
        name="East",
        catchment=[(Reach.POSTAL, "01")],
        by=house.by("Asa"),
        at=house.at,
    )
    before = events()

    with pytest.raises(Refusal):
        actions.set_catchment(
            site=site_of,
            catchment=[(Reach.REGION, "Viken"), ("planet", "Earth")],
            by=house.by("Asa"),
            at=house.at,
        )

    assert list(Catchment.objects.values_list("reach", "code")) == [(Reach.POSTAL, "01")]
    assert events() == before


def test_a_closed_site_takes_no_requests(house: House) -> None:
    site_of = actions.add_site(
        organisation=house.oslo, name="City", catchment=[(Reach.POSTAL, "0")], by=house.by("Asa"), at=house.at
    )

    actions.close_site(site=site_of, by=house.by("Asa"), at=house.at)

    assert queries.sites_for(house.at, postal_code="0157") == []
    with pytest.raises(Refusal):
        actions.close_site(site=site_of, by=house.by("Asa"), at=house.at)


# Members and roles


def test_inviting_makes_account_membership_and_roles_in_one_act(house: House) -> None:
    new = actions.invite(
        organisation=house.oslo,
        email="Mia@exit.example",
        name="Mia",
        function="Mentor",
        roles=(Role.MENTOR,),
        carried=Carried.PRINTED,
        by=house.by("Asa"),
        at=house.at,
    )

    account = Account.objects.get(email="mia@exit.example")
    assert new.membership.account == account
    assert account.awaits_acceptance
    assert new.invited is not None
    assert Invitation.objects.open(house.at).with_code(new.invited.code.replace("-", "")).exists()
    assert RoleGrant.objects.get(account=account).role == Role.MENTOR
    assert "organisations.member.invited" in events()


def test_an_invitation_that_is_refused_leaves_no_account(house: House) -> None:
    before = events()

    with pytest.raises(Refusal):
        actions.invite(
            organisation=house.oslo, email="mia@exit.example", name="Mia", by=house.by("Jonas"), at=house.at
        )

    assert not Account.objects.filter(email="mia@exit.example").exists()
    assert events() == before


def test_somebody_with_an_account_is_asked_first_and_not_named_before(house: House) -> None:
    new = actions.invite(
        organisation=house.oslo,
        email="odd@exit.example",
        name="somebody",
        roles=(Role.CASE_WORKER,),
        by=house.by("Asa"),
        at=house.at,
    )

    assert new.invited is None
    assert house.by("Odd", house.oslo).organisation is None
    (shown,) = queries.members(
        Membership.objects.filter(pk=new.membership.pk).select_related("account"), house.at
    )
    assert shown.name == ""

    actions.agree(membership=new.membership, by=house.by("Odd"), at=house.at)

    assert house.by("Odd", house.oslo).roles == {Role.CASE_WORKER}


def test_who_declines_never_belonged(house: House) -> None:
    new = actions.invite(
        organisation=house.oslo, email="odd@exit.example", name="x", by=house.by("Asa"), at=house.at
    )

    actions.decline(membership=new.membership, by=house.by("Odd"), at=house.at)

    later = house.at + timedelta(hours=1)
    assert house.by("Odd", house.oslo, later).organisation is None
    with pytest.raises(Refusal):
        actions.agree(membership=new.membership, by=house.by("Odd"), at=later)


def test_nobody_answers_for_somebody_else(house: House) -> None:
    new = actions.invite(
        organisation=house.oslo, email="odd@exit.example", name="x", by=house.by("Asa"), at=house.at
    )

    with pytest.raises(Refusal):
        actions.agree(membership=new.membership, by=house.by("Asa"), at=house.at)


def test_a_second_membership_at_the_same_time_is_refused_by_action_and_database(house: House) -> None:
    with pytest.raises(Refusal) as refusal:
        actions.join(organisation=house.oslo, account=house.people["Jonas"], by=COMMAND_LINE, at=house.at)
    assert refusal.value.code == "organisations.member.already"

    row = Membership(
        organisation=house.oslo,
        account=house.people["Jonas"],
        ref="AAAAA-A",
        from_at=house.at - timedelta(days=60),
        until_at=house.at,
    )
    with pytest.raises(IntegrityError), recorded(FUNCTION_CHANGED, by=COMMAND_LINE, at=house.at):
        row.save(force_insert=True)


def test_memberships_that_only_touch_do_not_overlap(house: House) -> None:
    actions.end_membership(membership=house.members["Jonas"], by=house.by("Asa"), at=house.at)

    again = actions.join(organisation=house.oslo, account=house.people["Jonas"], by=COMMAND_LINE, at=house.at)

    assert house.by("Jonas").organisation == house.oslo.pk
    assert not house.by("Jonas").roles
    assert again.ref != house.members["Jonas"].ref


def test_a_role_is_held_once_at_a_time(house: House) -> None:
    with pytest.raises(Refusal) as refusal:
        actions.grant_role(
            membership=house.members["Jonas"], role=Role.CASE_WORKER, by=house.by("Asa"), at=house.at
        )

    assert refusal.value.code == "organisations.role.held"


def test_nobody_makes_himself_a_case_worker(house: House) -> None:
    before = events()

    with pytest.raises(Refusal) as refusal:
        actions.grant_role(
            membership=house.members["Asa"], role=Role.CASE_WORKER, by=house.by("Asa"), at=house.at
        )

    assert refusal.value.code == "may_grant_role.is_about_me"
    assert events() == before
    assert house.by("Asa").roles == {Role.ADMINISTRATOR}


def test_two_administrators_cannot_leave_the_organisation_without_any(house: House) -> None:
    grant_of_asa = house.members["Asa"].grants.get(role=Role.ADMINISTRATOR)
    grant_of_per = house.members["Per"].grants.get(role=Role.ADMINISTRATOR)
    per = house.by("Per")  # loaded before the other acts

    actions.end_role(grant=grant_of_per, by=house.by("Asa"), at=house.at)

    with pytest.raises(Refusal) as refusal:
        actions.end_role(grant=grant_of_asa, by=per, at=house.at)
    assert refusal.value.code == "may_end_role.is_last_administrator"
    with pytest.raises(Refusal) as refusal:
        actions.end_membership(membership=house.members["Asa"], by=house.by("Asa"), at=house.at)
    assert refusal.value.code == "may_end_membership.is_last_administrator"
    assert queries.administrators(house.oslo.pk, house.at) == 1


def test_a_paused_or_unaccepted_administrator_counts_for_nothing(house: House) -> None:
    actions.invite(
        organisation=house.oslo,
        email="mia@exit.example",
        name="Mia",
        roles=(Role.ADMINISTRATOR,),
        by=house.by("Asa"),
        at=house.at,
    )
    actions.suspend_colleague(account=house.people["Per"], by=house.by("Liv"), at=house.at)

    assert queries.administrators(house.oslo.pk, house.at) == 1
    with pytest.raises(Refusal):
        actions.end_role(
            grant=house.members["Asa"].grants.get(), by=house.by("Asa"), at=house.at + timedelta(seconds=1)
        )


def test_check_complains_while_fewer_than_two_can_administer(house: House) -> None:
    assert [line.split(":")[0] for line in queries.complaints(house.at)] == ["Ila prison"]

    actions.suspend_colleague(account=house.people["Per"], by=house.by("Liv"), at=house.at)

    assert [line.split(":")[0] for line in queries.complaints(house.at)] == ["Exit Oslo", "Ila prison"]


# Pausing and leaving


@pytest.mark.parametrize("who", ["Asa", "Liv", "Jonas"])
def test_an_administrator_the_lead_and_oneself_pause_at_once(house: House, who: str) -> None:
    actions.suspend_colleague(account=house.people["Jonas"], by=house.by(who), at=house.at)

    assert not Account.objects.get(pk=house.people["Jonas"].pk).is_active


@pytest.mark.parametrize("who", ["Per", "Noor", "Kari"])
def test_who_stands_in_no_such_place_does_not_pause_alone(house: House, who: str) -> None:
    by = (
        house.by(who).but(roles=house.by(who).roles - {Role.ADMINISTRATOR}) if who == "Per" else house.by(who)
    )

    with pytest.raises(Refusal):
        actions.suspend_colleague(account=house.people["Jonas"], by=by, at=house.at)

    assert Account.objects.get(pk=house.people["Jonas"].pk).is_active


def test_two_colleagues_pause_together(house: House) -> None:
    actions.call_for_pause(account=house.people["Asa"], by=house.by("Jonas"), at=house.at)
    assert Account.objects.get(pk=house.people["Asa"].pk).is_active

    actions.call_for_pause(account=house.people["Asa"], by=house.by("Per"), at=house.at)

    assert not Account.objects.get(pk=house.people["Asa"].pk).is_active


def test_an_interpreter_and_a_stranger_call_for_no_pause(house: House) -> None:
    for who in ("Noor", "Odd"):
        with pytest.raises(Refusal):
            actions.call_for_pause(account=house.people["Asa"], by=house.by(who), at=house.at)


def test_an_administrator_lets_in_again_the_lead_does_not(house: House) -> None:
    actions.suspend_colleague(account=house.people["Jonas"], by=house.by("Liv"), at=house.at)

    with pytest.raises(Refusal):
        actions.resume(account=house.people["Jonas"], by=house.by("Liv"), at=house.at)
    actions.resume(account=house.people["Jonas"], by=house.by("Asa"), at=house.at)

    assert Account.objects.get(pk=house.people["Jonas"].pk).is_active


def test_an_account_is_closed_only_after_every_membership_has_ended(house: House) -> None:
    jonas = house.people["Jonas"]
    with pytest.raises(Refusal) as refusal:
        actions.deactivate(account=jonas, by=house.by("Asa"), at=house.at)
    assert "Exit Oslo" in str(refusal.value)

    actions.end_membership(membership=house.members["Jonas"], by=house.by("Asa"), at=house.at)
    actions.deactivate(account=jonas, by=house.by("Asa"), at=house.at)

    jonas.refresh_from_db()
    assert jonas.is_closed
    assert holds(jonas, house.at) == []


def test_ending_a_membership_ends_its_roles_and_is_refused_twice(house: House) -> None:
    actions.end_membership(membership=house.members["Jonas"], by=house.by("Asa"), at=house.at)

    assert not RoleGrant.objects.in_force(house.at).filter(account=house.people["Jonas"]).exists()
    assert Entry.objects.filter(
        event="organisations.member.left", about_id=house.members["Jonas"].pk
    ).exists()
    with pytest.raises(Refusal) as refusal:
        actions.end_membership(membership=house.members["Jonas"], by=house.by("Asa"), at=house.at)
    assert refusal.value.code == "may_end_membership.is_over"
