# SPDX-License-Identifier: AGPL-3.0-or-later
"""What the program does by itself, and how often.

* Every duty is named here, in the order it is done; nothing else runs in the background.
* One that fails is logged and tried again when it is next due; the others go on.
* Each may be carried out by several workers at once: it takes its own locks, or doing it twice
  does nothing more.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

import structlog
from django_tasks_db.management.commands.db_worker import Worker
from django_tasks_db.models import DBTaskResult

from exitwork.accounts.models import SignIn
from exitwork.contacts.actions import expire_notes
from exitwork.documents.actions import sweep_strays
from exitwork.drafts.actions import expire_drafts
from exitwork.journal import outbox, sequencer
from exitwork.kernel.standing import machine
from exitwork.upkeep.models import Heartbeat

BEAT = timedelta(seconds=5)
WORKER = "worker"
EXPIRY = machine("expiry")
_log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class Duty:
    """One thing done by itself: how often, and the doing, which is given the moment."""

    name: str
    every: timedelta
    do: Callable[[datetime], object]


def beat(at: datetime) -> None:
    """Leave a sign of life."""
    Heartbeat.objects.update_or_create(name=WORKER, defaults={"at": at})


def carry_out_jobs(at: datetime) -> None:  # noqa: ARG001  the queue keeps its own time
    """Carry out the jobs that wait in the queue."""
    if not DBTaskResult.objects.ready().exists():
        return  # looking takes no lock; the queue's own worker would take one every second
    Worker(
        queue_names=["*"],
        interval=0,
        batch=True,
        backend_name="default",
        startup_delay=False,
        max_tasks=None,
        worker_id=WORKER,
        excluded_queue_names=[],
    ).run()


DUTIES = (
    Duty("place entries in the journal", timedelta(seconds=1), lambda at: sequencer.place_all(at=at)),
    Duty("send what waits", timedelta(seconds=2), lambda at: outbox.deliver(at=at)),
    Duty("carry out jobs", timedelta(seconds=1), carry_out_jobs),
    Duty("leave a sign of life", BEAT, beat),
    Duty("end sessions", timedelta(minutes=5), lambda at: SignIn.objects.over(at).delete()),
    Duty("throw old drafts away", timedelta(hours=1), lambda at: expire_drafts(at=at)),
    Duty("let working notes go", timedelta(hours=1), lambda at: expire_notes(by=EXPIRY, at=at)),
    Duty("sweep files that no document knows", timedelta(hours=1), lambda at: sweep_strays(at=at)),
)


class Round:
    """Knows what is due next; one a worker."""

    def __init__(self, duties: tuple[Duty, ...] = DUTIES) -> None:
        self._duties = duties
        self._due: dict[str, datetime] = {}

    def do_what_is_due(self, at: datetime) -> list[str]:
        """Do every duty whose time has come; the names of those that failed."""
        failed = []
        for duty in self._duties:
            if at < self._due.get(duty.name, at):
                continue
            self._due[duty.name] = at + duty.every
            try:
                duty.do(at)
            except Exception:  # one duty's bug must not stop the others; it is logged and comes again
                _log.exception("upkeep.duty.failed", duty=duty.name)
                failed.append(duty.name)
        return failed
