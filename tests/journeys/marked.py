# SPDX-License-Identifier: AGPL-3.0-or-later
"""Fills every sensitive field of an installation with markers, and works in it as people do.

Run as a program of its own (``python -m tests.journeys.marked FOLDER``), so that what it leaves on
disk is what a thief would find: database and its log, sessions, mail, files, logs.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path
from random import Random
from typing import Any
from uuid import UUID

MARKERS = 500


def main(folder: Path) -> int:
    """Make the installation in the folder; prints how many markers were written."""
    os.environ["EXITWORK_HOME"] = str(folder)
    os.environ["DJANGO_SETTINGS_MODULE"] = "tests.settings"
    (folder / "static").mkdir(parents=True, exist_ok=True)
    import django

    django.setup()
    from django.conf import settings
    from django.core.management import call_command

    settings.DATABASES["default"]["NAME"] = folder / "exitwork.sqlite3"
    call_command("migrate", verbosity=0)
    print(_rows_with_markers() + _work_with_markers())
    return 0


def marker(number: int) -> str:
    """A word that stands nowhere else."""
    return f"canary{number:04d}bird"


def _rows_with_markers() -> int:
    """Rows of every governed model, a marker in each sealed field."""
    from django.db import transaction

    from exitwork.journal.recording import recorded
    from exitwork.kernel.standing import machine
    from exitwork.vault.fields import SealedField, SealedJSON
    from exitwork.vault.keys import KeyRef, create_key
    from tests.access.random_worlds import AT, MADE, RandomWorld

    world = RandomWorld(seed=5, size=24)
    random, count = Random(5), 0
    with recorded(MADE, by=machine("canary"), about=None, at=AT), transaction.atomic():
        rows: list[Any] = [row for made in world.rows.values() for row in made]
        random.shuffle(rows)
        while count < MARKERS:
            before = count
            for row in rows:
                sealed = [field for field in row._meta.concrete_fields if isinstance(field, SealedField)]
                for field in sealed:
                    if count >= MARKERS:
                        return count
                    if not isinstance(getattr(row, field.subject), UUID):
                        continue  # about no case: nothing of anybody's to seal
                    create_key(KeyRef(field.kind, field.subject_of(row)))
                    word = marker(count)
                    setattr(row, field.attname, {"word": word} if isinstance(field, SealedJSON) else word)
                    row.save(update_fields=[field.attname])
                    count += 1
            assert count > before, "no model has a sealed field"
    return count


def _work_with_markers() -> int:
    """A day's work through pages, every text typed a marker; how many."""
    from datetime import UTC, datetime

    from exitwork.cases.words import Function
    from exitwork.kernel.standing import Role
    from tests.world import World

    world = World(datetime.now(UTC))
    world.given_a_worker("Asa", of="Exit Oslo")
    world.given_a_worker("Per", of="Exit Oslo")
    world.given_a_worker("Liv", of="Exit Oslo", roles=(Role.LEAD,))
    case = world.given_a_case("Heron", managed_by="Asa", institution=marker(600))
    world.as_("Asa").writes(marker(601), on="Heron")
    note = world.as_("Asa").writes(marker(602), on="Heron", layer="working-note")
    world.as_("Per").opens_in_emergency("Heron", reason=f"{marker(603)} cannot wait any longer")
    asa = world.as_("Asa").browser()
    pages = f"/cases/{case.ref}"
    sent = [
        (f"/drafts/note/{case.ref}/", {"text": marker(604)}),
        (f"{pages}/notes/new/", {"text": marker(605), "layer": "record", "once": "a"}),
        (f"{pages}/phase/", {"phase": "disengagement", "reason": marker(606), "once": "b"}),
        (
            f"{pages}/episode/",
            {"setting": "prison", "basis": "sentence", "institution": marker(607), "from_date": "2026-11-01"},
        ),
        (f"{pages}/notes/{note.ref}/correct/", {"version": "1", "text": marker(608)}),
        ("/search/", {"words": marker(609)}),
        (f"{pages}/notes/{marker(610)}/promote/", {}),
    ]
    for url, words in sent:
        asa.post(url, words)
    for url in ("/", pages + "/", f"{pages}/timeline/", f"{pages}/seen/", f"/cases/{marker(611)}/"):
        asa.get(url)
    world.later(minutes=1).as_("Asa").assigns("Per", to="Heron", as_=Function.DEPUTY)
    world.as_("Asa").hands_over("Heron", to="Per")
    return 12


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1])))
