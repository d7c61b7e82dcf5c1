# SPDX-License-Identifier: AGPL-3.0-or-later
"""Signing in and out, showing again that it is oneself, a new password: allauth's views in our frame."""

from __future__ import annotations

from typing import Any

from allauth.account import views as account
from allauth.mfa.base import views as mfa
from allauth.mfa.webauthn import views as webauthn
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase

from exitwork.accounts import actions
from exitwork.accounts.demo import cast
from exitwork.accounts.requests import account_of, acting, moment
from exitwork.accounts.sessions import LOCKED


class SignIn(account.LoginView):  # type: ignore[misc]
    """Sign in with address and password; in a demo, with one button."""

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Who can be tried out, in a demo."""
        return {**super().get_context_data(**kwargs), "cast": cast()}


class SignOut(account.LogoutView):  # type: ignore[misc]
    """Sign out, and let the browser forget what it kept of us."""

    def post(self, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Sign out."""
        response: HttpResponseBase = super().post(*args, **kwargs)
        response["Clear-Site-Data"] = '"cache", "storage"'
        return response


class ChangePassword(account.PasswordChangeView):  # type: ignore[misc]
    """Change one's password; who was never given one has no such page."""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Show and save it.

        :raises Http404: if the account has no password.
        """
        if not account_of(request).has_usable_password():
            raise Http404
        response: HttpResponseBase = super().dispatch(request, *args, **kwargs)
        return response


class _Unlocks:
    """Showing that it is oneself opens a locked screen."""

    request: HttpRequest

    def form_valid(self, form: Any) -> HttpResponse:
        """Unlock, then go on."""
        request = self.request
        actions.unlock_screen(
            request=request, account=account_of(request), by=acting(request), at=moment(request)
        )
        response: HttpResponse = super().form_valid(form)  # type: ignore[misc]
        return response

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Whether the screen is locked decides the words."""
        context: dict[str, Any] = super().get_context_data(**kwargs)  # type: ignore[misc]
        return {**context, "is_locked": bool(self.request.session.get(LOCKED))}


class PasswordAgain(_Unlocks, account.ReauthenticateView):  # type: ignore[misc]
    """Show by the password that it is oneself."""


class CodeAgain(_Unlocks, mfa.ReauthenticateView):  # type: ignore[misc]
    """Show by a code that it is oneself."""


class PasskeyAgain(_Unlocks, webauthn.ReauthenticateWebAuthnView):  # type: ignore[misc]
    """Show by a passkey that it is oneself."""


sign_in = SignIn.as_view()
sign_out = SignOut.as_view()
password_again = PasswordAgain.as_view()
code_again = CodeAgain.as_view()
passkey_again = PasskeyAgain.as_view()
second_factor = mfa.AuthenticateView.as_view()
passkey_alone = webauthn.LoginWebAuthnView.as_view()
change_password = ChangePassword.as_view()
