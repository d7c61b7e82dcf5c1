# SPDX-License-Identifier: AGPL-3.0-or-later
"""``user``: the accounts, from the machine itself, when nobody else can help.

* Everything done here stands in the journal as done on the command line.
* Nobody is given a password: a one-time code is printed, which opens the page that asks for one.
"""

from __future__ import annotations

import argparse
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from exitwork.cli.keys import open_vault
from exitwork.cli.sentences import WrongInput, needs_installation, now, start_django
from exitwork.kernel.decisions import Refusal
from exitwork.kernel.standing import Role, machine

if TYPE_CHECKING:
    from exitwork.accounts.models import Account
    from exitwork.organisations.models import Organisation

COMMAND_LINE = machine("command line")
Deed = Callable[[argparse.Namespace], None]


def declare(commands: Any) -> None:
    """Say what can be typed."""
    parser = commands.add_parser("user", help="accounts: add, pause, resume, second factor, list")
    verbs = parser.add_subparsers(title="verbs", metavar="VERB", required=True)
    adding = verbs.add_parser("add", help="invite somebody with a printed one-time code")
    adding.add_argument("email", help="the address that signs in")
    adding.add_argument("--name", required=True, help="the name colleagues see")
    adding.add_argument("--organisation", default="", help="its name; not needed where there is only one")
    adding.add_argument(
        "--role", action="append", default=[], choices=[role.value for role in Role], help="may be repeated"
    )
    pausing = verbs.add_parser("pause", help="pause an account at once, everywhere")
    resuming = verbs.add_parser("resume", help="let a paused account in again")
    resetting = verbs.add_parser("reset-second-factor", help="remove the second factors of one who lost them")
    for verb in (pausing, resuming, resetting):
        verb.add_argument("email")
    deeds: list[tuple[Any, Deed]] = [
        (adding, add),
        (pausing, pause),
        (resuming, resume),
        (resetting, reset),
        (verbs.add_parser("list", help="every account, without names"), show),
    ]
    for verb, deed in deeds:
        verb.set_defaults(run=run, deed=deed)


def run(given: argparse.Namespace) -> int:
    """Do it, or say why not."""
    needs_installation()
    start_django()
    try:
        if given.deed is show:
            show(given)
        else:
            with open_vault():
                given.deed(given)
    except Refusal as refusal:
        raise WrongInput(str(refusal)) from None
    return 0


def add(given: argparse.Namespace) -> None:
    """Invite somebody into an organisation and print the code."""
    from django.core.exceptions import ValidationError
    from django.core.validators import validate_email

    from exitwork.accounts.words import Carried
    from exitwork.organisations import actions

    try:
        validate_email(given.email)
    except ValidationError:
        raise WrongInput(f"{given.email!r} is not an e-mail address.") from None
    member = actions.invite(
        organisation=organisation_named(given.organisation),
        email=given.email,
        name=given.name,
        roles=tuple(Role(role) for role in given.role),
        carried=Carried.PRINTED,
        by=COMMAND_LINE,
        at=now(),
    )
    if member.invited is None:
        print("This person has an account already and is asked there to agree.")
    else:
        print_code(member.invited.code, member.invited.path)


def print_code(code: str, path: str) -> None:
    """Print a one-time code, once: it is stored nowhere."""
    from django.conf import settings

    print("One-time code (shown this once; hand it over in person or read it out):\n")
    print(f"    {code}\n")
    print(f"It opens {settings.SITE_ADDRESS}{path}")


def pause(given: argparse.Namespace) -> None:
    """Pause an account."""
    from exitwork.organisations import actions

    actions.suspend_colleague(account=account_at(given.email), by=COMMAND_LINE, at=now())
    print("Paused: every session has ended, nothing can be opened. Cases stay where they are.")


def resume(given: argparse.Namespace) -> None:
    """Let an account in again."""
    from exitwork.organisations import actions

    actions.resume(account=account_at(given.email), by=COMMAND_LINE, at=now())
    print("The account is open again, with the second factors it had.")


def reset(given: argparse.Namespace) -> None:
    """Remove second factors."""
    from exitwork.accounts import actions

    removed = actions.reset_factors(account=account_at(given.email), by=COMMAND_LINE, at=now())
    print(f"Removed: {removed}. The next sign-in sets up a new second factor.")


def show(_: argparse.Namespace) -> None:
    """List accounts: address, whether open, and since when."""
    from exitwork.accounts.models import Account

    for account in Account.objects.order_by("email"):
        state = "open" if account.is_active else "paused or closed"
        print(f"{account.email}\t{state}")


def account_at(email: str) -> Account:
    """The account of an address.

    :raises WrongInput: if there is none.
    """
    from exitwork.accounts.models import Account

    found: Account | None = Account.objects.at_address(email).first()
    if found is None:
        raise WrongInput(f"There is no account with the address {email}.")
    return found


def organisation_named(name: str) -> Organisation:
    """The organisation of a name, or the only one.

    :raises WrongInput: naming those there are.
    """
    from exitwork.organisations.models import Organisation

    found = list(Organisation.objects.order_by("name"))
    named = [organisation for organisation in found if organisation.name == name] if name else found
    if len(named) == 1:
        return named[0]
    there = ", ".join(repr(organisation.name) for organisation in found) or "none yet; run 'exitwork init'"
    raise WrongInput(f"Say with --organisation which one. There are: {there}.")
