# SPDX-License-Identifier: AGPL-3.0-or-later
"""What of allauth is offered, under allauth's own names. Whatever is not here answers 404."""

from __future__ import annotations

from django.urls import path

from exitwork.accounts.views import factors, signin

urlpatterns = [
    path("sign-in/", signin.sign_in, name="account_login"),
    path("sign-in/second-factor/", signin.second_factor, name="mfa_authenticate"),
    path("sign-in/passkey/", signin.passkey_alone, name="mfa_login_webauthn"),
    path("sign-out/", signin.sign_out, name="account_logout"),
    path("account/again/", signin.password_again, name="account_reauthenticate"),
    path("account/again/code/", signin.code_again, name="mfa_reauthenticate"),
    path("account/again/passkey/", signin.passkey_again, name="mfa_reauthenticate_webauthn"),
    path("account/password/", signin.change_password, name="account_change_password"),
    path("account/second-factor/", factors.overview, name="mfa_index"),
    path("account/second-factor/app/add/", factors.add_app, name="mfa_activate_totp"),
    path("account/second-factor/app/remove/", factors.remove_app, name="mfa_deactivate_totp"),
    path("account/second-factor/codes/", factors.see_codes, name="mfa_view_recovery_codes"),
    path("account/second-factor/codes/new/", factors.draw_codes, name="mfa_generate_recovery_codes"),
    path("account/second-factor/codes/file/", factors.download_codes, name="mfa_download_recovery_codes"),
    path("account/second-factor/passkeys/", factors.list_passkeys, name="mfa_list_webauthn"),
    path("account/second-factor/passkeys/add/", factors.add_passkey, name="mfa_add_webauthn"),
    path("account/second-factor/passkeys/<int:pk>/name/", factors.rename_passkey, name="mfa_edit_webauthn"),
    path(
        "account/second-factor/passkeys/<int:pk>/remove/", factors.remove_passkey, name="mfa_remove_webauthn"
    ),
]
