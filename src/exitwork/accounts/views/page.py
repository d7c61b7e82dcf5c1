# SPDX-License-Identifier: AGPL-3.0-or-later
"""The account page: what someone sets about himself, his second factors, where he is signed in."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from exitwork.accounts import actions
from exitwork.accounts.forms import AccountForm
from exitwork.accounts.look import remember_look
from exitwork.accounts.models import Account
from exitwork.accounts.queries import has_app, passkeys, whereabouts
from exitwork.accounts.requests import account_of, acting, moment
from exitwork.accounts.rules import may_pause_oneself
from exitwork.accounts.sessions import digest
from exitwork.accounts.views.frame import show
from exitwork.kernel.decisions import Refusal


@require_http_methods(["GET", "HEAD", "POST"])
def page(request: HttpRequest) -> HttpResponseBase:
    """Show the account page; save what was set on it."""
    account = account_of(request)
    form = AccountForm(request.POST or None, initial=_initial(account))
    if request.method == "POST" and form.is_valid():
        try:
            actions.change_account(
                account=account, **form.cleaned_data, by=acting(request), at=moment(request)
            )
        except Refusal as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Saved."))
            response = HttpResponseRedirect(reverse("accounts:page"))
            remember_look(response, account)
            return response
    return _page(request, account, form)


@require_POST
def end_session(request: HttpRequest) -> HttpResponse:
    """Sign out one other device, or all of them."""
    account, by, at = account_of(request), acting(request), moment(request)
    which = request.POST.get("session", "")
    try:
        if which == "others":
            actions.end_other_sessions(account=account, keep=_this(request), by=by, at=at)
        else:
            actions.end_session(account=account, name=which, by=by, at=at)
    except Refusal as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("Signed out there."))
    return HttpResponseRedirect(reverse("accounts:page"))


@require_http_methods(["GET", "HEAD", "POST"])
def lost_device(request: HttpRequest) -> HttpResponseBase:
    """Pause one's own account at once, for a lost device."""
    if request.method != "POST":
        return show(request, "accounts/lost_device.html")
    actions.suspend(
        account=account_of(request), rule=may_pause_oneself, by=acting(request), at=moment(request)
    )
    request.session.flush()
    messages.success(
        request, _("Your account is paused, everywhere. A lead of your organisation can resume it.")
    )
    return HttpResponseRedirect(reverse("account_login"))


def _initial(account: Account) -> dict[str, object]:
    return {
        "name": account.name,
        "language": account.language,
        "theme": account.theme,
        "shortcuts": account.shortcuts,
        "version": account.version,
    }


def _this(request: HttpRequest) -> str:
    return digest(request.session.session_key or "")


def _page(request: HttpRequest, account: Account, form: AccountForm) -> HttpResponse:
    return show(
        request,
        "accounts/page.html",
        form=form,
        account=account,
        has_app=has_app(account.id),
        passkeys=passkeys(account.id),
        sessions=whereabouts(account, this=_this(request), at=moment(request)),
    )
