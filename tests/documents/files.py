# SPDX-License-Identifier: AGPL-3.0-or-later
"""Files as people send them, good ones and hostile ones, made here byte by byte."""

from __future__ import annotations

import struct
import zipfile
import zlib
from io import BytesIO
from typing import Any

from PIL import Image

MARKER = "the-yellow-house-behind-the-mill"
_TYPES = "http://schemas.openxmlformats.org/package/2006/content-types"
_RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"
_WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
GPS = 0x8825


def picture(
    kind: str = "JPEG", size: tuple[int, int] = (64, 48), *, place: bool = False, **more: Any
) -> bytes:
    """A picture; with ``place``, one that tells where and with what it was taken."""
    out = BytesIO()
    image = Image.new("RGB", size, (180, 120, 60))
    if place:
        exif = Image.Exif()
        exif[0x010F], exif[0x0110] = "Cam-Maker", MARKER
        exif.get_ifd(GPS)[1], exif.get_ifd(GPS)[2] = "N", (59.0, 54.0, 43.0)
        more["exif"] = exif
    image.save(out, kind, **more)
    return out.getvalue()


def png_of(width: int, height: int) -> bytes:
    """A PNG that claims a size and holds nothing."""
    head = struct.pack(">2I5B", width, height, 8, 2, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n"
        + _chunk(b"IHDR", head)
        + _chunk(b"IDAT", zlib.compress(b"\0"))
        + _chunk(b"IEND", b"")
    )


def _chunk(kind: bytes, body: bytes) -> bytes:
    return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))


def zipped(entries: dict[str, bytes], *, method: int = zipfile.ZIP_DEFLATED) -> bytes:
    """A zip of these entries, in this order."""
    out = BytesIO()
    with zipfile.ZipFile(out, "w", method) as archive:
        for name, content in entries.items():
            stored = zipfile.ZIP_STORED if name == "mimetype" else None
            archive.writestr(name, content, compress_type=stored)
    return out.getvalue()


def docx(text: str = "Dear Jonas", *, types: str = _DOCX, relations: str = "", **more: bytes) -> bytes:
    """A Word document; ``more`` adds parts, with "__" for "/" and "_dot_" for "."."""
    added = {name.replace("__", "/").replace("_dot_", "."): content for name, content in more.items()}
    return zipped(
        {
            "[Content_Types].xml": (
                f'<Types xmlns="{_TYPES}"><Override PartName="/word/document.xml" '
                f'ContentType="{types}"/></Types>'
            ).encode(),
            "word/document.xml": (
                f'<w:document xmlns:w="{_WORD}"><w:body><w:p><w:r><w:t>{text}</w:t></w:r></w:p></w:body>'
                "</w:document>"
            ).encode(),
            "word/_rels/document.xml.rels": (
                f'<Relationships xmlns="{_RELATIONS}">{relations}</Relationships>'
            ).encode(),
            **added,
        }
    )


def relation(kind: str, target: str = "http://listening.example/x") -> str:
    """A relation of a Word document to something elsewhere."""
    return f'<Relationship Id="r1" Type="{_OFFICE}/{kind}" Target="{target}" TargetMode="External"/>'


def xlsx(**more: bytes) -> bytes:
    """A spreadsheet."""
    sheet = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    added = {name.replace("__", "/").replace("_dot_", "."): content for name, content in more.items()}
    types = f'<Types xmlns="{_TYPES}"><Override PartName="/xl/workbook.xml" ContentType="{_XLSX}"/></Types>'
    book = f'<workbook xmlns="{sheet}"><sheets/></workbook>'
    return zipped({"[Content_Types].xml": types.encode(), "xl/workbook.xml": book.encode(), **added})


def odt(body: str = "", *, kind: str = "text", **more: bytes) -> bytes:
    """An OpenDocument file."""
    names = " ".join(
        f'xmlns:{short}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
        for short, name in (("office", "office"), ("text", "text"), ("draw", "drawing"), ("script", "script"))
    )
    content = (
        f'<office:document-content {names} xmlns:xlink="http://www.w3.org/1999/xlink">'
        f"<office:scripts/>{body}</office:document-content>"
    )
    added = {name.replace("__", "/").replace("_dot_", "."): part for name, part in more.items()}
    mime = f"application/vnd.oasis.opendocument.{kind}".encode()
    return zipped({"mimetype": mime, "content.xml": content.encode(), **added})


def pdf(*, catalogue: bytes = b"", objects: bytes = b"", trailer: bytes = b"", stream: bytes = b"") -> bytes:
    """A PDF of one empty page, with what is to be hidden in it."""
    packed = zlib.compress(stream or b"BT (Dear Jonas) Tj ET")
    return (
        b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n"
        b"1 0 obj\n<< /Type /Catalog /Pages 2 0 R " + catalogue + b" >>\nendobj\n"
        b"2 0 obj\n<< /Type /Pages /Kids [3 0 R] /Count 1 >>\nendobj\n"
        b"3 0 obj\n<< /Type /Page /Parent 2 0 R /Contents 4 0 R >>\nendobj\n"
        b"4 0 obj\n<< /Length " + str(len(packed)).encode() + b" /Filter /FlateDecode >>\nstream\n"
        + packed + b"\nendstream\nendobj\n" + objects
        + b"trailer\n<< /Root 1 0 R " + trailer + b" >>\nstartxref\n0\n%%EOF\n"
    )  # fmt: skip


def objects_packed(inside: bytes, *, entries: bytes = b"", filter_name: bytes = b"/FlateDecode") -> bytes:
    """An object stream that holds these objects."""
    packed = zlib.compress(b"5 0 " + inside)
    return (
        b"9 0 obj\n<< /Type /ObjStm /N 1 /First 4 " + entries + b" /Filter " + filter_name
        + b" >>\nstream\n" + packed + b"\nendstream\nendobj\n"
    )  # fmt: skip


def ogg(codec: bytes = b"OpusHead") -> bytes:
    """An Ogg of two pages."""

    def page(flags: int, number: int, body: bytes) -> bytes:
        head = struct.pack("<4sBBQIIIB", b"OggS", 0, flags, 0, 7, number, 0, 1)
        return head + bytes([len(body)]) + body

    return page(2, 0, codec + b"\x01" * 11) + page(4, 1, b"sound" * 20)


def mp3(frames: int = 6, *, label: bytes = b"") -> bytes:
    """An MP3 of some frames, with a label before them."""
    frame = b"\xff\xfb\x90\x00" + bytes(413)
    size = bytes([0, 0, len(label) >> 7, len(label) & 0x7F])
    return (b"ID3\x04\x00\x00" + size + label if label else b"") + frame * frames


GOOD: dict[str, bytes] = {
    "letter.txt": "Grüß dich, Jonas, das Zimmer ist frei.\n".encode(),
    "letter.pdf": pdf(),
    "letter.odt": odt("<office:body><text:a xlink:href='https://a.example/'>x</text:a></office:body>"),
    "hours.ods": odt(kind="spreadsheet"),
    "letter.docx": docx(relations=relation("hyperlink")),
    "hours.xlsx": xlsx(),
    "photo.jpg": picture(),
    "photo.JPEG": picture(place=True),
    "scan.png": picture("PNG"),
    "chat.webp": picture("WEBP"),
    "voice.ogg": ogg(),
    "voice.opus": ogg(),
    "voice.mp3": mp3(label=b"TIT2 who speaks"),
}
