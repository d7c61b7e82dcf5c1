# SPDX-License-Identifier: AGPL-3.0-or-later
"""``manage``: Django's own commands, for developers."""

from __future__ import annotations

import argparse
import os
from typing import Any


def declare(commands: Any) -> None:
    """Say what can be typed."""
    parser = commands.add_parser("manage", help="Django's own commands (for developers)", add_help=False)
    parser.add_argument("rest", nargs=argparse.REMAINDER)
    parser.set_defaults(run=run)


def run(given: argparse.Namespace) -> int:
    """Hand the rest of the line to Django."""
    from django.core.management import execute_from_command_line

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "exitwork.settings.site")
    execute_from_command_line(["exitwork manage", *given.rest])
    return 0
