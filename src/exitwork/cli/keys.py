# SPDX-License-Identifier: AGPL-3.0-or-later
"""Where the master key is, how it is opened at a start, and a vault for one command.

* The passphrase is typed, or read as one line from standard input; never from an argument or the
  environment. It is not kept: a keyholder that is gone needs it typed again.
* A command that needs the vault uses the running keyholder; without one it opens the master key
  itself, for its own time only.
"""

from __future__ import annotations

import getpass
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from exitwork.cli.sentences import WrongInput
from exitwork.settings.options import home, key_file, switch

SEALED = "master.sealed"


def key_path() -> Path:
    """The file with the master key: a key file elsewhere, or one here that a passphrase opens."""
    return key_file() or home() / ("master.key" if switch("demo") else SEALED)


def data_folder() -> Path | None:
    """The folder a key file must not lie in. A demo's may: it guards nothing."""
    return None if switch("demo") else home()


def asked_passphrase() -> str | None:
    """The passphrase, if the master key asks for one.

    :raises WrongInput: if there is no master key, or nobody to ask.
    """
    from exitwork.vault.master import asks_for_passphrase
    from exitwork.vault.problems import UnableToUnlock

    try:
        if not asks_for_passphrase(key_path()):
            return None
    except UnableToUnlock as problem:
        raise WrongInput(str(problem)) from None
    return typed("Passphrase: ")


def typed(prompt: str) -> str:
    """A line that is not shown while it is typed; from a pipe where there is no terminal.

    :raises WrongInput: if nothing comes.
    """
    try:
        line = getpass.getpass(prompt) if sys.stdin.isatty() else sys.stdin.readline().rstrip("\r\n")
    except EOFError:
        line = ""
    if not line:
        raise WrongInput("No passphrase was given. Type it, or hand it over as one line of standard input.")
    return line


@contextmanager
def open_vault() -> Iterator[None]:
    """The vault, through the running keyholder or opened for this command. Django must be started.

    :raises WrongInput: if the passphrase or the key is wrong, or everything was locked.
    """
    from exitwork.vault.errors import VaultLocked
    from exitwork.vault.holder import here

    try:
        status = here().holder.status()
    except VaultLocked:
        status = None
    if status is not None and status.locked:
        raise WrongInput("Everything is locked. Stop 'exitwork serve' and start it again.")
    if status is not None:
        yield
        return
    with _opened_here(asked_passphrase()):
        yield


@contextmanager
def opened_with(passphrase: str | None) -> Iterator[None]:
    """The vault opened for this command alone, with what ``init`` was just told."""
    with _opened_here(passphrase):
        yield


@contextmanager
def _opened_here(passphrase: str | None) -> Iterator[None]:
    from exitwork.vault import master
    from exitwork.vault.epoch import Epoch
    from exitwork.vault.holder import using
    from exitwork.vault.keeper import Keeper
    from exitwork.vault.problems import UnableToUnlock

    try:
        if passphrase is None:
            ring = master.from_key_file(key_path(), data_folder=data_folder())
        else:
            ring = master.from_passphrase(key_path(), passphrase)
    except UnableToUnlock as problem:
        raise WrongInput(str(problem)) from None
    with using(Keeper(ring, Epoch(), grace=0)):
        yield
