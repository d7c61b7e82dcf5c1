# SPDX-License-Identifier: AGPL-3.0-or-later
"""Pausing at once, resuming, and leaving in order."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponseBase
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from exitwork.organisations import actions, rules
from exitwork.organisations.actions.members import held_by
from exitwork.organisations.forms import PauseForm, PlainForm
from exitwork.organisations.models import Membership
from exitwork.pages import Request, page, render, visible


@page
def pause(request: Request, ref: str) -> HttpResponseBase:
    """Pause somebody at once, or as the first or second colleague ask for it."""
    by, at = request.standing, request.at
    membership = visible(request, Membership, ref=ref)
    account = membership.account
    alone = rules.may_pause.decide(by, account, at)
    form = PauseForm(request.POST or None)
    action = actions.suspend_colleague if alone else actions.call_for_pause
    if form.carries_out(action, account=account, by=by, at=at):
        if account.pk == by.account:
            return redirect("account_login")
        account.refresh_from_db()
        says = (
            _("Asked. One more colleague is needed.")
            if account.is_active
            else _("Paused. Nothing opens any more.")
        )
        messages.success(request, says)
        return redirect("organisations:person", ref)
    decision = alone if alone else rules.may_call_for_pause.decide(by, account, at)
    return render(
        request,
        "organisations/pause.html",
        membership=membership,
        form=form,
        alone=bool(alone),
        decision=decision,
    )


@page
def resume(request: Request, ref: str) -> HttpResponseBase:
    """Let a paused colleague in again."""
    by, at = request.standing, request.at
    membership = visible(request, Membership, ref=ref)
    form = PlainForm(request.POST or None)
    if form.carries_out(actions.resume, account=membership.account, by=by, at=at):
        messages.success(request, _("This person can sign in again."))
        return redirect("organisations:person", ref)
    decision = rules.may_resume.decide(by, membership.account, at)
    return render(request, "organisations/resume.html", membership=membership, form=form, decision=decision)


@page
def end(request: Request, ref: str) -> HttpResponseBase:
    """End a membership in order: what is still held is named first."""
    by, at = request.standing, request.at
    membership = visible(request, Membership, ref=ref)
    form = PlainForm(request.POST or None)
    if form.carries_out(actions.end_membership, membership=membership, by=by, at=at):
        messages.success(request, _("The membership has ended."))
        return redirect("organisations:people")
    return render(
        request,
        "organisations/end.html",
        membership=membership,
        form=form,
        held=held_by(membership.account, at),
        decision=rules.may_end_membership.decide(by, membership, at),
    )


@page
def close(request: Request, ref: str) -> HttpResponseBase:
    """Close the account of somebody whose memberships have all ended."""
    by, at = request.standing, request.at
    membership = visible(request, Membership, ref=ref)
    form = PlainForm(request.POST or None)
    if form.carries_out(actions.deactivate, account=membership.account, by=by, at=at):
        messages.success(request, _("The account is closed."))
        return redirect("organisations:people")
    decision = rules.may_deactivate.decide(by, membership.account, at)
    return render(request, "organisations/close.html", membership=membership, form=form, decision=decision)
