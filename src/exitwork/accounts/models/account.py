# SPDX-License-Identifier: AGPL-3.0-or-later
"""Account: someone who signs in.

* What he may do follows from memberships and assignments, never from here: no superuser,
  no staff flag, no group.
* One address, one account: addresses are stored in lower case and are unique.
* A closed account never acts again; ``is_active`` is false while it is paused or closed.
"""

from __future__ import annotations

import uuid
from datetime import datetime
from typing import Any, Self

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.auth.hashers import check_password
from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _

from exitwork.accounts.words import Theme
from exitwork.kernel.secrecy import Keep, Secrecy


class AccountQuerySet(models.QuerySet["Account", "Account"]):
    """Accounts."""

    def active(self) -> Self:
        """Those that may sign in."""
        return self.filter(is_active=True)

    def at_address(self, email: str) -> Self:
        """The one with this address, however it was typed."""
        return self.filter(email=normal_address(email))


class AccountManager(BaseUserManager["Account"].from_queryset(AccountQuerySet)):  # type: ignore[misc]
    """Finds accounts by their address, in whatever case it is typed."""

    def get_by_natural_key(self, username: str | None) -> Account:
        """The account with this address."""
        account: Account = self.get(email=normal_address(username or ""))
        return account


class Account(AbstractBaseUser):
    """Someone who signs in."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    email = models.EmailField(_("E-mail address"), unique=True)
    name = models.CharField(_("Name"), max_length=200)
    language = models.CharField(_("Language"), max_length=12, default="en")
    theme = models.CharField(_("Light or dark"), max_length=10, choices=Theme.choices, default=Theme.SYSTEM)
    shortcuts = models.BooleanField(_("Keyboard shortcuts"), default=True)
    is_active = models.BooleanField(default=True)
    opened_at = models.DateTimeField(null=True)
    deactivated_at = models.DateTimeField(null=True)
    version = models.PositiveIntegerField(default=1)
    # The journal knows who signed in when; a second copy here would only be a trace.
    last_login = None

    USERNAME_FIELD = "email"
    REQUIRED_FIELDS = ["name"]

    objects: AccountManager = AccountManager()

    secrecy = Secrecy(
        Keep.STAFF,
        operational="id email name password language theme shortcuts is_active opened_at deactivated_at "
        "version",
    )

    class Meta:
        constraints = [
            models.CheckConstraint(name="an_address_is_lower_case", condition=Q(email=Lower("email"))),
            models.CheckConstraint(
                name="a_closed_account_is_not_active",
                condition=Q(deactivated_at__isnull=True) | Q(is_active=False),
            ),
            models.CheckConstraint(name="an_account_has_a_name", condition=~Q(name="")),
        ]

    def __str__(self) -> str:
        return "account"

    # Factories

    @classmethod
    def opened(cls, *, email: str, name: str, language: str, at: datetime) -> Account:
        """A new account, not yet saved and without a password: an invitation sets that."""
        account = cls(email=normal_address(email), name=name.strip(), language=language, opened_at=at)
        account.set_unusable_password()
        return account

    # Queries

    def check_password(self, raw_password: str) -> bool:
        """Whether the password is right. Unlike Django's, it never writes: signing in is no change."""
        return check_password(raw_password, self.password)

    # Properties

    @property
    def awaits_acceptance(self) -> bool:
        """Whether the invitation has not been accepted yet."""
        return not self.has_usable_password()

    @property
    def is_closed(self) -> bool:
        """Whether the account was closed in order."""
        return self.deactivated_at is not None

    def get_short_name(self) -> str:
        """The name, as colleagues say it."""
        return self.name

    def natural_key(self) -> Any:
        """The address."""
        return (self.email,)


def normal_address(email: str) -> str:
    """An address as it is stored."""
    return email.strip().lower()
