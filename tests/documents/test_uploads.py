# SPDX-License-Identifier: AGPL-3.0-or-later
"""What comes in from a browser: in memory only, within the limit, and only where a file is asked for."""

from __future__ import annotations

import tempfile
import tracemalloc
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpRequest
from django.test import Client
from django.test.client import BOUNDARY, MULTIPART_CONTENT

from exitwork.documents.models import Document
from exitwork.journal.models import Entry
from exitwork.pages import uploads
from exitwork.pages.words import REFUSED
from tests.documents.case_files import CaseFiles
from tests.documents.files import MARKER

LARGE = 200 * 1_000_000


class Endless(BytesIO):
    """A form with a file of 200 MB that is made while it is read; knows how much was read."""

    def __init__(self, length: int) -> None:
        super().__init__()
        self.length, self.position = length, 0
        self.head = (
            f'--{BOUNDARY}\r\nContent-Disposition: form-data; name="title"\r\n\r\nThe house\r\n'
            f'--{BOUNDARY}\r\nContent-Disposition: form-data; name="file"; filename="a.pdf"\r\n\r\n%PDF-1.7'
        ).encode()

    def read(self, size: int | None = -1) -> bytes:
        """Some more of it."""
        left = self.length - self.position
        size = left if size is None or size < 0 else min(size, left)
        piece = self.head[self.position : self.position + size].ljust(size, b"x")
        self.position += size
        return piece


def sends(browser: Client, address: str, body: Endless, *, says: int | None = None) -> Any:
    """Post it, declaring its length or another one."""
    return browser.generic(
        "POST",
        address,
        b"",
        content_type=MULTIPART_CONTENT,
        **{"wsgi.input": body, "CONTENT_LENGTH": str(says or body.length), "CONTENT_TYPE": MULTIPART_CONTENT},  # type: ignore[arg-type]
    )


@pytest.fixture
def nothing_on_disk(monkeypatch: pytest.MonkeyPatch) -> None:
    """A temporary file fails the test."""

    def refuse(*_: Any, **__: Any) -> Any:
        raise AssertionError("a temporary file was made")

    for name in ("NamedTemporaryFile", "TemporaryFile", "mkstemp", "SpooledTemporaryFile"):
        monkeypatch.setattr(tempfile, name, refuse)


def address(files: CaseFiles) -> str:
    return f"/cases/{files.case.ref}/documents/new/"


@pytest.mark.usefixtures("nothing_on_disk")
def test_200_megabytes_are_refused_with_a_sentence_and_leave_nothing(files: CaseFiles) -> None:
    browser = files.world.as_("Asa").browser()
    tracemalloc.start()

    answer = sends(browser, address(files), Endless(LARGE))
    _now, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()

    page = answer.content.decode()
    assert answer.status_code == 200
    assert "The file is larger than 20 MB." in page
    assert "The house" in page  # the title that was typed is still there
    assert most < 30 * 1_000_000
    assert files.nothing_was_left()
    assert Entry.objects.filter(event=REFUSED.name, about_id=files.case.pk).count() == 1


@pytest.mark.usefixtures("nothing_on_disk")
def test_a_file_that_lies_about_its_length_is_dropped_at_the_limit(files: CaseFiles, settings: Any) -> None:
    browser = files.world.as_("Asa").browser()
    body = Endless(uploads.largest() + uploads.AROUND - 100)

    answer = sends(browser, address(files), body)

    assert "The file is larger than 20 MB." in answer.content.decode()
    assert files.nothing_was_left()


def test_beyond_reason_the_connection_is_cut_and_not_read_to_its_end(files: CaseFiles) -> None:
    browser = files.world.as_("Asa").browser()
    body = Endless(2_000 * 1_000_000)

    answer = sends(browser, address(files), body)

    assert answer.status_code == 200
    assert body.position < 1_000_000


@pytest.mark.usefixtures("nothing_on_disk")
def test_a_page_that_takes_no_file_keeps_not_a_byte_of_one(files: CaseFiles) -> None:
    browser = files.world.as_("Asa").browser()
    seen: list[Any] = []
    original = uploads.CappedMemory.file_complete

    def watch(self: uploads.CappedMemory, size: int) -> Any:
        seen.append(size)
        return original(self, size)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(uploads.CappedMemory, "file_complete", watch)
        wrong = f"/cases/{files.case.ref}/notes/new/"
        browser.post(wrong, {"file": SimpleUploadedFile("a.txt", b"x" * 1_000), "text": "A note"})
        Client().post(address(files), {"file": SimpleUploadedFile("a.txt", b"x" * 1_000)})
        assert seen == []
        browser.post(address(files), {"file": SimpleUploadedFile("a.txt", b"x" * 1_000)})
        assert seen == [1_000]


@pytest.mark.parametrize("name", ["../../../etc/cron.d/x.txt", "C:\\Windows\\x.txt", "a\u202etxt.txt"])
def test_a_hostile_name_from_a_browser_leads_nowhere(files: CaseFiles, name: str) -> None:
    browser = files.world.as_("Asa").browser()
    upload = SimpleUploadedFile("x.txt", b"words")
    upload._name = name  # type: ignore[attr-defined]  # past Django's own cleaning on our side

    browser.post(address(files), {"file": upload})

    places = {path.parent for path in files.home.rglob("*") if path.is_file()}
    assert places <= {files.home / "files"}
    for document in Document.objects.all():
        assert not set(document.title.open()) & set("/\\.\u202e")


def test_no_file_is_said_beside_the_field(files: CaseFiles) -> None:
    answer = files.world.as_("Asa").browser().post(address(files), {"title": "The house"})

    assert "Choose a file." in answer.content.decode()
    assert files.nothing_was_left()


def test_an_empty_file_is_refused_with_its_own_sentence(files: CaseFiles) -> None:
    upload = SimpleUploadedFile("a.txt", b"")

    answer = files.world.as_("Asa").browser().post(address(files), {"file": upload})

    assert "The file is empty." in answer.content.decode()


@pytest.mark.usefixtures("nothing_on_disk")
def test_no_plain_word_of_a_file_lies_anywhere_in_the_installations_folder(files: CaseFiles) -> None:
    browser = files.world.as_("Asa").browser()
    content = (MARKER + " ").encode() * 90_000  # more than a chunk, more than Django keeps in memory
    browser.post(address(files), {"file": SimpleUploadedFile(f"{MARKER}.txt", content), "note": MARKER})
    document = Document.objects.get()
    fetched = browser.get(f"/cases/{files.case.ref}/documents/{document.ref}/file/")
    assert fetched.content == content.strip() + b" "

    found = [
        path
        for folder in (files.home, Path(tempfile.gettempdir()) / "does-not-exist")
        for path in folder.rglob("*")
        if path.is_file() and MARKER.encode() in path.read_bytes() + path.name.encode()
    ]

    assert [path for path in files.home.rglob("*") if path.is_file()]
    assert found == []
    row = str(Document.objects.values().get()) + str(list(Entry.objects.values()))
    assert MARKER not in row


def test_the_handler_keeps_nothing_without_a_page(rf: Any) -> None:
    request: HttpRequest = rf.post("/", {"file": SimpleUploadedFile("a.txt", b"x")})
    request.upload_handlers = [uploads.CappedMemory(request)]

    assert dict(request.FILES) == {}
