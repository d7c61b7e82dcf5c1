# SPDX-License-Identifier: AGPL-3.0-or-later
"""What comes in from a browser: kept in memory, never on the disk, and never more than the limit.

* Files are read only for pages that say they take one (``takes_a_file``) and for people signed in;
  for anyone else not a byte of them is kept.
* What declares itself too large is not kept at all; what lies about it is dropped at the limit.
* The rest of a refused file is read and thrown away, so that the browser shows our sentence instead
  of a broken connection; beyond ``READ_OUT`` the connection is cut.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from io import BytesIO
from typing import Any, TypeVar

from django.core.files.uploadedfile import InMemoryUploadedFile, UploadedFile
from django.core.files.uploadhandler import FileUploadHandler, StopUpload
from django.http import HttpRequest

from exitwork.settings.options import number

MEGABYTE = 1_000_000
AROUND = 64 * 1024  # what the other fields of a form may take
READ_OUT = 256 * MEGABYTE
TOO_LARGE = "_upload_was_too_large"

V = TypeVar("V", bound=Callable[..., Any])


@dataclass(frozen=True, slots=True)
class Upload:
    """A file as it came: the name it claims, its bytes, and whether all of it was taken."""

    name: str
    content: bytes
    is_whole: bool = True

    def __repr__(self) -> str:
        return "<upload>"


def largest() -> int:
    """How many bytes a file may have."""
    return number("document_megabytes") * MEGABYTE


def takes_a_file(view: V) -> V:
    """Say that a page reads a file from its form."""
    view.takes_a_file = True  # type: ignore[attr-defined]
    return view


def was_too_large(request: HttpRequest) -> bool:
    """Whether the form of this request came with a file beyond the limit."""
    return bool(getattr(request, TOO_LARGE, False))


class CappedMemory(FileUploadHandler):
    """Takes files into memory, all files of a request together up to the limit."""

    def __init__(self, request: HttpRequest | None = None) -> None:
        super().__init__(request)
        self._taken = 0
        self._declared = 0
        self._held = BytesIO()

    def handle_raw_input(  # type: ignore[override]  # the stubs know less than Django passes
        self,
        input_data: Any,  # noqa: ARG002 -- Django's
        META: dict[str, Any],  # noqa: ARG002, N803
        content_length: int,
        boundary: bytes,  # noqa: ARG002
        encoding: str | None = None,  # noqa: ARG002
    ) -> None:
        """Remember what the request says its length is."""
        self._declared = content_length

    def new_file(self, *args: Any, **kwargs: Any) -> None:
        """Begin a file, unless it is not wanted here or says it is too large.

        :raises StopUpload: if so.
        """
        super().new_file(*args, **kwargs)
        if not _is_expected(self.request):
            raise StopUpload(connection_reset=self._declared > READ_OUT)
        if self._declared > largest() + AROUND:
            self._refuse()
        self._held = BytesIO()

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:  # noqa: ARG002 -- Django's
        """Take some of it.

        :raises StopUpload: at the limit.
        """
        self._taken += len(raw_data)
        if self._taken > largest():
            self._refuse()
        self._held.write(raw_data)

    def file_complete(self, file_size: int) -> UploadedFile:
        """The file, in memory."""
        self._held.seek(0)
        return InMemoryUploadedFile(
            self._held, self.field_name, self.file_name or "", self.content_type, file_size, self.charset
        )

    def _refuse(self) -> None:
        self._held = BytesIO()
        setattr(self.request, TOO_LARGE, True)
        raise StopUpload(connection_reset=self._declared > READ_OUT)


def _is_expected(request: HttpRequest | None) -> bool:
    match = getattr(request, "resolver_match", None)
    user = getattr(request, "user", None)
    return bool(getattr(match and match.func, "takes_a_file", False) and user and user.is_authenticated)
