# SPDX-License-Identifier: AGPL-3.0-or-later
"""Adding, fetching and erasing: the row, the file and the journal, and nothing left after failure."""

from __future__ import annotations

import os
from datetime import timedelta
from io import BytesIO
from random import Random
from typing import Any

import pytest
from PIL import Image
from PIL.PngImagePlugin import PngInfo

from exitwork.access.seams import holdings
from exitwork.documents import actions, queries, store
from exitwork.documents.models import Document
from exitwork.documents.words import ADDED, FETCHED, REMOVED, WhyRemoved
from exitwork.journal.models import Entry
from exitwork.journal.queries import details_of
from exitwork.journal.recording import AlreadyDone, once
from exitwork.kernel.decisions import Refusal
from exitwork.kernel.events import Happening
from exitwork.pages.uploads import Upload
from tests.documents.case_files import CaseFiles
from tests.documents.files import GOOD, GPS, MARKER, mp3, pdf, picture

pytestmark = pytest.mark.both_databases


def entry_of(event: Any) -> Entry:
    return Entry.objects.get(event=event.name)


@pytest.mark.parametrize("name", GOOD)
def test_the_files_of_the_field_are_taken_and_come_back(files: CaseFiles, name: str) -> None:
    document = files.adds("Asa", name)

    content = files.fetches("Per", document)

    ending = name.rsplit(".", 1)[1]
    assert document.format == {"JPEG": "jpg", "opus": "ogg"}.get(ending, ending)
    if ending not in {"jpg", "JPEG", "png", "webp", "mp3"}:
        assert content == GOOD[name]
    assert document.title.open() == name.rsplit(".", 1)[0]


def test_adding_writes_row_file_and_entry_and_none_of_them_tells_the_content(files: CaseFiles) -> None:
    document = files.adds("Asa", content=MARKER.encode(), title="About the house", note="From his aunt")

    (path,) = files.on_disk()
    assert document.file is not None
    assert path.name == document.file.hex
    assert document.ref not in path.name
    assert MARKER.encode() not in path.read_bytes()
    entry = entry_of(ADDED)
    assert entry.about_id == files.case.pk
    assert details_of(entry) == {
        "document": document.ref,
        "kind": "other",
        "format": "txt",
        "original": False,
    }
    row = Document.objects.values().get()
    assert not any(word in str(row) for word in (MARKER, "About the house", "aunt", "letter"))


def test_the_noise_of_a_large_scan_is_not_mistaken_for_a_program(files: CaseFiles) -> None:
    noise = Random(7).randbytes(2_000_000) + b"/3D /JS /XFA /EF /AA "  # three letters turn up by themselves

    assert files.adds("Asa", "scan.pdf", pdf(stream=noise)).kilobytes > 2_000


def test_a_refused_person_leaves_nothing(files: CaseFiles) -> None:
    for outsider in ("Ines", "Uwe", "Lea"):
        with pytest.raises(Refusal, match=r"Only the case team|belongs to another organisation"):
            files.adds(outsider)

    assert files.nothing_was_left()


def test_a_failure_while_the_row_is_written_leaves_neither_row_nor_file(
    files: CaseFiles, monkeypatch: pytest.MonkeyPatch
) -> None:
    def disk_is_full(_waiting: store.Waiting) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(store.Waiting, "keep", disk_is_full)

    with pytest.raises(OSError, match="No space"):
        files.adds("Asa")

    assert files.nothing_was_left()
    assert not Entry.objects.filter(event=ADDED.name).exists()


def test_a_form_sent_twice_adds_once(files: CaseFiles) -> None:
    with once("the-same-form"):
        files.adds("Asa")
    with pytest.raises(AlreadyDone), once("the-same-form"):
        files.adds("Asa")

    assert Document.objects.count() == 1
    assert len(files.on_disk()) == 1


def test_a_download_is_recorded_before_the_file_is_opened_and_counted(files: CaseFiles) -> None:
    document = files.adds("Asa")
    store.erase(document.file)  # type: ignore[arg-type]

    with files.world.refuses("documents.file.broken"):
        files.fetches("Per", document)

    entry = entry_of(FETCHED)
    assert entry.happening == Happening.LOOK
    assert entry.about_id == files.case.pk
    assert details_of(entry) == {"document": document.ref}
    assert Document.objects.get().downloads == 1


def test_who_may_not_see_the_case_gets_no_file(files: CaseFiles) -> None:
    document = files.adds("Asa")

    for outsider in ("Ines", "Uwe"):
        with files.world.refuses("may_fetch_document.case_is_readable"):
            files.fetches(outsider, document)

    assert not Entry.objects.filter(event=FETCHED.name).exists()


def test_somebody_kept_out_an_hour_ago_gets_no_file_now(files: CaseFiles) -> None:
    document = files.adds("Asa")
    assert files.fetches("Per", document)

    files.world.as_("Head of Exit Oslo").keeps_out("Per", of="Heron")

    with files.world.refuses("may_fetch_document.case_is_readable"):
        files.fetches("Per", document)


def test_a_file_changed_on_the_disk_is_not_given_out(files: CaseFiles) -> None:
    document = files.adds("Asa")
    (path,) = files.on_disk()
    data = bytearray(path.read_bytes())
    data[500] ^= 1
    path.write_bytes(bytes(data))

    with files.world.refuses("documents.file.broken"):
        files.fetches("Asa", document)


def test_erasing_takes_the_file_its_key_and_its_words_and_leaves_who_when_and_why(
    files: CaseFiles, django_capture_on_commit_callbacks: Any
) -> None:
    document = files.adds("Per", title="About the house", note="From his aunt")
    files.world.later(days=2)

    with django_capture_on_commit_callbacks(execute=True):
        files.erases("Asa", document, WhyRemoved.WRONG_CASE)

    assert files.on_disk() == []
    gone = Document.objects.get()
    assert (gone.file, gone.removed_at, gone.why_removed) == (None, files.world.at, WhyRemoved.WRONG_CASE)
    assert not (gone.title or gone.note or gone.file_key or gone.original_reason)
    assert details_of(entry_of(REMOVED)) == {"document": document.ref, "why": "wrong-case"}
    with files.world.refuses("may_fetch_document.document_is_removed"):
        files.fetches("Asa", gone)
    with files.world.refuses("may_remove_document.document_is_removed"):
        files.erases("Asa", gone)


def test_a_key_erased_with_its_row_makes_a_stolen_copy_of_the_file_unreadable(files: CaseFiles) -> None:
    document = files.adds("Asa")
    (path,) = files.on_disk()
    copy, key = path.read_bytes(), document.file_key.open()
    assert store.unsealed(copy, key=key, row=document.pk) == GOOD["letter.txt"]

    gone = files.erases("Asa", document)

    kept = Document.objects.get(pk=gone.pk).file_key.open()
    assert kept == ""


def test_only_who_added_it_or_the_case_manager_erases(files: CaseFiles) -> None:
    document = files.adds("Asa")

    with files.world.refuses("may_remove_document.added_document"):
        files.erases("Per", document)
    for outsider in ("Ines", "Uwe", "Lea", "Head of Exit Oslo"):
        with pytest.raises(Refusal, match=r"Only the case team|belongs to another organisation"):
            files.erases(outsider, document)

    assert len(files.on_disk()) == 1
    assert files.erases("Per", files.adds("Per")).is_removed


def test_an_erasure_that_is_rolled_back_keeps_the_file(files: CaseFiles) -> None:
    document = files.adds("Asa")

    files.erases("Asa", document)  # the transaction of the test never commits

    assert len(files.on_disk()) == 1


def test_a_photo_loses_place_and_device(files: CaseFiles) -> None:
    photo = picture(place=True)
    assert MARKER.encode() in photo

    content = files.fetches("Asa", files.adds("Asa", "photo.jpg", photo))

    assert MARKER.encode() not in content
    with Image.open(BytesIO(content)) as anew:
        assert not anew.getexif().get_ifd(GPS)
        assert anew.size == (64, 48)


def test_a_png_loses_its_texts_and_keeps_what_shows_through(files: CaseFiles) -> None:
    told, out = PngInfo(), BytesIO()
    told.add_text("Author", MARKER)
    Image.new("RGBA", (20, 10), (1, 2, 3, 77)).save(out, "PNG", pnginfo=told)
    assert MARKER.encode() in out.getvalue()

    content = files.fetches("Asa", files.adds("Asa", "scan.png", out.getvalue()))

    assert MARKER.encode() not in content
    with Image.open(BytesIO(content)) as anew:
        assert anew.getpixel((3, 3)) == (1, 2, 3, 77)


def test_a_recording_loses_its_labels(files: CaseFiles) -> None:
    content = files.fetches("Asa", files.adds("Asa", "voice.mp3", mp3(label=MARKER.encode())))

    assert content == mp3()


def test_an_original_is_kept_only_for_a_reason_and_says_so(files: CaseFiles) -> None:
    photo = picture(place=True)

    with files.world.refuses("documents.file.no_reason"):
        files.adds("Asa", "photo.jpg", photo, keep_original=True, original_reason="  ")
    assert files.nothing_was_left()
    document = files.adds(
        "Asa", "photo.jpg", photo, keep_original=True, original_reason="He wants the place proven."
    )

    assert files.fetches("Asa", document) == photo
    assert document.is_original
    assert document.original_reason.open() == "He wants the place proven."


def test_what_a_crash_left_is_swept_after_an_hour_and_nothing_else(files: CaseFiles) -> None:
    document = files.adds("Asa")
    left, fresh = store.folder() / ".0123.part", store.folder() / "0123"
    for path in (left, fresh):
        path.write_bytes(b"sealed")
    at = files.world.at
    for path, age in ((left, 2), (fresh, 0), (store.path_of(document.file), 9)):  # type: ignore[arg-type]
        then = (at - timedelta(hours=age)).timestamp()
        os.utime(path, (then, then))

    assert [path.name for path in queries.strays(at=at)] == [left.name]
    assert actions.sweep_strays(at=at) == 1

    assert {path.name for path in files.on_disk()} == {fresh.name, document.file.hex}  # type: ignore[union-attr]
    assert queries.missing() == 0
    store.erase(document.file)  # type: ignore[arg-type]
    assert queries.missing() == 1


def test_erasing_a_case_takes_all_its_files(
    files: CaseFiles, django_capture_on_commit_callbacks: Any
) -> None:
    files.adds("Asa")
    files.adds("Asa", "photo.jpg")
    holding = next(held for held in holdings() if held.name == "documents")
    assert len(list(holding.rows(files.case))) == 2

    with django_capture_on_commit_callbacks(execute=True):
        assert holding.erase is not None
        assert holding.erase(files.case) == 2

    assert files.on_disk() == []


def test_a_title_that_hides_signs_is_refused_and_arabic_is_not(files: CaseFiles) -> None:
    with files.world.refuses("documents.title.deceives"):
        files.adds("Asa", title="house\u202eesuoh")
    assert files.nothing_was_left()

    assert files.adds("Asa", title="رسالة\u200f (1)").title.open() == "رسالة\u200f (1)"


def test_an_upload_tells_nothing_of_itself_in_a_log() -> None:
    assert "Jonas" not in repr(Upload("Jonas.txt", b"Jonas"))
