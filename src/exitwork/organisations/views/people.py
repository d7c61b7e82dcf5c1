# SPDX-License-Identifier: AGPL-3.0-or-later
"""Who works here: the list, inviting, one person's page."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponseBase
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from exitwork.accounts.words import Carried
from exitwork.organisations import actions, queries, rules
from exitwork.organisations.forms import FunctionForm, GrantForm, InviteAgainForm, InviteForm, PlainForm
from exitwork.organisations.models import Membership, Organisation, RoleGrant
from exitwork.organisations.words.roles import CHOICES, DOES
from exitwork.pages import ActionForm, Request, listed, page, render, visible


@page
def people(request: Request) -> HttpResponseBase:
    """Everyone who belongs to the organisation, by name."""
    by, at = request.standing, request.at
    organisation = visible(request, Organisation, pk=by.organisation)
    rows = (
        Membership.objects.visible_to(request.standing, request.at)
        .not_over(at)
        .filter(organisation=organisation)
    )
    listing = listed(request, rows.select_related("account").order_by("account__name", "pk"))
    return render(
        request,
        "organisations/people.html",
        listing=listing,
        members=queries.members(listing.rows, at),
        administrators=queries.administrators(organisation.pk, at),
        may_invite=rules.may_add_members.decide(by, organisation, at),
    )


@page
def invite(request: Request) -> HttpResponseBase:
    """Invite somebody; a code on paper is shown this once."""
    by, at = request.standing, request.at
    organisation = visible(request, Organisation, pk=by.organisation)
    form = InviteForm(request.POST or None)
    if form.carries_out(actions.invite, organisation=organisation, by=by, at=at):
        return _invited(request, form)
    return render(
        request,
        "organisations/invite.html",
        form=form,
        decision=rules.may_add_members.decide(by, organisation, at),
        does=[(label, DOES[role]) for (value, label), role in zip(CHOICES, DOES, strict=True)],
    )


@page
def invite_again(request: Request, ref: str) -> HttpResponseBase:
    """Invite somebody anew whose invitation was lost or has run out."""
    by, at = request.standing, request.at
    membership = visible(request, Membership, ref=ref)
    form = InviteAgainForm(request.POST or None)
    if form.carries_out(actions.invite_again, membership=membership, by=by, at=at):
        return _invited(request, form)
    decision = rules.may_change_member.decide(by, membership, at)
    return render(
        request, "organisations/invite_again.html", form=form, membership=membership, decision=decision
    )


def _invited(request: Request, form: ActionForm) -> HttpResponseBase:
    """The code to print, once; else back to the list."""
    new = form.result
    if new is not None and new.invited is not None and form.cleaned_data["carried"] == Carried.PRINTED:
        link = request.build_absolute_uri(new.invited.path)
        return render(request, "organisations/invited.html", new=new, link=link)
    messages.success(request, _("The invitation is on its way."))
    return redirect("organisations:people")


@page
def person(request: Request, ref: str) -> HttpResponseBase:
    """One member: function, roles, and what can be done."""
    membership = visible(request, Membership, ref=ref)
    return _person(request, membership)


@page
def function(request: Request, ref: str) -> HttpResponseBase:
    """Say anew what somebody's function is called."""
    membership = visible(request, Membership, ref=ref)
    form = FunctionForm(request.POST or None)
    if form.carries_out(actions.change_function, membership=membership, by=request.standing, at=request.at):
        messages.success(request, _("Saved."))
        return redirect("organisations:person", ref)
    return _person(request, membership, function_form=form)


@page
def grant(request: Request, ref: str) -> HttpResponseBase:
    """Grant one more role."""
    membership = visible(request, Membership, ref=ref)
    form = GrantForm(request.POST or None)
    if form.carries_out(actions.grant_role, membership=membership, by=request.standing, at=request.at):
        messages.success(request, _("The role is granted."))
        return redirect("organisations:person", ref)
    return _person(request, membership, grant_form=form)


@page
def end_role(request: Request, ref: str, role: str) -> HttpResponseBase:
    """End a role; the programme, where it is held for one, stands in the form."""
    membership = visible(request, Membership, ref=ref)
    held = (
        RoleGrant.objects.visible_to(request.standing, request.at)
        .in_force(request.at)
        .filter(membership=membership, role=role)
    )
    programme = request.POST.get("programme", "")
    grants = [one for one in held if str(one.programme_id or "") == programme]
    form = PlainForm(request.POST or None)
    if not grants:
        return redirect("organisations:person", ref)
    if form.carries_out(actions.end_role, grant=grants[0], by=request.standing, at=request.at):
        messages.success(request, _("The role has ended."))
        return redirect("organisations:person", ref)
    return _person(request, membership, ended_form=form)


def _person(request: Request, membership: Membership, **forms: Any) -> HttpResponseBase:
    by, at = request.standing, request.at
    (member,) = queries.members([membership], at)
    grants = (
        RoleGrant.objects.visible_to(request.standing, request.at).in_force(at).filter(membership=membership)
    )
    account = membership.account
    shown: dict[str, Any] = {
        "function_form": FunctionForm(initial={"function": membership.function}),
        "grant_form": GrantForm(),
        "ended_form": PlainForm(),
        **forms,
    }
    return render(
        request,
        "organisations/person.html",
        membership=membership,
        member=member,
        is_me=membership.account_id == by.account,
        held=[(one, rules.may_end_role.decide(by, one, at)) for one in grants.select_related("membership")],
        does={role.value: says for role, says in DOES.items()},
        may_change=rules.may_change_member.decide(by, membership, at),
        may_grant=rules.may_grant_role.decide(by, membership, at),
        may_end=rules.may_end_membership.decide(by, membership, at),
        may_pause=rules.may_pause.decide(by, account, at),
        may_call=rules.may_call_for_pause.decide(by, account, at),
        may_resume=rules.may_resume.decide(by, account, at),
        **shown,
    )
