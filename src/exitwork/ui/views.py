# SPDX-License-Identifier: AGPL-3.0-or-later
"""The page "Display and keys": light or dark, single keys on or off.

* It is kept in the browser, in a cookie that says nothing about a person; no row is written.
* It asks for no sign-in: who can't read a page in the light can't sign in either.
"""

from __future__ import annotations

from typing import cast

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.loader import render_to_string
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from exitwork.ui.forms import DisplayForm

YEAR = 365 * 24 * 60 * 60


@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
def display(request: HttpRequest) -> HttpResponse:
    """Choose how pages look and whether single keys do something."""
    chosen = {"theme": request.COOKIES.get("theme", "device"), "keys": request.COOKIES.get("keys", "on")}
    form = DisplayForm(request.POST or None, initial=chosen)
    if form.is_bound and form.is_valid():
        response = redirect("ui:display")
        for name in ("theme", "keys"):
            value = cast(str, form.cleaned_data[name])
            response.set_cookie(
                name, value, max_age=YEAR, secure=request.is_secure(), httponly=True, samesite="Lax"
            )
        messages.success(request, _("From now on pages look like this on this device."))
        return response
    return HttpResponse(render_to_string("ui/display.html", {"form": form}, request))
