# SPDX-License-Identifier: AGPL-3.0-or-later
"""The pages of documents: what they show, to whom, and how a file leaves."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext

from exitwork.access.seams import strands
from exitwork.documents.models import Document
from exitwork.documents.words import FETCHED
from exitwork.journal.models import Entry
from tests.documents.case_files import CaseFiles
from tests.documents.files import GOOD, docx


def address(files: CaseFiles, rest: str = "") -> str:
    return f"/cases/{files.case.ref}/documents/{rest}"


def once(page: bytes) -> str:
    """The one-time token of the last form on a page."""
    return re.findall(rb'name="once" value="([^"]+)"', page)[-1].decode()


def test_a_letter_is_added_listed_and_read(files: CaseFiles) -> None:
    browser = files.world.as_("Asa").browser()
    letter = SimpleUploadedFile("Letter to Jonas.txt", b"Dear Jonas, the room is yours.\n")

    answer = browser.post(address(files, "new/"), {"kind": "letter", "note": "By post", "file": letter})

    assert answer.status_code == 302
    document = Document.objects.get()
    assert b"Letter to Jonas" in browser.get(address(files)).content
    page = browser.get(address(files, f"{document.ref}/")).content.decode()
    assert "By post" in page
    title = re.search(r"<title>(.*?)</title>", page)
    assert title is not None
    assert "Jonas" not in title[1]
    assert address(files) in browser.get(f"/cases/{files.case.ref}/").content.decode()


@pytest.mark.parametrize("name", GOOD)
def test_a_file_leaves_only_as_an_attachment_under_a_neutral_name(files: CaseFiles, name: str) -> None:
    document = files.adds("Asa", name, title="Client Jonas, exit programme")

    answer = files.world.as_("Per").browser().get(address(files, f"{document.ref}/file/"))

    assert answer.status_code == 200
    assert re.fullmatch(
        r'attachment; filename="[0-9A-Z]{5}-[0-9A-Z]\.[a-z0-9]{3,4}"', answer.headers["Content-Disposition"]
    )
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["Content-Security-Policy"] == "default-src 'none'; sandbox"
    assert answer.headers["Cache-Control"] == "no-store"
    assert not answer.headers["Content-Type"].startswith(("text/html", "image/svg", "application/xhtml"))
    assert "Jonas" not in str(answer.headers)


def test_one_download_is_one_look_and_one_count(files: CaseFiles) -> None:
    document = files.adds("Asa")
    browser = files.world.as_("Per").browser()
    before = Entry.objects.count()

    browser.get(address(files, f"{document.ref}/file/"))

    assert Entry.objects.count() == before + 1
    assert Entry.objects.filter(event=FETCHED.name).count() == 1
    assert "1 time" in browser.get(address(files, f"{document.ref}/")).content.decode()


def test_for_whom_the_case_is_not_there_its_documents_are_not_there(files: CaseFiles) -> None:
    document = files.adds("Asa")

    for stranger in ("Ines", "Uwe"):
        browser = files.world.as_(stranger).browser()
        for rest in ("", "new/", f"{document.ref}/", f"{document.ref}/file/", f"{document.ref}/remove/"):
            assert browser.get(address(files, rest)).status_code == 404
        upload = SimpleUploadedFile("a.txt", b"x")
        assert browser.post(address(files, "new/"), {"file": upload}).status_code == 404
        assert browser.post(address(files, f"{document.ref}/remove/"), {"why": "wish"}).status_code == 404

    assert Document.objects.get().removed_at is None
    assert not Entry.objects.filter(event=FETCHED.name).exists()


def test_a_document_is_not_found_under_another_case(files: CaseFiles) -> None:
    document = files.adds("Asa")
    other = files.world.given_a_case("Wren", managed_by="Asa")
    browser = files.world.as_("Asa").browser()

    assert browser.get(f"/cases/{other.ref}/documents/{document.ref}/file/").status_code == 404


def test_the_lead_reads_and_may_not_add_and_is_told_why(files: CaseFiles) -> None:
    browser = files.world.as_("Head of Exit Oslo").browser()

    page = browser.get(address(files)).content.decode()
    answer = browser.post(address(files, "new/"), {"file": SimpleUploadedFile("a.txt", b"x")})

    assert "Only the case team may do this." in page
    assert "Only the case team may do this." in answer.content.decode()
    assert files.nothing_was_left()


def test_a_refused_file_keeps_what_was_typed_and_says_the_reason_once(files: CaseFiles) -> None:
    browser = files.world.as_("Asa").browser()
    upload = SimpleUploadedFile("a.docx", docx(word__vbaProject_dot_bin=b"x"))

    answer = browser.post(address(files, "new/"), {"title": "From court", "note": "Urgent", "file": upload})

    page = answer.content.decode()
    assert answer.status_code == 200
    assert "The file holds macros" in page
    assert "From court" in page
    assert "Urgent" in page
    assert files.nothing_was_left()


def test_erasing_asks_why_and_the_line_stays(
    files: CaseFiles, django_capture_on_commit_callbacks: Any
) -> None:
    document = files.adds("Asa", title="The yellow house")
    browser = files.world.as_("Asa").browser()
    page = browser.get(address(files, f"{document.ref}/remove/"))

    assert (
        browser.post(address(files, f"{document.ref}/remove/"), {"once": once(page.content)}).status_code
        == 200
    )
    with django_capture_on_commit_callbacks(execute=True):
        answer = browser.post(
            address(files, f"{document.ref}/remove/"), {"once": once(page.content), "why": "wrong-case"}
        )

    assert answer.status_code == 302
    shown = browser.get(address(files)).content.decode()
    assert "The yellow house" not in shown
    assert "It belongs to another case" in shown
    assert "was erased" in browser.get(address(files, f"{document.ref}/")).content.decode()
    assert browser.get(address(files, f"{document.ref}/file/")).status_code == 403
    assert files.on_disk() == []


def test_who_may_not_erase_reads_why(files: CaseFiles) -> None:
    document = files.adds("Asa")

    page = files.world.as_("Per").browser().get(address(files, f"{document.ref}/")).content.decode()

    assert "Only who added the document, or the case manager, may erase it." in page


def test_a_form_sent_twice_adds_one_document(files: CaseFiles) -> None:
    browser = files.world.as_("Asa").browser()
    token = once(browser.get(address(files, "new/")).content)

    for _ in range(2):
        upload = SimpleUploadedFile("a.txt", b"x")
        assert browser.post(address(files, "new/"), {"once": token, "file": upload}).status_code == 302

    assert Document.objects.count() == 1


def test_the_timeline_shows_what_was_added_and_what_was_erased(files: CaseFiles) -> None:
    files.adds("Asa", title="The yellow house")
    files.erases("Asa", files.adds("Asa", "photo.jpg", title="Not to be seen"))
    strand = next(strand for strand in strands() if strand.name == "documents")
    by, at = files.world.standing("Per"), files.world.at

    moments = list(strand.moments(by, files.case, at, None, 10))

    assert sorted(moment.text for moment in moments) == ["", "The yellow house"]
    assert list(strand.moments(by, files.case, at, at, 10)) == []
    assert list(strand.moments(files.world.standing("Ines"), files.case, at, None, 10)) == []
    assert (
        "The yellow house"
        in files.world.as_("Per").browser().get(f"/cases/{files.case.ref}/timeline/").content.decode()
    )


def test_the_list_costs_the_same_however_many_documents_there_are(files: CaseFiles) -> None:
    browser = files.world.as_("Asa").browser()
    counts = []
    for _ in range(2):
        for _ in range(4):
            files.adds("Asa")
        browser.get(address(files))
        with CaptureQueriesContext(
            connection,
        ) as queries:
            browser.get(address(files))
        counts.append(len(queries))

    assert counts[0] == counts[1]
