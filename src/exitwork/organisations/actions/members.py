# SPDX-License-Identifier: AGPL-3.0-or-later
"""Members: inviting, joining, pausing at once, leaving in order.

* An invitation makes account and membership in one transaction. Who is new agrees by setting
  the password; who has an account already is asked when he next signs in, and until then his
  name is not shown: an address typed by one organisation tells nothing about another's staff.
* A membership without a role opens nothing but the own page.
* Pausing asks only who asks for it, and nothing else stands in its way (S2). It pauses the
  account, and so everywhere: a lost device is lost for every organisation.
* Ending a membership waits for what the person still holds (every ``Tie``); it ends the roles
  with it.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from exitwork.access.seams import ties
from exitwork.accounts import actions as accounts
from exitwork.accounts.models import Account
from exitwork.accounts.words import Carried
from exitwork.journal.recording import recorded
from exitwork.kernel.decisions import refuse
from exitwork.kernel.references import new_reference
from exitwork.kernel.standing import Role, Standing
from exitwork.organisations import rules
from exitwork.organisations.actions.roles import grant_role
from exitwork.organisations.models import Membership, Organisation, RoleGrant
from exitwork.organisations.words.events import (
    AGREED,
    DECLINED,
    FUNCTION_CHANGED,
    INVITED,
    JOINED,
    MEMBERSHIP_ENDED,
)


@dataclass(frozen=True, slots=True)
class NewMember:
    """Somebody who was invited. ``invited`` carries the one-time code, told this once, or is None
    when the person has an account already and needs none."""

    membership: Membership
    invited: accounts.Invited | None

    @property
    def ref(self) -> str:
        """The reference of the membership."""
        return self.membership.ref


def invite(
    *,
    organisation: Organisation,
    email: str,
    name: str,
    by: Standing,
    at: datetime,
    function: str = "",
    roles: tuple[Role, ...] = (),
    carried: str = Carried.MAIL,
) -> NewMember:
    """Invite somebody: an account (unless there is one at this address), a membership, roles.

    :raises Refusal: if a rule says no, or the person belongs to the organisation already.
    """
    with recorded(INVITED, by=by, about=organisation, at=at, organisation=organisation.pk) as entry:
        rules.may_add_members.decide(by, organisation, at).or_raise()
        account = Account.objects.at_address(email).first()
        is_new = account is None or account.awaits_acceptance
        if account is None:
            account = accounts.open_account(
                email=email, name=name, language=organisation.language, by=by, at=at
            )
        membership = _belongs(organisation, account, function, at, agreed_at=at if is_new else None)
        for role in roles:
            grant_role(membership=membership, role=role, by=by, at=at)
        invited = (
            accounts.invite(account=account, carried=carried, by=by, at=at)
            if account.awaits_acceptance
            else None
        )
        entry.about(membership)
        entry.note(roles=[Role(role).value for role in roles], carried=str(carried))
    return NewMember(membership, invited)


def invite_again(
    *, membership: Membership, by: Standing, at: datetime, carried: str = Carried.MAIL
) -> NewMember:
    """Make a new invitation for somebody who has not accepted the last one; that one ends.

    :raises Refusal: if a rule says no, or the person has accepted already or is asked on his own page.
    """
    with recorded(INVITED, by=by, about=membership, at=at) as entry:
        membership = Membership.objects.select_related("account").get(pk=membership.pk)
        rules.may_change_member.decide(by, membership, at).or_raise()
        if not membership.account.awaits_acceptance:
            raise refuse(_("Nothing waits for an invitation here."), "organisations.member.no_invitation")
        invited = accounts.invite(account=membership.account, carried=carried, by=by, at=at)
        entry.note(again=True, carried=str(carried))
    return NewMember(membership, invited)


def join(
    *, organisation: Organisation, account: Account, by: Standing, at: datetime, function: str = ""
) -> Membership:
    """Let an account belong to an organisation from now on, its person having agreed.

    Only the program does this (the first administrator, a demo); people are invited.

    :raises Refusal: if a rule says no, or the account belongs to it already.
    """
    with recorded(JOINED, by=by, about=organisation, at=at, organisation=organisation.pk) as entry:
        rules.may_join_unasked.decide(by, organisation, at).or_raise()
        membership = _belongs(organisation, account, function, at, agreed_at=at)
        entry.about(membership)
    return membership


def agree(*, membership: Membership, by: Standing, at: datetime) -> Membership:
    """Agree to belong to an organisation that invited one's account.

    :raises Refusal: if it is not one's own, is over, or was answered already.
    """
    with recorded(AGREED, by=by, about=membership, at=at):
        membership = Membership.objects.get(pk=membership.pk)
        rules.may_answer_offer.decide(by, membership, at).or_raise()
        membership.agreed_at = at
        membership.save(update_fields=["agreed_at"])
    return membership


def decline(*, membership: Membership, by: Standing, at: datetime) -> Membership:
    """Decline to belong to an organisation that invited one's account.

    :raises Refusal: if it is not one's own, is over, or was answered already.
    """
    with recorded(DECLINED, by=by, about=membership, at=at):
        membership = Membership.objects.get(pk=membership.pk)
        rules.may_answer_offer.decide(by, membership, at).or_raise()
        RoleGrant.objects.not_over(at).filter(membership=membership).update(until_at=at)
        membership.until_at = at
        membership.save(update_fields=["until_at"])
    return membership


def change_function(*, membership: Membership, function: str, by: Standing, at: datetime) -> Membership:
    """Say anew what somebody's function is called.

    :raises Refusal: if a rule says no.
    """
    with recorded(FUNCTION_CHANGED, by=by, about=membership, at=at) as entry:
        membership = Membership.objects.get(pk=membership.pk)
        rules.may_change_member.decide(by, membership, at).or_raise()
        entry.note(before=membership.function, after=function.strip())
        membership.function = function.strip()
        membership.save(update_fields=["function"])
    return membership


def end_membership(*, membership: Membership, by: Standing, at: datetime) -> Membership:
    """End a membership and the roles that came with it, everything being handed over.

    :raises Refusal: if a rule says no, or with the sentences of what is still held.
    """
    organisation = Organisation.objects.get(pk=membership.organisation_id)
    with recorded(MEMBERSHIP_ENDED, by=by, about=organisation, at=at, organisation=organisation.pk) as entry:
        membership = Membership.objects.select_related("account").get(pk=membership.pk)
        rules.may_end_membership.decide(by, membership, at).or_raise()
        if held := held_by(membership.account, at):
            raise refuse(
                _("Hand over first: %(held)s") % {"held": " ".join(held)}, "organisations.still_holds"
            )
        ended = RoleGrant.objects.not_over(at).filter(membership=membership).update(until_at=at)
        membership.until_at = at
        membership.save(update_fields=["until_at"])
        entry.about(membership)
        entry.note(roles_ended=ended)
    return membership


def suspend_colleague(*, account: Account, by: Standing, at: datetime, reason: str = "") -> Any:
    """Pause somebody at once, everywhere; nothing is waited for (S2).

    :raises Refusal: if the one who asks is neither oneself, nor an administrator or the lead of
        an organisation the person belongs to; or the account is paused already.
    """
    return accounts.suspend(account=account, rule=rules.may_pause, reason=reason, by=by, at=at)


def call_for_pause(*, account: Account, by: Standing, at: datetime, reason: str = "") -> Any:
    """Ask as a colleague for somebody to be paused; the second colleague within a day makes it so.

    :raises Refusal: if one is no colleague, asks twice, or the account is paused already.
    """
    return accounts.call_for_pause(
        account=account, rule=rules.may_call_for_pause, reason=reason, by=by, at=at
    )


def resume(*, account: Account, by: Standing, at: datetime) -> Account:
    """Let a paused colleague in again.

    :raises Refusal: if a rule says no, or the account is not paused.
    """
    return accounts.resume(account=account, rule=rules.may_resume, by=by, at=at)


def deactivate(*, account: Account, by: Standing, at: datetime) -> Account:
    """Close an account in order: everything is handed over and every membership has ended.

    :raises Refusal: if a rule says no, or with the sentences of what is still held.
    """
    return accounts.deactivate(account=account, rule=rules.may_deactivate, by=by, at=at)


def _belongs(
    organisation: Organisation, account: Account, function: str, at: datetime, *, agreed_at: datetime | None
) -> Membership:
    if Membership.objects.not_over(at).filter(organisation=organisation, account=account).exists():
        raise refuse(_("This person belongs to the organisation already."), "organisations.member.already")
    return Membership.objects.create(
        organisation=organisation,
        account=account,
        ref=new_reference(),
        function=function.strip(),
        from_at=at,
        agreed_at=agreed_at,
    )


def held_by(account: Account, at: datetime) -> list[str]:
    """What somebody must hand over before a membership may end, in sentences."""
    return [
        str(sentence) for tie in ties() if tie.name != "organisations" for sentence in tie.holds(account, at)
    ]
