# SPDX-License-Identifier: AGPL-3.0-or-later
"""Whether the program is well: each part as one word for a probe and one sentence for people.

* A part that this installation does not use (mail) is never a reason to be "not ready".
* Nothing here tells a number, a name or an address.
"""

from __future__ import annotations

import shutil
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.conf import settings
from django.db import DatabaseError, connection

from exitwork.settings.options import home, number
from exitwork.upkeep.models import Heartbeat
from exitwork.vault.holder import is_locked

WORKER_MAY_REST = timedelta(seconds=30)
MEGABYTE = 1_000_000


@dataclass(frozen=True, slots=True)
class Part:
    """How one part of the program is. ``is_needed`` says whether without it nothing works."""

    name: str
    is_well: bool
    says: str
    is_needed: bool = True

    @property
    def word(self) -> str:
        """One word for a probe."""
        return "ready" if self.is_well else "not ready" if self.is_needed else "not set up"


def parts(at: datetime) -> list[Part]:
    """Every part, the database first: without it the worker's state is unknown."""
    database = _database()
    return [database, _worker(at, known=database.is_well), _disk(), _vault(), _mail()]


def is_ready(found: list[Part]) -> bool:
    """Whether pages can be served and what waits is done."""
    return all(part.is_well for part in found if part.is_needed)


def _database() -> Part:
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except DatabaseError:
        return Part("database", False, "The database does not answer. Is it running, and is there room?")
    return Part("database", True, "The database answers.")


def _worker(at: datetime, *, known: bool) -> Part:
    try:
        beating = known and Heartbeat.objects.filter(at__gte=at - WORKER_MAY_REST).exists()
    except DatabaseError:
        beating = False
    if beating:
        return Part("worker", True, "The worker is at it.")
    return Part(
        "worker",
        False,
        "No worker has been seen for half a minute: nothing is sent, nothing expires. "
        "It runs with 'exitwork serve', or by itself as 'exitwork worker'.",
    )


def _disk() -> Part:
    if shutil.disk_usage(home()).free >= number("disk_free_megabytes") * MEGABYTE:
        return Part("disk", True, "There is enough room on the disk.")
    return Part("disk", False, "The disk is nearly full. Make room before writing fails.")


def _vault() -> Part:
    if is_locked():
        return Part("vault", False, "The vault is locked: no name, no note can be read until the next start.")
    return Part("vault", True, "The vault is open.")


def _mail() -> Part:
    if settings.MAIL_IS_CONFIGURED:
        return Part("mail", True, "E-mail is set up.", is_needed=False)
    return Part("mail", False, "E-mail is not set up: invitations are printed codes.", is_needed=False)
