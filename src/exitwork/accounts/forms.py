# SPDX-License-Identifier: AGPL-3.0-or-later
"""What people type in this room.

* A failed second factor is recorded where it is found out, without what was typed.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from allauth.account.forms import ChangePasswordForm, LoginForm, ReauthenticateForm
from allauth.core import context
from allauth.mfa.adapter import get_adapter
from allauth.mfa.base.forms import AuthenticateForm
from allauth.mfa.base.forms import ReauthenticateForm as ReauthenticateCodeForm
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.forms import ActivateTOTPForm
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value, yield_hotp_counters_from_time
from allauth.mfa.utils import decrypt
from allauth.mfa.webauthn.forms import (
    AddWebAuthnForm,
    AuthenticateWebAuthnForm,
    EditWebAuthnForm,
    LoginWebAuthnForm,
    ReauthenticateWebAuthnForm,
)
from cryptography.exceptions import InvalidSignature
from django import forms
from django.conf import settings
from django.contrib.auth.password_validation import password_validators_help_texts, validate_password
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from exitwork import journal
from exitwork.accounts.actions.invitation import normal
from exitwork.accounts.models import Account
from exitwork.accounts.requests import acting, moment
from exitwork.accounts.words import FACTOR_FAILED, Theme
from exitwork.kernel.decisions import Refused

# What fido2 raises on bytes and JSON that are no passkey; allauth catches some of it only.
_NO_PASSKEY = (KeyError, TypeError, ValueError, AttributeError, IndexError, InvalidSignature)
_CODE = {"autocomplete": "one-time-code", "inputmode": "numeric", "spellcheck": "false"}


def _failed(account: Account | None, error: ValidationError) -> None:
    request = context.request
    said = Refused(" ".join(error.messages), "second_factor")
    journal.refused(FACTOR_FAILED, said, by=acting(request), about=account, at=moment(request))


def _read(check: Callable[[], Any]) -> Any:
    """What the check finds; what a browser sent in no shape of a passkey is a wrong passkey, not a fault."""
    try:
        return check()
    except _NO_PASSKEY as error:
        raise get_adapter().validation_error("incorrect_code") from error


def _used_once(factor: Authenticator, typed: str) -> None:
    """Let a code of an app through once, in whichever web process it arrives.

    :raises ValidationError: if this code or a later one was used before.
    """
    shown = yield_hotp_counters_from_time()
    secret, code = decrypt(factor.data["secret"]), typed.strip().replace(" ", "")
    fitting = [step for step in shown if format_hotp_value(hotp_value(secret, step)) == code]
    with transaction.atomic():
        kept = Authenticator.objects.select_for_update().get(pk=factor.pk)
        if not fitting or max(fitting) <= kept.data.get("last_step", 0):
            raise get_adapter().validation_error("incorrect_code")
        kept.data["last_step"] = max(fitting)
        kept.save(update_fields=["data"])


class _RecordsFailure:
    """Records a code or passkey that did not fit, then lets the form say so."""

    user: Account | None

    def _checked(self, check: Callable[[], Any]) -> Any:
        try:
            return _read(check)
        except ValidationError as error:
            _failed(self.user, error)
            raise


class _ChecksCode(_RecordsFailure):
    """A code of the app, each once, or a recovery code."""

    authenticator: Authenticator

    def clean_code(self) -> str:
        """The code, if it fits."""

        def check() -> str:
            code = str(super(_ChecksCode, self).clean_code())  # type: ignore[misc]
            if self.authenticator.type == Authenticator.Type.TOTP:
                _used_once(self.authenticator, code)
            return code

        return str(self._checked(check))


class SignInForm(LoginForm):  # type: ignore[misc]
    """Address and password."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["login"].label = _("E-mail address")
        self.fields["login"].widget.attrs.update(
            autocomplete="username", inputmode="email", spellcheck="false"
        )
        self.fields["password"].help_text = ""
        _plain(self)


class PasswordAgainForm(ReauthenticateForm):  # type: ignore[misc]
    """The password, to show that it is still oneself."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _plain(self)


class NewPasswordForm(ChangePasswordForm):  # type: ignore[misc]
    """The present password, and a new one twice."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["oldpassword"].label = _("Present password")
        self.fields["password1"].label = _("New password")
        self.fields["password1"].help_text = " ".join(password_validators_help_texts())
        self.fields["password2"].label = _("New password again")
        _plain(self)


class CodeForm(_ChecksCode, AuthenticateForm):  # type: ignore[misc]
    """A code of the authenticator app, or a recovery code."""

    code = forms.CharField(label=_("Code"), widget=forms.TextInput(attrs=_CODE))


class CodeAgainForm(_ChecksCode, ReauthenticateCodeForm):  # type: ignore[misc]
    """A code, to show that it is still oneself."""

    code = forms.CharField(label=_("Code"), widget=forms.TextInput(attrs=_CODE))


class AppForm(ActivateTOTPForm):  # type: ignore[misc]
    """The first code of a new authenticator app."""

    code = forms.CharField(label=_("The code the app shows now"), widget=forms.TextInput(attrs=_CODE))


class PasskeyForm(_RecordsFailure, AuthenticateWebAuthnForm):  # type: ignore[misc]
    """A passkey as second factor."""

    def clean_credential(self) -> Any:
        """The passkey, if it fits."""
        return self._checked(super().clean_credential)


class PasskeyAgainForm(_RecordsFailure, ReauthenticateWebAuthnForm):  # type: ignore[misc]
    """A passkey, to show that it is still oneself."""

    def clean_credential(self) -> Any:
        """The passkey, if it fits."""
        return self._checked(super().clean_credential)


class PasskeyAloneForm(_RecordsFailure, LoginWebAuthnForm):  # type: ignore[misc]
    """Sign-in with a passkey alone."""

    def clean_credential(self) -> Any:
        """The passkey, if it fits."""
        return self._checked(super().clean_credential)


class NewPasskeyForm(AddWebAuthnForm):  # type: ignore[misc]
    """A new passkey or security key."""

    name = forms.CharField(label=_("What do you call it?"), required=False, max_length=60)
    passwordless = forms.BooleanField(
        label=_("Sign in with this passkey alone, without the password"),
        required=False,
        initial=True,
        help_text=_("Leave this empty for a security key that has no PIN and reads no fingerprint."),
    )

    def clean(self) -> dict[str, Any]:
        """The new passkey, if the answer fits the challenge."""
        return dict(_read(super().clean))


class PasskeyNameForm(EditWebAuthnForm):  # type: ignore[misc]
    """Another name for a passkey."""

    name = forms.CharField(label=_("What do you call it?"), max_length=60)


class AccountForm(forms.Form):
    """What someone sets about himself."""

    name = forms.CharField(label=_("Name"), max_length=200, help_text=_("As colleagues know you."))
    language = forms.ChoiceField(label=_("Language"), choices=settings.LANGUAGES)
    theme = forms.ChoiceField(label=_("Light or dark"), choices=Theme.choices)
    shortcuts = forms.BooleanField(label=_("Single keys as shortcuts"), required=False)
    version = forms.IntegerField(widget=forms.HiddenInput)


class InvitationCodeForm(forms.Form):
    """The code from the paper."""

    code = forms.CharField(
        label=_("The code on your paper"),
        max_length=40,
        help_text=_("Twenty letters and figures in five groups. Capitals or not, with or without hyphens."),
        widget=forms.TextInput(attrs={"spellcheck": "false", "autocapitalize": "characters"}),
    )

    def clean_code(self) -> str:
        """The code as it was meant."""
        return normal(self.cleaned_data["code"])


class FirstPasswordForm(forms.Form):
    """The first password of an invited account, twice."""

    new = {"autocomplete": "new-password"}
    password = forms.CharField(label=_("Password"), strip=False, widget=forms.PasswordInput(attrs=new))
    again = forms.CharField(label=_("Password again"), strip=False, widget=forms.PasswordInput(attrs=new))

    def __init__(self, *args: Any, account: Account, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.account = account
        self.fields["password"].help_text = " ".join(password_validators_help_texts())

    def clean_password(self) -> str:
        """The password, if it is good enough."""
        password: str = self.cleaned_data["password"]
        validate_password(password, self.account)
        return password

    def clean(self) -> dict[str, Any]:
        """Both are the same."""
        typed = super().clean() or {}
        if "password" in typed and "again" in typed and typed["password"] != typed["again"]:
            self.add_error("again", _("The two passwords are not the same."))
        return typed


def _plain(form: forms.Form) -> None:
    """No placeholder: a label says what a field is, also after something was typed."""
    for field in form.fields.values():
        field.widget.attrs.pop("placeholder", None)
