# SPDX-License-Identifier: AGPL-3.0-or-later
"""The pages of documents."""

from __future__ import annotations

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from exitwork.documents.models import Document
from tests.world import World


@pytest.fixture
def heron(world: World) -> World:
    """Asa manages the case Heron."""
    world.given_a_worker("Asa", of="Exit Oslo")
    world.given_a_case("Heron", managed_by="Asa")
    return world


def test_a_letter_is_added_and_comes_back_as_an_attachment_under_a_neutral_name(heron: World) -> None:
    browser = heron.as_("Asa").browser()
    ref = heron.case("Heron").ref
    letter = SimpleUploadedFile("Letter to Jonas.txt", b"Dear Jonas, the room is yours.\n")

    answer = browser.post(f"/cases/{ref}/documents/new/", {"kind": "letter", "file": letter})

    assert answer.status_code == 302, answer.content.decode()
    document = Document.objects.get()
    assert document.title.open() == "Letter to Jonas"
    listed = browser.get(f"/cases/{ref}/documents/")
    assert b"Letter to Jonas" in listed.content
    assert browser.get(f"/cases/{ref}/documents/{document.ref}/").status_code == 200
    assert browser.get(f"/cases/{ref}/documents/{document.ref}/remove/").status_code == 200
    assert b"Documents" in browser.get(f"/cases/{ref}/").content
    fetched = browser.get(f"/cases/{ref}/documents/{document.ref}/file/")
    assert fetched.content == b"Dear Jonas, the room is yours.\n"
    assert fetched.headers["Content-Disposition"] == f'attachment; filename="{document.ref}.txt"'
    assert fetched.headers["X-Content-Type-Options"] == "nosniff"
    assert "sandbox" in fetched.headers["Content-Security-Policy"]
    assert fetched.headers["Cache-Control"] == "no-store"
