# SPDX-License-Identifier: AGPL-3.0-or-later
"""``serve``: the keyholder, the web processes and the worker, started, kept running, stopped.

* Plain HTTP is spoken to this machine only, or to a proxy on it.
* It does not start on tables of another version, nor without keys of its own.
"""

from __future__ import annotations

import argparse
import ipaddress
import socket
import subprocess
import time
import webbrowser
from collections.abc import Callable
from typing import Any

from exitwork.cli.certificates import renew_if_due
from exitwork.cli.installation import collect_static_files, tables_are_current
from exitwork.cli.keys import asked_passphrase, data_folder, key_path
from exitwork.cli.sentences import WrongInput, needs_installation, now, start_django
from exitwork.cli.supervisor import Child, Supervisor, spawn
from exitwork.cli.web import certificate
from exitwork.settings.options import home, number, switch, text, words
from exitwork.vault import process
from exitwork.vault.budget import Limits
from exitwork.vault.problems import UnableToUnlock


def declare(commands: Any) -> None:
    """Say what can be typed."""
    parser = commands.add_parser("serve", help="start the program: web, keyholder, worker")
    parser.add_argument("--without-worker", action="store_true", help="the worker runs elsewhere")
    parser.set_defaults(run=run)


def run(given: argparse.Namespace) -> int:
    """Serve an installation until stopped."""
    needs_installation()
    start_django()
    if not tables_are_current():
        raise WrongInput("The tables are of another version. Run 'exitwork upgrade' first.")
    collect_static_files()
    return serve(with_worker=not given.without_worker)


def serve(*, open_browser: bool = False, with_worker: bool = True) -> int:
    """Start and look after every process; the exit code."""
    refuse_unsafe()
    refuse_taken_port()
    passphrase = asked_passphrase()
    children = [
        Child("keyholder", keyholder(passphrase), restarts=passphrase is None),
        Child("web", lambda: spawn("-m", "exitwork.cli.web")),
    ]
    if with_worker:
        children.append(Child("worker", lambda: spawn("-m", "exitwork.cli", "worker"), waits=True))
    supervisor = Supervisor(children)
    return supervisor.run(when_up=lambda: _announce(supervisor, open_browser=open_browser))


def keyholder(passphrase: str | None) -> Callable[[], subprocess.Popen[bytes]]:
    """How the keyholder is started. The passphrase is forgotten once it was handed over.

    :raises WrongInput: when started, if the key or the passphrase is wrong.
    """
    handed = [passphrase]
    asked_for = iter([True])  # only the first start is a person's; a later one undoes no lock

    def start() -> subprocess.Popen[bytes]:
        try:
            running = process.start(
                keys=key_path(),
                socket=home() / "keyholder.sock",
                data_folder=data_folder(),
                passphrase=handed.pop() if handed else None,
                limits={name: text(f"limit_{name}") for name in Limits.NAMES},
                after_crash=not next(asked_for, False),
            )
        except UnableToUnlock as problem:
            raise WrongInput(str(problem)) from None
        return running.process

    return start


def is_this_machine(host: str) -> bool:
    """Whether an address to listen on reaches no further than this machine."""
    try:
        return ipaddress.ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return host == "localhost"


def refuse_unsafe() -> None:
    """Refuse what would let others read along.

    :raises WrongInput: for plain HTTP beyond this machine, a demo beyond it, or a missing certificate.
    """
    here, reach = is_this_machine(text("listen")), text("reach")
    if not here and switch("demo"):
        raise WrongInput("A demo is served to this machine only.")
    if not here and reach != "office":
        raise WrongInput(
            f"Plain HTTP on {text('listen')} is refused: everyone on the way could read along. Listen on "
            "127.0.0.1 behind a proxy that speaks HTTPS, or set reach = \"office\" ('exitwork init' makes "
            "the certificate)."
        )
    if not switch("demo") and text("second_factor") != "required":
        raise WrongInput('Only a demo may do without a second factor: set second_factor = "required".')
    pair = certificate()
    if pair and renew_if_due(words("hosts"), now()):
        print("The office certificate was renewed; devices need nothing new.")
    if pair and not all(path.exists() for path in pair):
        raise WrongInput("The office certificate is missing. Make it with 'exitwork init --certificate'.")


def refuse_taken_port() -> None:
    """Refuse a port someone else listens on.

    :raises WrongInput: naming the port and how to choose another.
    """
    host = text("listen").strip("[]")
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, number("port")))
        except OSError as error:
            raise WrongInput(
                f"Port {number('port')} on {host} can't be used ({(error.strerror or '').lower()}). "
                "Choose another with --port (demo) or the option port."
            ) from None


def address() -> str:
    """Where to point a browser. Passkeys need a name, so this machine is called localhost."""
    if text("reach") == "machine":
        return f"http://localhost:{number('port')}/"
    if text("reach") == "proxy":
        return f"https://{words('hosts')[0]}/"
    return f"https://{words('hosts')[0]}:{number('port')}/"


def _announce(supervisor: Supervisor, *, open_browser: bool) -> None:
    host = text("listen").strip("[]")
    until = time.monotonic() + 30
    while time.monotonic() < until and not supervisor.stopping:
        try:
            socket.create_connection((host, number("port")), timeout=1).close()
            break
        except OSError:
            time.sleep(0.05)
    else:
        return
    print(f"exitwork is running at {address()}  (stop: Ctrl-C)", flush=True)
    if open_browser:
        webbrowser.open(address())
