# SPDX-License-Identifier: AGPL-3.0-or-later
"""The settings of the organisation; a stale save meets what was saved in between."""

from __future__ import annotations

from http import HTTPStatus

from django.contrib import messages
from django.http import HttpResponseBase
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from exitwork.kernel.versions import Clash
from exitwork.organisations import actions, rules
from exitwork.organisations.forms import SettingsForm
from exitwork.organisations.legal import profile
from exitwork.organisations.models import Organisation
from exitwork.pages import Request, page, render, visible


@page
def settings(request: Request) -> HttpResponseBase:
    """Change the settings."""
    by, at = request.standing, request.at
    organisation = visible(request, Organisation, pk=by.organisation)
    decision = rules.may_change_organisation.decide(by, organisation, at)
    initial = {**organisation.settings_now(), "version": organisation.version}
    form = SettingsForm(request.POST or None, initial=initial)
    status = HTTPStatus.OK
    clashes: tuple[Clash, ...] = ()
    if form.carries_out(actions.change, organisation=organisation, by=by, at=at):
        messages.success(request, _("Saved."))
        return redirect("organisations:settings")
    if form.stale is not None and form.merge is not None:
        clashes = form.merge.clashes
        mine = {clash.field: clash.mine for clash in clashes}
        merged = {**form.merge.taken, **mine, "version": form.stale.version}
        form = SettingsForm(initial=merged)
        status = HTTPStatus.CONFLICT
    return render(
        request,
        "organisations/settings.html",
        status=status,
        form=form,
        is_stale=status == HTTPStatus.CONFLICT,
        clashes=[(form.fields[clash.field].label, clash) for clash in clashes],
        decision=decision,
        law=profile(organisation.legal_profile),
    )
