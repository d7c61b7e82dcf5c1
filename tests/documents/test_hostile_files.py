# SPDX-License-Identifier: AGPL-3.0-or-later
"""What people are sent to harm them: each refused with its sentence, and nothing of it stays."""

from __future__ import annotations

import struct
import zipfile
from io import BytesIO

import pytest

from exitwork.journal.models import Entry
from exitwork.kernel.decisions import Refusal
from exitwork.vault.models import DataKey
from tests.documents.case_files import CaseFiles
from tests.documents.files import (
    docx,
    mp3,
    objects_packed,
    odt,
    ogg,
    pdf,
    picture,
    png_of,
    relation,
    xlsx,
    zipped,
)

BILLION_LAUGHS = (
    b'<?xml version="1.0"?><!DOCTYPE lolz [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">'
    b'<!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;&b;&b;">]><lolz>&c;</lolz>'
)
READS_A_FILE = b'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]><a>&x;</a>'
IN_UTF_16 = BILLION_LAUGHS.decode().replace("?>", ' encoding="utf-16"?>').encode("utf-16")
MACRO_TYPE = "application/vnd.ms-word.document.macroEnabled.main+xml"
PROGRAM = b"<< /Type /Action /S /JavaScript /JS (app.alert\\(1\\)) >>"


def encrypted_docx() -> bytes:
    """The flag "encrypted" on every entry, in both places."""
    data = bytearray(docx())
    for mark, at in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        start = data.find(mark)
        while start != -1:
            data[start + at] |= 1
            start = data.find(mark, start + 1)
    return bytes(data)


def many_entries() -> bytes:
    return zipped({"mimetype": b"x"} | {f"{number}.xml": b"" for number in range(2_500)})


def bomb() -> bytes:
    return docx(word__media__big_dot_xml=b"<a>" + b" " * 60_000_000 + b"</a>")


def many_small_bombs() -> bytes:
    """Each entry within its own bounds, together far beyond."""
    body = b"".join(struct.pack("<I", number * 2654435761 % 2**32) * 40 for number in range(12_000))
    return zipped(
        {"mimetype": b"application/vnd.oasis.opendocument.text"} | {f"{n}.bin": body for n in range(130)}
    )


def program_called_picture() -> bytes:
    packed = objects_packed(b" " * 5_000_000 + PROGRAM, entries=b"/Subtype /Image")
    return pdf(objects=packed.replace(b"/Type /ObjStm", b""))


def twice_the_same_name() -> bytes:
    out = BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.text")
        archive.writestr("content.xml", "<a/>")
        archive.writestr("Content.xml", "<b/>")
    return out.getvalue()


HOSTILE = [
    ("bomb: one entry", "report.docx", bomb, "bomb"),
    ("bomb: many entries", "report.odt", many_small_bombs, "bomb"),
    ("bomb: a directory of thousands", "report.odt", many_entries, "bomb"),
    ("bomb: nested", "report.docx", lambda: docx(word__media__a_dot_bin=bomb()), "nested"),
    ("bomb: a zip in plain sight", "report.docx", lambda: zipped({"a.zip": bomb()}), "mislabelled"),
    ("bomb: in a PDF", "report.pdf", lambda: pdf(stream=b" " * 250_000_000), "bomb"),
    ("macros: Word", "report.docx", lambda: docx(word__vbaProject_dot_bin=b"\xd0\xcf\x11\xe0"), "macros"),
    ("macros: by type", "report.docx", lambda: docx(types=MACRO_TYPE), "macros"),
    ("macros: by extension", "report.docm", docx, "macros"),
    ("macros: Excel 4", "report.xlsx", lambda: xlsx(xl__macrosheets__sheet1_dot_xml=b"<a/>"), "macros"),
    ("macros: Basic", "report.odt", lambda: odt(Basic__Standard__a_dot_xml=b"<a/>"), "macros"),
    ("macros: an event", "report.odt", lambda: odt("<script:event-listener/>"), "macros"),
    ("macros: a control", "report.docx", lambda: docx(relations=relation("control")), "macros"),
    ("an object", "report.docx", lambda: docx(word__embeddings__oleObject1_dot_bin=b"x"), "nested"),
    ("a program", "report.odt", lambda: odt(Pictures__a_dot_png=b"MZ\x90\x00"), "nested"),
    ("entities: laughs", "report.docx", lambda: docx(word__a_dot_xml=BILLION_LAUGHS), "entities"),
    ("entities: reads a file", "report.odt", lambda: odt(a_dot_xml=READS_A_FILE), "entities"),
    ("entities: in UTF-16", "report.docx", lambda: docx(word__a_dot_xml=IN_UTF_16), "entities"),
    ("entities: without an ending", "report.docx", lambda: docx(word__a_dot_dat=BILLION_LAUGHS), "entities"),
    ("tells: a template", "report.docx", lambda: docx(relations=relation("attachedTemplate")), "reaches_out"),
    ("tells: a picture", "report.docx", lambda: docx(relations=relation("image")), "reaches_out"),
    (
        "tells: a picture, ODT",
        "report.odt",
        lambda: odt('<draw:image xlink:href="http://listening.example/x.png"/>'),
        "reaches_out",
    ),
    (
        "tells: DDE",
        "report.docx",
        lambda: docx("</w:t><w:instrText>DDEAUTO c:\\\\cmd.exe</w:instrText><w:t>"),
        "reaches_out",
    ),
    (
        "tells: Excel DDE",
        "report.xlsx",
        lambda: xlsx(xl__externalLinks__a_dot_xml=b"<externalLink><ddeLink/></externalLink>"),
        "reaches_out",
    ),
    ("encrypted: zip", "report.docx", encrypted_docx, "encrypted"),
    ("encrypted: PDF", "report.pdf", lambda: pdf(trailer=b"/Encrypt 8 0 R"), "encrypted"),
    ("hidden: twice the same name", "report.odt", twice_the_same_name, "more_inside"),
    ("hidden: a way out", "report.docx", lambda: docx(**{"../x.xml": b"<a/>"}), "more_inside"),
    ("hidden: behind the zip", "report.docx", lambda: docx() + b"MZ program", "more_inside"),
    ("hidden: behind the sound", "voice.ogg", lambda: ogg() + b"PK\x03\x04" + bytes(40), "more_inside"),
    ("hidden: behind the frames", "voice.mp3", lambda: mp3() + b"<script>" * 9, "more_inside"),
    ("film as sound", "voice.ogg", lambda: ogg(b"\x80theora\x00"), "mislabelled"),
    ("PDF: a program", "report.pdf", lambda: pdf(catalogue=b"/OpenAction " + PROGRAM), "active"),
    (
        "PDF: a program, name escaped",
        "report.pdf",
        lambda: pdf(catalogue=PROGRAM.replace(b"JavaScript", b"J#61va#53cript")),
        "active",
    ),
    ("PDF: a program, packed", "report.pdf", lambda: pdf(objects=objects_packed(PROGRAM)), "active"),
    ("PDF: a program, packed as a picture", "report.pdf", program_called_picture, "active"),
    (
        "PDF: packed out of sight",
        "report.pdf",
        lambda: pdf(objects=objects_packed(PROGRAM, filter_name=b"[/ASCII85Decode /FlateDecode]")),
        "opaque",
    ),
    ("PDF: a form", "report.pdf", lambda: pdf(catalogue=b"/AcroForm << /XFA 8 0 R >>"), "active"),
    (
        "PDF: starts something",
        "report.pdf",
        lambda: pdf(catalogue=b"/OpenAction << /S /Launch /F (cmd.exe) >>"),
        "active",
    ),
    (
        "PDF: files inside",
        "report.pdf",
        lambda: pdf(catalogue=b"/Names << /EmbeddedFiles 8 0 R >>"),
        "attachments",
    ),
    (
        "PDF: a file as a pin",
        "report.pdf",
        lambda: pdf(objects=objects_packed(b"<< /F (a) /EF << /F 9 0 R >> >>")),
        "attachments",
    ),
    ("PDF: cut short", "report.pdf", lambda: pdf()[:-8], "damaged"),
    (
        "a page called picture",
        "photo.png",
        lambda: b"<!DOCTYPE html><script>alert(1)</script>",
        "mislabelled",
    ),
    ("a page called text", "note.txt", lambda: b"  <html><script>alert(1)</script>", "mislabelled"),
    ("a picture called PDF", "photo.pdf", picture, "mislabelled"),
    ("a program called text", "note.txt", lambda: b"MZ\x00\x01\x02" * 50, "mislabelled"),
    ("a drawing that runs", "photo.svg", lambda: b"<svg onload='x'/>", "not_taken"),
    ("a program", "photo.pdf.exe", lambda: b"MZ", "not_taken"),
    ("no name at all", "", picture, "name"),
    ("a name that leads elsewhere", "../../etc/passwd.txt", lambda: b"x", "name"),
    ("a name that leads elsewhere, Windows", "..\\secret.txt", lambda: b"x", "name"),
    ("a name that turns round", "invoice\u202etxt.pdf", pdf, "name"),
    ("a name with a line in it", "a\r\nSet-Cookie: x.pdf", pdf, "name"),
    ("a name without end", "a" * 300 + ".pdf", pdf, "name"),
    ("empty", "note.txt", lambda: b"", "empty"),
    ("a picture as large as a city", "photo.png", lambda: png_of(60_000, 60_000), "too_many_pixels"),
    ("a picture of no size", "photo.png", lambda: png_of(0, 10), "damaged"),
    ("a picture that is not there", "photo.png", lambda: png_of(100, 100), "damaged"),
    ("half a picture", "photo.jpg", lambda: picture(size=(400, 300), quality=95)[:-800], "damaged"),
    ("a picture of thousands of scans", "photo.jpg", lambda: picture() + b"\xff\xda" * 200, "bomb"),
    ("Latin letters without UTF-8", "note.txt", lambda: "Grüße".encode("latin-1"), "not_text"),
]


@pytest.mark.parametrize(
    ("name", "make", "code"), [row[1:] for row in HOSTILE], ids=[row[0] for row in HOSTILE]
)
def test_a_hostile_file_is_refused_for_its_reason_and_leaves_nothing(
    files: CaseFiles, name: str, make: object, code: str
) -> None:
    entries, keys = Entry.objects.count(), DataKey.objects.count()
    content = make()  # type: ignore[operator]

    with pytest.raises(Refusal) as refused:
        files.adds("Asa", name, content)

    assert refused.value.code == f"documents.file.{code}"
    assert str(refused.value).endswith(".")
    assert files.nothing_was_left()
    assert (Entry.objects.count(), DataKey.objects.count()) == (entries, keys)


def test_a_picture_that_moves_is_refused(files: CaseFiles) -> None:
    from PIL import Image

    moving = picture(
        "WEBP", save_all=True, append_images=[Image.new("RGB", (64, 48), (9, 9, 9))], duration=90
    )

    with files.world.refuses("documents.file.moves"):
        files.adds("Asa", "chat.webp", moving)


def test_a_film_hidden_behind_a_photo_is_left_behind_and_never_kept_as_an_original(files: CaseFiles) -> None:
    photo = picture() + b"PK\x03\x04 and more"

    with files.world.refuses("documents.file.more_inside"):
        files.adds("Asa", "photo.jpg", photo, keep_original=True, original_reason="He agreed.")
    document = files.adds("Asa", "photo.jpg", photo)

    assert b"PK\x03\x04" not in files.fetches("Asa", document)
