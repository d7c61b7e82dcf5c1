# SPDX-License-Identifier: AGPL-3.0-or-later
"""Starting a programme, changing and ending it, and adopting a newer version of its pack."""

from __future__ import annotations

from http import HTTPStatus
from typing import Any

from django.contrib import messages
from django.http import HttpResponseBase
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from exitwork.organisations.models import Organisation
from exitwork.pages import page, render, visible
from exitwork.pages.requests import Request
from exitwork.pages.uploads import takes_a_file
from exitwork.programmes import actions, rules
from exitwork.programmes.forms import AdoptForm, ChangeForm, EndForm, StartForm, StartFromFileForm
from exitwork.programmes.models import Programme
from exitwork.programmes.packs.shelf import shipped
from exitwork.programmes.queries import local_day
from exitwork.programmes.views.asking import about_to_start
from exitwork.programmes.views.packs import pack_or_404


@page
def choose(request: Request) -> HttpResponseBase:
    """Choose what to start from: a shipped pack or a file."""
    if request.GET.get("pack") in shipped():
        return redirect("programmes:start", request.GET["pack"])
    return render(
        request,
        "programmes/choose.html",
        packs=list(shipped().values()),
        decision=rules.may_start_programme.decide(request.standing, about_to_start(request), request.at),
    )


@page
def start(request: Request, key: str) -> HttpResponseBase:
    """Start a programme under a shipped pack."""
    pack = pack_or_404(key)
    today = local_day(request.standing, request.at)
    initial = {"name": pack.name, "form": pack.form.value if pack.form else "", "starts": today}
    form = StartForm(request.POST or None, initial=initial)
    return _started(request, form, pack=pack)


@takes_a_file
@page
def start_from_file(request: Request) -> HttpResponseBase:
    """Start a programme from a pack file."""
    initial = {"starts": local_day(request.standing, request.at)}
    return _started(request, StartFromFileForm(request.POST or None, request.FILES or None, initial=initial))


@page
def change(request: Request, ref: str) -> HttpResponseBase:
    """Change the name and the days; a stale save meets what was saved in between."""
    by, at = request.standing, request.at
    programme = visible(request, Programme, ref=ref)
    form = ChangeForm(
        request.POST or None, initial={**programme.settings_now(), "version": programme.version}
    )
    status, clashes = HTTPStatus.OK, []
    if form.carries_out(actions.change_programme, programme=programme, by=by, at=at):
        messages.success(request, _("Saved."))
        return redirect("programmes:programme", ref)
    if form.stale is not None and form.merge is not None:
        status = HTTPStatus.CONFLICT
        clashes = [(form.fields[clash.field].label, clash) for clash in form.merge.clashes]
        mine = {clash.field: clash.mine for clash in form.merge.clashes}
        form = ChangeForm(initial={**form.merge.taken, **mine, "version": form.stale.version})
    return render(
        request,
        "programmes/change.html",
        status=status,
        programme=programme,
        form=form,
        is_stale=status == HTTPStatus.CONFLICT,
        clashes=clashes,
        decision=rules.may_change_programme.decide(by, programme, at),
    )


@page
def end(request: Request, ref: str) -> HttpResponseBase:
    """Set the last day."""
    by, at = request.standing, request.at
    programme = visible(request, Programme, ref=ref)
    form = EndForm(request.POST or None, initial={"ends": programme.ends})
    if form.carries_out(actions.end_programme, programme=programme, by=by, at=at):
        messages.success(request, _("The last day is set."))
        return redirect("programmes:programme", ref)
    decision = rules.may_change_programme.decide(by, programme, at)
    return render(request, "programmes/end.html", programme=programme, form=form, decision=decision)


@takes_a_file
@page
def adopt(request: Request, ref: str) -> HttpResponseBase:
    """Adopt a newer version of the pack."""
    by, at = request.standing, request.at
    programme = visible(request, Programme, ref=ref)
    form = AdoptForm(request.POST or None, request.FILES or None, programme=programme)
    if form.carries_out(actions.adopt_new_pack_version, programme=programme, by=by, at=at):
        messages.success(request, _("The new version is in force."))
        return redirect("programmes:programme", ref)
    decision = rules.may_change_programme.decide(by, programme, at)
    return render(request, "programmes/adopt.html", programme=programme, form=form, decision=decision)


def _started(request: Request, form: StartForm, **given: Any) -> HttpResponseBase:
    by, at = request.standing, request.at
    organisation = visible(request, Organisation, pk=by.organisation)
    if form.carries_out(actions.start_programme, organisation=organisation, by=by, at=at, **given):
        messages.success(request, _("The programme has started."))
        return redirect("programmes:programme", form.done_ref)
    decision = rules.may_start_programme.decide(by, about_to_start(request), at)
    return render(request, "programmes/start.html", form=form, decision=decision, pack=given.get("pack"))
