# SPDX-License-Identifier: AGPL-3.0-or-later
"""Who may see and change an organisation, its sites, its members and their roles.

* Only administrators change members and roles. Nobody changes his own roles, so what an
  administrator may do is always granted by a second person. That, not a ban, is what keeps an
  administrator from making himself a case worker: a CSO of five needs two administrators (S17)
  and can't spare two of five from casework. The role of administrator itself opens no case.
* The last administrator stays until there is another one.
* Pausing is open to every administrator and lead, and to oneself, without any condition (S2).
* Civil society and state are asked the same facts.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from django.contrib.auth.hashers import UNUSABLE_PASSWORD_PREFIX
from django.utils.translation import gettext_lazy as _

from exitwork.access.register import governs
from exitwork.access.rules import (
    administers,
    has_second_factor,
    is_active,
    leads_organisation,
    of_my_organisation,
)
from exitwork.access.selects import about_standing, column_in, keys, membership, own
from exitwork.accounts.rules import is_oneself
from exitwork.kernel.facts import Fact
from exitwork.kernel.rules import Rule
from exitwork.kernel.secrecy import Tier
from exitwork.kernel.standing import Role, Standing
from exitwork.organisations.models import Catchment, Edition, Membership, Organisation, RoleGrant, Site
from exitwork.organisations.words.roles import FROM_OUTSIDE

is_this_organisation = Fact(
    "is_this_organisation",
    _("it is the organisation acted for"),
    truth=lambda by, thing, _at: by.organisation is not None and thing.pk == by.organisation,
    reading=own(lambda by, _at: column_in("pk", {by.organisation} if by.organisation else ())),
    lacking=_("You act for another organisation. Switch to this one first."),
)


def _belongs(by: Standing, thing: Any, at: datetime) -> bool:
    return by.account is not None and (
        Membership.objects.in_force(at).filter(account=by.account, organisation=thing.pk).exists()
    )


belongs_to_it = Fact(
    "belongs_to_it",
    _("belongs to the organisation"),
    truth=_belongs,
    reading=membership(
        lambda by, at: (
            keys(Membership.objects.in_force(at).filter(account=by.account), "organisation_id")
            if by.account
            else None
        )
    ),
    lacking=_("You do not belong to this organisation. An administrator of it can invite you."),
)
is_signed_in = Fact(
    "is_signed_in",
    _("is signed in with an active account"),
    truth=lambda by, _thing, _at: by.is_active and by.account is not None,
    reading=about_standing(lambda by: by.is_active and by.account is not None),
    lacking=_("Sign in first."),
)
# It lacks no sentence: a person is told what he misses, not that he is no machine.
is_the_program = Fact(
    "is_the_program",
    _("the program itself acts, on the command line of the installation"),
    truth=lambda by, _thing, _at: by.is_machine,
    reading=about_standing(lambda by: by.is_machine),
)
works_inside = Fact(
    "works_inside",
    _("holds a role inside the organisation, not only one from outside"),
    truth=lambda by, _thing, _at: bool(by.roles - FROM_OUTSIDE),
    reading=about_standing(lambda by: bool(by.roles - FROM_OUTSIDE)),
    lacking=_("Who works here is shown to colleagues only."),
)

is_about_me = Fact(
    "is_about_me",
    _("it is about oneself"),
    truth=lambda by, thing, _at: by.account is not None and thing.account_id == by.account,
    reading=own(lambda by, _at: column_in("account_id", {by.account} if by.account else ())),
    bars=_("Nobody decides this about himself. Ask another administrator."),
)
is_over = Fact(
    "is_over",
    _("it has ended already"),
    truth=lambda _by, thing, at: thing.until_at is not None and thing.until_at <= at,
    bars=_("This has ended already."),
)

was_agreed = Fact(
    "was_agreed",
    _("the person has agreed to the membership"),
    truth=lambda _by, thing, _at: thing.agreed_at is not None,
    bars=_("This invitation was answered already."),
)


def others_who_administer(organisation: UUID, account: UUID | None, at: datetime) -> int:
    """How many people besides this one can administer the organisation at a moment.

    Who is paused, or has not accepted the invitation yet, can't.
    """
    return (
        RoleGrant.objects.in_force(at)
        .filter(organisation=organisation, role=Role.ADMINISTRATOR.value, account__is_active=True)
        .exclude(account=account)
        .exclude(account__password__startswith=UNUSABLE_PASSWORD_PREFIX)
        .exclude(membership__until_at__lte=at)
        .filter(membership__agreed_at__lte=at)
        .values("account")
        .distinct()
        .count()
    )


def _is_last(_by: Standing, thing: Any, at: datetime) -> bool:
    if isinstance(thing, RoleGrant):
        administers_now = thing.role == Role.ADMINISTRATOR and thing.holds_at(at)
    else:
        grants = RoleGrant.objects.in_force(at).filter(membership=thing, role=Role.ADMINISTRATOR.value)
        administers_now = grants.exists()
    return administers_now and not others_who_administer(thing.organisation_id, thing.account_id, at)


is_last_administrator = Fact(
    "is_last_administrator",
    _("nobody else can administer the organisation"),
    truth=_is_last,
    bars=_(
        "This is the last person who can administer the organisation. "
        "Make somebody else an administrator first."
    ),
)


def _shares_organisation(by: Standing, account: Any, at: datetime) -> bool:
    memberships = Membership.objects.in_force(at).filter(account=account.pk, organisation=by.organisation)
    return by.organisation is not None and memberships.exists()


def _shared_organisation(by: Standing, account: Any, at: datetime) -> bool:
    memberships = Membership.objects.filter(account=account.pk, organisation=by.organisation, from_at__lte=at)
    return by.organisation is not None and memberships.exists()


is_a_colleague = Fact(
    "is_a_colleague",
    _("the account belongs to the organisation acted for"),
    truth=_shares_organisation,
    lacking=_("This person does not belong to your organisation."),
)
was_a_colleague = Fact(
    "was_a_colleague",
    _("the account belongs or belonged to the organisation acted for"),
    truth=_shared_organisation,
    lacking=_("This person never belonged to your organisation."),
)
is_own_account = Fact(
    "is_own_account",
    _("it is one's own account"),
    truth=lambda by, account, _at: by.account is not None and account.pk == by.account,
    bars=_("Nobody decides this about himself. Ask another administrator."),
)

_administers_here = is_active & of_my_organisation & administers & has_second_factor

may_read_organisation = Rule(
    "may_read_organisation",
    within=is_signed_in,
    permits=[is_this_organisation, belongs_to_it],
    otherwise=_("An organisation is shown to its members."),
)
may_read_edition = Rule(
    "may_read_edition",
    within=is_active & of_my_organisation,
    permits=[administers],
    otherwise=_("Earlier settings are shown to administrators."),
)
may_read_site = Rule(
    "may_read_site",
    within=is_active & of_my_organisation,
    permits=[works_inside],
    opens={Tier.IDENTITY: works_inside},
    otherwise=_("Sites are shown to colleagues."),
)
may_read_membership = Rule(
    "may_read_membership",
    within=is_signed_in,
    permits=[is_about_me, is_active & of_my_organisation & works_inside],
    otherwise=_("Who works here is shown to colleagues only."),
)
may_open_organisation = Rule(
    "may_open_organisation",
    permits=[is_the_program],
    otherwise=_("An organisation is opened on the machine of the installation, on its command line."),
)
may_change_organisation = Rule(
    "may_change_organisation",
    permits=[is_active & is_this_organisation & administers, is_the_program],
    otherwise=_("Only an administrator of the organisation may do this."),
)
may_see_people = Rule(
    "may_see_people",
    within=is_active & is_this_organisation,
    permits=[works_inside],
    otherwise=_("Who works here is shown to colleagues only."),
)
may_change_sites = Rule(
    "may_change_sites",
    permits=[is_active & of_my_organisation & administers, is_the_program],
    otherwise=_("Only an administrator of the organisation may do this."),
)
may_add_members = Rule(
    "may_add_members",
    permits=[is_active & is_this_organisation & administers & has_second_factor, is_the_program],
    otherwise=_("Only an administrator of the organisation may do this."),
)
may_join_unasked = Rule(
    "may_join_unasked",
    permits=[is_the_program],
    otherwise=_("Invite the person; nobody is made a member without agreeing."),
)
may_change_member = Rule(
    "may_change_member",
    permits=[_administers_here, is_the_program],
    forbids=[is_over],
    otherwise=_("Only an administrator of the organisation may do this."),
)
may_grant_role = Rule(
    "may_grant_role",
    permits=[_administers_here, is_the_program],
    forbids=[is_about_me, is_over],
    otherwise=_("Only an administrator of the organisation may do this."),
)
may_end_role = Rule(
    "may_end_role",
    permits=[_administers_here, is_the_program],
    forbids=[is_over, is_last_administrator],
    otherwise=_("Only an administrator of the organisation may do this."),
)
may_end_membership = Rule(
    "may_end_membership",
    permits=[_administers_here, is_the_program],
    forbids=[is_over, is_last_administrator],
    otherwise=_("Only an administrator of the organisation may do this."),
)
may_answer_offer = Rule(
    "may_answer_offer",
    within=is_signed_in,
    permits=[is_about_me],
    forbids=[is_over, was_agreed],
    otherwise=_("Only the person invited answers this."),
)
# What follows is about an account, and handed to the actions of ``accounts``. Pausing has no
# forbids at all: nothing may stand between a danger and its end (S2).
may_pause = Rule(
    "may_pause",
    permits=[
        is_oneself,
        is_active & is_a_colleague & administers,
        is_active & is_a_colleague & leads_organisation,
        is_the_program,
    ],
    otherwise=_("An administrator or the lead can pause somebody at once; two colleagues can together."),
)
may_call_for_pause = Rule(
    "may_call_for_pause",
    permits=[is_active & is_a_colleague & works_inside],
    forbids=[is_own_account],
    otherwise=_("Only a colleague can ask for somebody to be paused."),
)
may_resume = Rule(
    "may_resume",
    permits=[is_active & is_a_colleague & administers & has_second_factor, is_the_program],
    forbids=[is_own_account],
    otherwise=_("Only an administrator of the organisation may do this."),
)
may_deactivate = Rule(
    "may_deactivate",
    permits=[is_active & was_a_colleague & administers & has_second_factor, is_the_program],
    forbids=[is_own_account],
    otherwise=_("Only an administrator of the organisation may do this."),
)

governs(Organisation, may_read_organisation)
governs(Edition, may_read_edition)
governs(Site, may_read_site)
governs(Catchment, may_read_site)
governs(Membership, may_read_membership)
governs(RoleGrant, may_read_membership)
