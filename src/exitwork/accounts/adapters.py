# SPDX-License-Identifier: AGPL-3.0-or-later
"""What allauth asks of us: sign-in, sign-out, passwords and second factors, with their records.

* No address of a caller is used as it is: allauth's limits get a bucket of the day instead.
* No mail is sent from here and no account is made: both have their own door (invitations).
* The secrets of second factors are encrypted under a key made from the installation's secret.
"""

from __future__ import annotations

import hashlib
import os
from base64 import urlsafe_b64decode, urlsafe_b64encode
from io import BytesIO
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.core import context
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.encoding import force_bytes
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from exitwork import journal
from exitwork.accounts import actions, queries
from exitwork.accounts.devices import device_of
from exitwork.accounts.look import remember_look
from exitwork.accounts.models import Account
from exitwork.accounts.requests import account_of, acting, moment, since_sign_in
from exitwork.accounts.sessions import DEVICE, FIRST_FACTOR, HAS_FACTOR, digest
from exitwork.accounts.throttle import bucket
from exitwork.accounts.words import SIGN_IN_FAILED, SIGNED_IN, SIGNED_OUT
from exitwork.kernel.decisions import Refused
from exitwork.kernel.standing import NOBODY

NONCE = 12
FRESH = 600  # seconds after a sign-in in which the first second factor is set up without signing in again


def displayed(account: Account) -> str:
    """How an account is called on its owner's own device."""
    return account.name


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]
    """Sign-in by address and password."""

    error_messages = {
        **DefaultAccountAdapter.error_messages,
        "email_password_mismatch": _("The address or the password is not right."),
        "incorrect_password": _("The password is not right."),
        "incorrect_code": _("This code is not right, or it has run out. Use the next one the app shows."),
        "too_many_login_attempts": _("Too many tries. Wait five minutes, then try again."),
        "rate_limited": _("Too many tries. Wait a minute, then try again."),
        "enter_current_password": _("This is not your present password."),
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:  # noqa: ARG002 (allauth's interface)
        """Nobody makes an account for himself: one is invited."""
        return False

    def get_client_ip(self, request: HttpRequest) -> str:
        """A bucket of the day in place of the address: what allauth keeps in memory tells nothing."""
        return bucket("address", super().get_client_ip(request), at=moment(request))

    def add_message(
        self,
        request: HttpRequest,
        level: int,
        message_template: str | None = None,  # noqa: ARG002 (allauth's interface)
        message_context: dict[str, Any] | None = None,
        extra_tags: str = "",
        message: str | None = None,
    ) -> None:
        """Say what we were given to say; allauth's own notices say nothing the page does not."""
        if message:
            super().add_message(request, level, None, message_context, extra_tags, message)

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Send nothing: mail leaves through the journal's outbox only."""

    def authentication_failed(self, request: HttpRequest, **credentials: Any) -> None:
        """Record a wrong password, for an address we have and for one we don't."""
        known = Account.objects.at_address(str(credentials.get("email", ""))).first()
        said = Refused(gettext("The address or the password is not right."), "wrong_password")
        journal.refused(SIGN_IN_FAILED, said, by=NOBODY, about=known, at=moment(request))

    def reauthenticate(self, user: Account, password: str) -> bool:
        """Whether the password is that of the one signed in."""
        found = self.authenticate(context.request, email=user.email, password=password)
        return found is not None and found.pk == user.pk

    def respond_user_inactive(self, request: HttpRequest, user: Account) -> HttpResponse:  # noqa: ARG002
        """Say that the account is paused, to someone who knew its password or held its passkey."""
        messages.error(request, gettext("This account is paused. A lead of your organisation can resume it."))
        return HttpResponseRedirect(reverse("account_login"))

    def login(self, request: HttpRequest, user: Account) -> None:
        """Sign in, note the kind of device, and record it."""
        super().login(request, user)
        request.session[DEVICE] = str(device_of(request))
        has = queries.has_second_factor(user.id)
        request.session[HAS_FACTOR], request.session[FIRST_FACTOR] = has, not has
        by = queries.standing_without_organisation(user)
        with journal.recorded(SIGNED_IN, by=by, about=user, at=moment(request)):
            pass

    def post_login(self, request: HttpRequest, user: Account, **kwargs: Any) -> HttpResponse:
        """Go on to the first page, looking as the account has it."""
        response: HttpResponse = super().post_login(request, user, **kwargs)
        remember_look(response, user)
        return response

    def logout(self, request: HttpRequest) -> None:
        """Record the sign-out and end the session."""
        with journal.recorded(SIGNED_OUT, by=acting(request), about=account_of(request), at=moment(request)):
            pass
        super().logout(request)

    def set_password(self, user: Account, password: str) -> None:
        """Store a new password; every other session of the account ends."""
        request = context.request
        keep = digest(request.session.session_key or "")
        actions.change_password(
            account=account_of(request), password=password, keep=keep, by=acting(request), at=moment(request)
        )
        user.password = account_of(request).password  # allauth makes the session's proof from this one

    def get_password_change_redirect_url(self, request: HttpRequest) -> str:  # noqa: ARG002
        """Back to the account page."""
        return reverse("accounts:page")

    def get_login_redirect_url(self, request: HttpRequest) -> str:  # noqa: ARG002
        """The first page after signing in."""
        return str(settings.LOGIN_REDIRECT_URL)

    def is_reauthentication_required(self, *, app: str, **kwargs: Any) -> bool:
        """Whether someone must show again that it is he.

        Not while setting up the first second factor in the minutes after signing in: he just did.
        """
        request = context.request
        if app == "allauth.mfa" and request.session.get(FIRST_FACTOR) and since_sign_in(request) <= FRESH:
            return False
        return bool(super().is_reauthentication_required(app=app, **kwargs))


class FactorAdapter(DefaultMFAAdapter):  # type: ignore[misc]
    """Second factors."""

    error_messages = {
        **DefaultMFAAdapter.error_messages,
        "incorrect_code": AccountAdapter.error_messages["incorrect_code"],
        "cannot_delete_authenticator": _("This is your last second factor. Set up another one first."),
    }

    def encrypt(self, text: str) -> str:
        """Encrypt the secret of an authenticator app or of recovery codes."""
        nonce = os.urandom(NONCE)
        return urlsafe_b64encode(
            nonce + _cipher(settings.SECRET_KEY).encrypt(nonce, text.encode(), None)
        ).decode()

    def decrypt(self, encrypted_text: str) -> str:
        """The secret again, under the present or an earlier secret of the installation.

        :raises InvalidTag: if none of them fits.
        """
        raw = urlsafe_b64decode(encrypted_text)
        for secret in (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS):
            try:
                return _cipher(secret).decrypt(raw[:NONCE], raw[NONCE:], None).decode()
            except InvalidTag:
                continue
        raise InvalidTag

    def can_delete_authenticator(self, authenticator: Authenticator) -> bool:
        """Whether another second factor remains, where one is required."""
        others = Authenticator.objects.filter(user_id=authenticator.user_id, type__in=queries.SECOND_FACTORS)
        return settings.ACCOUNTS_SECOND_FACTOR != "required" or others.exclude(pk=authenticator.pk).exists()

    def build_totp_svg(self, url: str) -> str:
        """The square to scan, black on its own white, so that it reads in the dark look too."""
        import qrcode  # type: ignore[import-untyped]
        from qrcode.image.svg import SvgPathFillImage  # type: ignore[import-untyped]

        drawn = BytesIO()
        qrcode.make(url, image_factory=SvgPathFillImage).save(drawn)
        text = drawn.getvalue().decode()
        return text[text.index("<svg") :]

    def generate_authenticator_name(self, user: Account, type: Authenticator.Type) -> str:
        """A first name for a passkey, to be told apart later."""
        count = Authenticator.objects.filter(user_id=user.pk, type=type).count()
        return gettext("Passkey %(number)d") % {"number": count + 1}

    def send_notification_mail(self, *args: Any, **kwargs: Any) -> None:
        """Send nothing: the change stands in the journal and on the account page."""


def _cipher(secret: str | bytes) -> AESGCM:
    return AESGCM(hashlib.sha256(b"exitwork second factors\0" + force_bytes(secret)).digest())
