# SPDX-License-Identifier: AGPL-3.0-or-later
"""Django's settings, derived from the installation's options."""

from __future__ import annotations

import secrets
from datetime import timedelta
from pathlib import Path

from exitwork.settings.connections import database, mail
from exitwork.settings.logs import configure
from exitwork.settings.options import home, number, secret_key, switch, text, words

HOME = home()
DEBUG = False
DEMO = switch("demo")
INDEPENDENT = switch("independent")
# Never a default that someone else knows: without an installation, a key for this process only.
SECRET_KEY = secret_key() or secrets.token_urlsafe(50)
# A probe on this machine asks by address.
ALLOWED_HOSTS = list(dict.fromkeys([*words("hosts"), "localhost", "127.0.0.1", "[::1]"]))
ROOT_URLCONF = "exitwork.urls"
WSGI_APPLICATION = "exitwork.wsgi.application"

ROOMS = [
    "ui",
    "vault",
    "journal",
    "access",
    "accounts",
    "organisations",
    "pages",
    "drafts",
    "people",
    "programmes",
    "cases",
    "contacts",
    "agenda",
    "documents",
    "workplace",
    "upkeep",
]
INSTALLED_APPS = [
    "django.contrib.contenttypes",
    "django.contrib.auth",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django_htmx",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "django_tasks",
    "django_tasks_db",
    *(f"exitwork.{room}" for room in ROOMS),
]
MIDDLEWARE = [
    "exitwork.ui.headers.HeadersMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.auth.middleware.LoginRequiredMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "exitwork.accounts.middleware.AccountGate",
    "exitwork.organisations.middleware.StandingMiddleware",
    "exitwork.vault.middleware.LockedMiddleware",
]
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.jinja2.Jinja2",
        "APP_DIRS": False,
        "DIRS": [],
        "OPTIONS": {"environment": "exitwork.ui.jinja.environment"},
    },
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {"context_processors": ["django.template.context_processors.request"]},
    },
]

DATABASES = {"default": database(text("database"), HOME)}

AUTH_USER_MODEL = "accounts.Account"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
LANGUAGE_CODE = text("language")
LANGUAGES = [("en", "English"), ("de", "Deutsch"), ("ar", "العربية")]
LOCALE_PATHS = [Path(__file__).resolve().parents[1] / "ui" / "locale"]
USE_I18N = True
USE_TZ = True
TIME_ZONE = "UTC"
ZONE = text("zone")
STATIC_URL = "/static/"
STATIC_ROOT = HOME / "static"

# Sign-in and sessions (security.md 3.10). A browser on this machine reaches us over plain HTTP.
ACCOUNTS_SECOND_FACTOR = text("second_factor")
ACCOUNTS_IDLE_MINUTES = number("session_idle_minutes")
ACCOUNTS_LONGEST_HOURS = number("session_longest_hours")
_encrypted = text("reach") != "machine"
SESSION_ENGINE = "exitwork.accounts.sessions"
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"
SESSION_COOKIE_NAME = "__Host-session" if _encrypted else "session"
SESSION_COOKIE_AGE = int(timedelta(hours=ACCOUNTS_LONGEST_HOURS).total_seconds())
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = _encrypted
SESSION_COOKIE_HTTPONLY = CSRF_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Strict"
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
CSRF_COOKIE_NAME = "__Host-csrf" if _encrypted else "csrf"
CSRF_FAILURE_VIEW = "exitwork.ui.errors.csrf_failure"
CSRF_TRUSTED_ORIGINS = [f"https://{host}" for host in words("hosts")] if _encrypted else []
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
PASSWORD_HASHERS = ["exitwork.accounts.passwords.Argon2idTwoAtATime"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "exitwork.accounts.passwords.LongEnough"},
    {"NAME": "exitwork.accounts.passwords.NotGuessable"},
]
LOGIN_URL, LOGIN_REDIRECT_URL, LOGOUT_REDIRECT_URL = "account_login", "/", "account_login"
# How a link in a mail begins. Behind a proxy the port is the proxy's.
_port = "" if text("reach") == "proxy" else f":{number('port')}"
SITE_ADDRESS = f"{'https' if _encrypted else 'http'}://{ALLOWED_HOSTS[0]}{_port}"

# allauth: sign-in by address and password, passkey or app; nobody signs up, no mail leaves from there.
ACCOUNT_ADAPTER = "exitwork.accounts.adapters.AccountAdapter"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_USER_DISPLAY = "exitwork.accounts.adapters.displayed"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_REAUTHENTICATION_TIMEOUT = 300
ACCOUNT_FORMS = {
    "login": "exitwork.accounts.forms.SignInForm",
    "reauthenticate": "exitwork.accounts.forms.PasswordAgainForm",
    "change_password": "exitwork.accounts.forms.NewPasswordForm",
}
MFA_ADAPTER = "exitwork.accounts.adapters.FactorAdapter"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_ALLOW_UNVERIFIED_EMAIL = True  # an invited address needs no second proof
MFA_TOTP_TOLERANCE = 1
MFA_FORMS = {
    "authenticate": "exitwork.accounts.forms.CodeForm",
    "authenticate_webauthn": "exitwork.accounts.forms.PasskeyForm",
    "reauthenticate": "exitwork.accounts.forms.CodeAgainForm",
    "reauthenticate_webauthn": "exitwork.accounts.forms.PasskeyAgainForm",
    "login_webauthn": "exitwork.accounts.forms.PasskeyAloneForm",
    "activate_totp": "exitwork.accounts.forms.AppForm",
    "add_webauthn": "exitwork.accounts.forms.NewPasskeyForm",
    "edit_webauthn": "exitwork.accounts.forms.PasskeyNameForm",
}
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if switch("trust_proxy_headers") else None
SECURE_HSTS_SECONDS = int(timedelta(days=365).total_seconds()) if text("reach") == "proxy" else 0
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
DATA_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 500
# Nothing uploaded is ever written to the disk as it came: memory only, and a limit.
FILE_UPLOAD_HANDLERS = ["exitwork.pages.uploads.CappedMemory"]

# Mail goes through the journal's outbox; without a server nothing leaves.
MAIL_IS_CONFIGURED = bool(text("mail"))
globals().update(mail(text("mail"), text("mail_from")))

TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
WHITENOISE_USE_FINDERS = False
LOGGING_CONFIG = None
configure(text("log_level"))
