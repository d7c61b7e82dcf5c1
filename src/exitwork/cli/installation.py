# SPDX-License-Identifier: AGPL-3.0-or-later
"""The installation's folder: what lies in it, and who may read it.

* Everything in it is readable by the account that runs the program, and by nobody else.
* A file with a key is created with its rights, never opened to others for a moment.
* What exists is never overwritten.
"""

from __future__ import annotations

import hashlib
import os
import secrets
import shutil
from contextlib import redirect_stdout
from importlib.metadata import version
from io import StringIO
from pathlib import Path

import exitwork
from exitwork import __version__
from exitwork.cli.sentences import WrongInput, start_django
from exitwork.settings.options import home

PRIVATE_FOLDER, PRIVATE_FILE = 0o700, 0o600


def make_folder(path: Path) -> None:
    """Make a folder nobody else can read.

    :raises WrongInput: if it can't be made there.
    """
    try:
        path.mkdir(mode=PRIVATE_FOLDER, parents=True, exist_ok=True)
    except OSError as error:
        raise WrongInput(f"The folder {path} can't be made: {(error.strerror or '').lower()}.") from None


def write_private(path: Path, content: bytes) -> None:
    """Write a new file nobody else can read.

    :raises WrongInput: if it exists or can't be written.
    """
    try:
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, PRIVATE_FILE)
    except FileExistsError:
        raise WrongInput(f"{path} exists already and is not overwritten.") from None
    except OSError as error:
        raise WrongInput(f"{path} can't be written: {(error.strerror or '').lower()}.") from None
    with os.fdopen(handle, "wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())


def write_secret_key() -> None:
    """Make the key that signs sessions and links, unless there is one."""
    if not (home() / "secret_key").exists():
        write_private(home() / "secret_key", f"{secrets.token_urlsafe(64)}\n".encode())


def prepare_database(*, quiet: bool = True) -> None:
    """Bring the tables to what this version needs. Django must have been started."""
    from django.core.management import call_command

    with redirect_stdout(StringIO()):
        call_command("migrate", interactive=False, verbosity=0 if quiet else 1)
    sqlite = home() / "exitwork.sqlite3"
    if sqlite.exists():
        sqlite.chmod(PRIVATE_FILE)


def tables_are_current() -> bool:
    """Whether no migration waits to be applied. Django must have been started."""
    from django.db import connection
    from django.db.migrations.executor import MigrationExecutor

    executor = MigrationExecutor(connection)
    return not executor.migration_plan(executor.loader.graph.leaf_nodes())


def tables_wanted() -> str:
    """What tells one version's tables from another's, without starting Django."""
    program = Path(exitwork.__file__).parent
    names = sorted(str(path.relative_to(program)) for path in program.glob("*/migrations/0*.py"))
    return hashlib.sha256("\n".join([__version__, *names]).encode()).hexdigest()


def _static_wanted() -> str:
    program = Path(exitwork.__file__).parent
    changed = [path.stat().st_mtime_ns for path in program.glob("*/static/**/*") if path.is_file()]
    libraries = [version(name) for name in ("django-htmx", "django-allauth")]
    return f"{__version__} {len(changed)} {max(changed, default=0)} {libraries}"


def collect_static_files() -> None:
    """Gather style sheets and scripts with a hash in each name, when the program has changed."""
    stamp, wanted = home() / "static" / ".made", _static_wanted()
    if stamp.exists() and stamp.read_text("utf-8") == wanted:
        return
    start_django()
    from django.core.management import call_command

    shutil.rmtree(stamp.parent, ignore_errors=True)
    call_command("collectstatic", interactive=False, verbosity=0)
    stamp.write_text(wanted, "utf-8")


def folder_problems() -> list[str]:
    """What is wrong with the rights of the folder and its keys, as sentences."""
    problems = []
    for path in (home(), *sorted(home().glob("*key*")), *sorted(home().glob("*.sqlite3*"))):
        if path.exists() and path.stat().st_mode & 0o077:
            problems.append(
                f"{path} can be read by other accounts of this machine. Put it right: chmod go= {path}"
            )
    return problems
