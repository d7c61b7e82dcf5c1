# SPDX-License-Identifier: AGPL-3.0-or-later
"""Office files: every part is unpacked and read; none may hold a program, reach out or define entities.

* Macros are known by where they lie and by what the parts say of themselves.
* Links a person follows may stay. What would be fetched without being asked (a template, a picture,
  a frame from elsewhere) may not: it would tell somebody that the file was opened.
* Not looked into: pictures and fonts inside, and who the file says wrote it; both stay.
"""

from __future__ import annotations

import re
from typing import Any
from xml.parsers import expat

from exitwork.documents.checks.archives import Archive
from exitwork.documents.checks.refusing import Limits, no
from exitwork.documents.words import CONTENT_TYPES, Format

_OPEN_DOCUMENT = {CONTENT_TYPES[known].encode(): known for known in (Format.ODT, Format.ODS)}
_OPEN_XML = {
    "word/document.xml": (Format.DOCX, b"wordprocessingml.document.main+xml"),
    "xl/workbook.xml": (Format.XLSX, b"spreadsheetml.sheet.main+xml"),
}
_PROGRAM_PLACES = re.compile(
    r"(?:^|/)(?:vbaproject|vbadata|activex|macrosheets|dialogsheets|basic|scripts|customui)(?:[./0-9-]|$)",
    re.IGNORECASE,
)
_OBJECTS = re.compile(r"(?:^|/)(?:embeddings|oleobject[^/]*)(?:/|$)", re.IGNORECASE)
_PROGRAM_TYPES = re.compile(rb"macroEnabled|vbaProject|ms-office\.activeX|intlmacrosheet", re.IGNORECASE)
_FETCHING_FIELDS = re.compile(r"\b(?:DDE|DDEAUTO|INCLUDEPICTURE|INCLUDETEXT|IMPORT)\b")
_ELSEWHERE = re.compile(r"\s*(?:[a-z][a-z0-9+.-]{1,20}:|//|\\\\)", re.IGNORECASE)
_XLINK, _SCRIPTS = "http://www.w3.org/1999/xlink", "urn:oasis:names:tc:opendocument:xmlns:script:1.0"
_STAYS_A_LINK = frozenset({"a", "form", "template", "bibliography-mark"})
_DEEPEST = 2_000


def format_of(content: bytes, limits: Limits) -> Format | None:
    """Which office file a zip is, or None.

    :raises Refusal: if the zip is not in order.
    """
    archive = Archive(content, limits)
    names = set(archive.names)
    if any(_PROGRAM_PLACES.search(name) for name in names):
        raise no("macros")
    if archive.names[:1] == ["mimetype"]:
        return _OPEN_DOCUMENT.get(archive.read("mimetype"))
    if "[Content_Types].xml" not in names:
        return None
    types = archive.read("[Content_Types].xml")
    if _PROGRAM_TYPES.search(types):
        raise no("macros")
    return next((found for name, (found, said) in _OPEN_XML.items() if name in names and said in types), None)


def as_it_is(content: bytes, _found: Format, limits: Limits, _keep_original: bool) -> bytes:
    """The file, unchanged.

    :raises Refusal: if any part of it is more than words, numbers and pictures.
    """
    archive = Archive(content, limits)
    if any(_OBJECTS.search(name) for name in archive.names):
        raise no("nested")
    for name, part in archive.each():
        if _is_xml(name, part):
            _Reading(is_relations=name.endswith(".rels")).read(part)
    return content


def _is_xml(name: str, part: bytes) -> bool:
    return name.lower().endswith((".xml", ".rels", ".rdf", ".vml", ".svg")) or part.lstrip(
        b"\xef\xbb\xbf\xff\xfe \t\r\n\x00"
    ).startswith(b"<")


class _Reading:
    """Reads one part as XML, in whatever encoding, without entities and without going anywhere."""

    def __init__(self, *, is_relations: bool) -> None:
        self._is_relations = is_relations
        self._depth = 0
        self._in_field = False
        self._field: list[str] = []
        parser = expat.ParserCreate(namespace_separator=" ")
        parser.SetParamEntityParsing(expat.XML_PARAM_ENTITY_PARSING_NEVER)
        parser.StartDoctypeDeclHandler = self._entities
        parser.EntityDeclHandler = self._entities
        parser.StartElementHandler = self._begin
        parser.EndElementHandler = self._end
        parser.CharacterDataHandler = self._words
        self._parser = parser

    def read(self, part: bytes) -> None:
        """Read it all.

        :raises Refusal: at the first thing that is not taken.
        """
        if not part:
            return  # empty parts exist in files of the field
        try:
            self._parser.Parse(part, True)
        except (expat.ExpatError, ValueError):
            raise no("damaged") from None
        if _FETCHING_FIELDS.search("".join(self._field)):
            raise no("reaches_out")

    def _entities(self, *_: Any) -> None:
        raise no("entities")

    def _begin(self, name: str, attributes: dict[str, str]) -> None:
        self._depth += 1
        if self._depth > _DEEPEST:
            raise no("bomb")
        namespace, _, element = name.rpartition(" ")
        if namespace == _SCRIPTS or element == "script":
            raise no("macros")
        if element == "ddeLink":
            raise no("reaches_out")
        self._in_field = element == "instrText"
        if f"{namespace} instr" in attributes:
            self._field.append(attributes[f"{namespace} instr"])
        if self._is_relations and element == "Relationship":
            _refuse_relation(attributes)
        link = attributes.get(f"{_XLINK} href", "")
        if element not in _STAYS_A_LINK and _ELSEWHERE.match(link):
            raise no("reaches_out")

    def _end(self, name: str) -> None:
        self._depth -= 1
        self._in_field = False
        if name.endswith(" p"):
            self._field.append(" ")

    def _words(self, text: str) -> None:
        if self._in_field:
            self._field.append(text)


def _refuse_relation(attributes: dict[str, str]) -> None:
    kind = attributes.get("Type", "").rsplit("/", 1)[-1].lower()
    if kind in ("vbaproject", "attachedtoolbars", "control", "xlmacrosheet", "xlintlmacrosheet"):
        raise no("macros")
    if attributes.get("TargetMode", "").lower() == "external" and kind != "hyperlink":
        raise no("reaches_out")
