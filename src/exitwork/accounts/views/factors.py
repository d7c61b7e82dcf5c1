# SPDX-License-Identifier: AGPL-3.0-or-later
"""Second factors: allauth's views, each change inside its record.

* Where a second factor is required, the last one can't be removed.
* Recovery codes shown, downloaded or drawn anew stand in the journal.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from allauth.mfa.adapter import get_adapter
from allauth.mfa.base import views as base
from allauth.mfa.recovery_codes import views as codes
from allauth.mfa.totp import views as totp
from allauth.mfa.webauthn import views as webauthn
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.urls import reverse

from exitwork import journal
from exitwork.accounts.queries import has_app, has_second_factor, passkeys
from exitwork.accounts.requests import account_of, acting, moment
from exitwork.accounts.sessions import HAS_FACTOR
from exitwork.accounts.words import CODES_DRAWN, CODES_SEEN, FACTOR_ADDED, FACTOR_REMOVED, FACTOR_RENAMED
from exitwork.kernel.events import Event


class _Recorded:
    """Carries out what the form asks for inside a record."""

    request: HttpRequest
    event: Event
    kind = ""

    def form_valid(self, form: Any) -> HttpResponse:
        """Change and record in one transaction."""
        request = self.request
        with journal.recorded(
            self.event, by=acting(request), about=account_of(request), at=moment(request)
        ) as entry:
            response: HttpResponse = super().form_valid(form)  # type: ignore[misc]
            entry.note(kind=self.kind)
        request.session[HAS_FACTOR] = has_second_factor(account_of(request).id)
        return response


class Overview(base.IndexView):  # type: ignore[misc]
    """What second factors there are."""

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Whether there are any decides the words."""
        context: dict[str, Any] = super().get_context_data(**kwargs)
        account = account_of(self.request)
        kept = context["authenticators"].get("recovery_codes")
        return {
            **context,
            "has_app": has_app(account.id),
            "passkeys": passkeys(account.id),
            "codes_left": len(kept.get_unused_codes()) if kept else 0,
        }


class AddApp(_Recorded, totp.ActivateTOTPView):  # type: ignore[misc]
    """Set up an authenticator app."""

    event, kind = FACTOR_ADDED, "app"


class RemoveApp(_Recorded, totp.DeactivateTOTPView):  # type: ignore[misc]
    """Remove the authenticator app."""

    event, kind = FACTOR_REMOVED, "app"


class AddPasskey(_Recorded, webauthn.AddWebAuthnView):  # type: ignore[misc]
    """Add a passkey or security key."""

    event, kind = FACTOR_ADDED, "passkey"


class RenamePasskey(_Recorded, webauthn.EditWebAuthnView):  # type: ignore[misc]
    """Call a passkey something else."""

    event, kind = FACTOR_RENAMED, "passkey"


class RemovePasskey(_Recorded, webauthn.RemoveWebAuthnView):  # type: ignore[misc]
    """Remove a passkey."""

    event, kind = FACTOR_REMOVED, "passkey"

    def form_valid(self, form: Any) -> HttpResponse:
        """Remove it, unless it is the last second factor and one is required."""
        if not get_adapter().can_delete_authenticator(self.get_object()):
            messages.error(self.request, str(get_adapter().error_messages["cannot_delete_authenticator"]))
            return HttpResponseRedirect(reverse("mfa_list_webauthn"))
        return super().form_valid(form)


class DrawCodes(_Recorded, codes.GenerateRecoveryCodesView):  # type: ignore[misc]
    """Draw new recovery codes; the old ones end."""

    event = CODES_DRAWN


def _seen(view: Callable[..., HttpResponseBase]) -> Callable[..., HttpResponseBase]:
    """Record that recovery codes are about to be shown."""

    def shown(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        response = view(request, *args, **kwargs)
        if response.status_code == 200:
            render = getattr(response, "render", None)
            response = render() if render is not None else response
            journal.looked(CODES_SEEN, by=acting(request), about=account_of(request), at=moment(request))
        return response

    return shown


overview = Overview.as_view()
add_app = AddApp.as_view()
remove_app = RemoveApp.as_view()
list_passkeys = webauthn.ListWebAuthnView.as_view()
add_passkey = AddPasskey.as_view()
rename_passkey = RenamePasskey.as_view()
remove_passkey = RemovePasskey.as_view()
see_codes = _seen(codes.ViewRecoveryCodesView.as_view())
download_codes = _seen(codes.DownloadRecoveryCodesView.as_view())
draw_codes = DrawCodes.as_view()
