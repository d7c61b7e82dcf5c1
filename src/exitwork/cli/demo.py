# SPDX-License-Identifier: AGPL-3.0-or-later
"""``demo``: a fictional network on this machine, seeded once, served, opened in the browser.

* It lives in a folder of its own (``.demo``) and never touches an installation.
* Nothing in it is real; every page says so.
"""

from __future__ import annotations

import argparse
import os
import shutil
from importlib import import_module
from pathlib import Path
from typing import Any

from exitwork.cli.installation import (
    collect_static_files,
    make_folder,
    prepare_database,
    tables_wanted,
    write_private,
    write_secret_key,
)
from exitwork.cli.keys import key_path, open_vault
from exitwork.cli.sentences import WrongInput, now, start_django
from exitwork.settings.options import home, number
from exitwork.vault.master import create_key_file

MARK = "# Written by 'exitwork demo'. Everything here is invented; do not enter real data."
SETTINGS = f"""\
{MARK}
demo = true
second_factor = "offered"
web_processes = 1
"""


def declare(commands: Any) -> None:
    """Say what can be typed."""
    parser = commands.add_parser("demo", help="a fictional network to try out")
    parser.add_argument("--port", type=int, help="the port to listen on")
    parser.add_argument("--no-browser", action="store_true", help="do not open the browser")
    parser.add_argument("--reset", action="store_true", help="throw the demo away and seed it anew")
    parser.set_defaults(run=run)


def run(given: argparse.Namespace) -> int:
    """Seed if needed, serve until stopped."""
    os.environ["EXITWORK_HOME"] = os.environ.get("EXITWORK_HOME") or str(Path(".demo").absolute())
    if given.port is not None:
        os.environ["EXITWORK_PORT"] = str(given.port)
    number("port")
    _refuse_real_folder()
    if given.reset:
        shutil.rmtree(home(), ignore_errors=True)
    seeded = home() / "seeded"
    if not seeded.exists():
        shutil.rmtree(home(), ignore_errors=True)
        make_world()
        write_private(seeded, tables_wanted().encode())
    elif seeded.read_text("utf-8") != tables_wanted():
        raise WrongInput("This demo was made by another version. Make it anew with 'demo --reset'.")
    collect_static_files()
    from exitwork.cli.serve import serve

    return serve(open_browser=not given.no_browser)


def _refuse_real_folder() -> None:
    """Never seed into, or throw away, a folder in which real work may lie.

    :raises WrongInput: if the folder is not a demo's.
    """
    if not home().exists() or not any(home().iterdir()):
        return
    settings = home() / "exitwork.toml"
    if not settings.exists() or not settings.read_text("utf-8").startswith(MARK):
        raise WrongInput(f"The folder {home()} is not a demo's. Choose another with EXITWORK_HOME.")


def make_world() -> None:
    """Make the demo's folder, tables, keys and people, in a folder that is empty."""
    make_folder(home())
    write_private(home() / "exitwork.toml", SETTINGS.encode())
    write_secret_key()
    start_django()
    print("Seeding a fictional network ...", flush=True)
    prepare_database()
    create_key_file(key_path())
    with open_vault():
        people = import_module("exitwork.cli.demo_world").seed(now())
    write_private(home() / import_module("exitwork.accounts.demo").FILE, people.written().encode())
