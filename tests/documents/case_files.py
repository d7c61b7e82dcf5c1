# SPDX-License-Identifier: AGPL-3.0-or-later
"""The files of the case Heron, spoken in the field's language."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from exitwork.cases.models import Case
from exitwork.documents import actions
from exitwork.documents.models import Document
from exitwork.documents.words import WhyRemoved
from exitwork.pages.uploads import Upload
from tests.documents.files import GOOD
from tests.world import World


@dataclass
class CaseFiles:
    """What people do with the documents of Heron, and what lies on the disk."""

    world: World
    home: Path

    @property
    def case(self) -> Case:
        """The case."""
        return self.world.case("Heron")

    def adds(self, who: str, name: str = "letter.txt", content: bytes | None = None, **more: Any) -> Document:
        """Somebody adds a file to the case."""
        upload = Upload(name, GOOD[name] if content is None else content)
        return actions.add_document(
            case=self.case, upload=upload, by=self.world.standing(who), at=self.world.at, **more
        )

    def fetches(self, who: str, document: Document) -> bytes:
        """Somebody takes a copy."""
        return actions.fetch_document(document=document, by=self.world.standing(who), at=self.world.at)

    def erases(self, who: str, document: Document, why: str = WhyRemoved.WISH) -> Document:
        """Somebody erases it."""
        return actions.remove_document(
            document=document, why=why, by=self.world.standing(who), at=self.world.at
        )

    def on_disk(self) -> list[Path]:
        """Every file in the folder of files, temporary ones too."""
        folder = self.home / "files"
        return sorted(folder.iterdir()) if folder.exists() else []

    def nothing_was_left(self) -> bool:
        """Neither row nor file of any kind."""
        return not Document.objects.exists() and not self.on_disk()
