# SPDX-License-Identifier: AGPL-3.0-or-later
"""``worker``: what is done beside the pages, every second or when it is due.

* Each duty is done by itself: one that fails is logged and tried again, the others go on.
* Several workers may run against one database; duties take their own locks.
"""

from __future__ import annotations

import argparse
import signal
import threading
from typing import Any

from exitwork.cli.sentences import needs_installation, now, start_django
from exitwork.cli.supervisor import end_with_parent


def declare(commands: Any) -> None:
    """Say what can be typed."""
    parser = commands.add_parser("worker", help="do what is due beside the pages")
    parser.set_defaults(run=run)


def run(_: argparse.Namespace) -> int:
    """Work until told to stop."""
    end_with_parent()
    needs_installation()
    start_django()
    from django.db import close_old_connections

    from exitwork.upkeep.duties import Round

    stop = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: stop.set())
    rounds = Round()
    while not stop.is_set():
        rounds.do_what_is_due(now())
        close_old_connections()  # a database that went away is asked anew, not forever the same
        stop.wait(1.0)
    return 0
