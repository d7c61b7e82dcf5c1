# SPDX-License-Identifier: AGPL-3.0-or-later
"""``init``: set up an installation: its reach, its key, the first organisation and administrator.

* Everything is asked before anything is written; nothing that exists is overwritten.
* What was begun and failed is taken away again, so that it can simply be repeated.
"""

from __future__ import annotations

import argparse
import shutil
import textwrap
from pathlib import Path
from typing import Any

from exitwork.cli import certificates
from exitwork.cli.answers import Answers
from exitwork.cli.installation import (
    collect_static_files,
    make_folder,
    prepare_database,
    write_private,
    write_secret_key,
)
from exitwork.cli.keys import SEALED, opened_with
from exitwork.cli.plan import Plan, ask
from exitwork.cli.seizure import what_a_search_reads
from exitwork.cli.sentences import WrongInput, needs_installation, now, start_django
from exitwork.cli.serve import address
from exitwork.settings.options import home, text, words
from exitwork.vault.master import create_key_file, create_sealed_file
from exitwork.vault.problems import UnableToUnlock


def declare(commands: Any) -> None:
    """Say what can be typed."""
    parser = commands.add_parser("init", help="set up an installation")
    parser.add_argument("--answers", type=Path, metavar="FILE", help="a TOML file instead of questions")
    parser.add_argument(
        "--key-file", type=Path, metavar="PATH", help="keep the master key in this file instead of "
        "asking for a passphrase at each start (protects copies only, not this room)",
    )  # fmt: skip
    parser.add_argument("--certificate", action="store_true", help="only make the office certificate (again)")
    parser.set_defaults(run=run)


def run(given: argparse.Namespace) -> int:
    """Set up, or make the certificate of what is set up."""
    if given.certificate:
        needs_installation()
        _office()
        return 0
    refuse_overwriting()
    plan = ask(Answers.of(given.answers), key_file=given.key_file)
    is_new = not home().exists()
    try:
        set_up(plan)
    except BaseException:
        if is_new:
            shutil.rmtree(home(), ignore_errors=True)
        raise
    return 0


def refuse_overwriting() -> None:
    """Refuse a folder in which something lies.

    :raises WrongInput: naming it.
    """
    if home().exists() and any(home().iterdir()):
        raise WrongInput(
            f"There is something in {home()} already; nothing is overwritten. "
            "Choose another folder with the environment variable EXITWORK_HOME."
        )


def set_up(plan: Plan) -> None:
    """Write the folder, the key and the tables; open the organisation; print what was made."""
    make_folder(home())
    write_private(home() / "exitwork.toml", plan.settings_file().encode())
    write_secret_key()
    _make_key(plan)
    start_django()
    _prepare_tables()
    collect_static_files()
    with opened_with(plan.passphrase):
        code, path = _first_administrator(plan)
    if text("reach") == "office":
        _office()
    _tell(plan, code, path)


def _make_key(plan: Plan) -> None:
    try:
        if plan.key_file is not None:
            create_key_file(plan.key_file, data_folder=home())
        else:
            create_sealed_file(home() / SEALED, plan.passphrase or "")
    except UnableToUnlock as problem:
        raise WrongInput(str(problem)) from None


def _prepare_tables() -> None:
    from django.db import DatabaseError, connection

    try:
        if "organisations_organisation" in connection.introspection.table_names():
            raise WrongInput("The database holds an installation already; nothing is overwritten.")
        prepare_database()
    except DatabaseError as error:
        said = str(error).strip().splitlines() or [type(error).__name__]
        raise WrongInput(f"The database can't be used: {said[0]}") from None


def _first_administrator(plan: Plan) -> tuple[str, str]:
    from exitwork.accounts.words import Carried
    from exitwork.cli.user import COMMAND_LINE
    from exitwork.kernel.standing import Role
    from exitwork.organisations import actions
    from exitwork.organisations.words.kinds import Branch, Kind

    at = now()
    organisation = actions.open_organisation(
        name=plan.organisation,
        kind=Kind(plan.kind),
        branch=Branch(plan.branch),
        zone=plan.zone,
        language=plan.language,
        legal_profile=plan.legal_profile,
        by=COMMAND_LINE,
        at=at,
    )
    member = actions.invite(
        organisation=organisation,
        email=plan.administrator_email,
        name=plan.administrator_name,
        roles=(Role.ADMINISTRATOR,),
        carried=Carried.PRINTED,
        by=COMMAND_LINE,
        at=at,
    )
    assert member.invited is not None  # the first account of all has no password yet
    return member.invited.code, member.invited.path


def _office() -> None:
    certificates.make(words("hosts"), now())
    page = certificates.write_page(address())
    print(f"The office certificate was made. Print this page for the devices: {page}")


def _tell(plan: Plan, code: str, path: str) -> None:
    from exitwork.cli.user import print_code

    print(f"\nSet up in {home()}.\n")
    print("What a search of this room would read:\n")
    for sentence in what_a_search_reads(reach=plan.reach, key_file=plan.key_file, database=plan.database):
        print(textwrap.fill(sentence, 96, initial_indent="  * ", subsequent_indent="    "))
    print()
    if plan.key_file is None:
        print("Nobody can open the data without the passphrase, nor can we. Two people should know it.\n")
    print_code(code, path)
    print("\nInvite a second administrator soon: one alone can be ill, and nobody changes his own roles.")
    print("Start with:  exitwork serve")
