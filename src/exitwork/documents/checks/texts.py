# SPDX-License-Identifier: AGPL-3.0-or-later
"""Plain text: UTF-8 without control characters, and not a web page in disguise."""

from __future__ import annotations

import re

from exitwork.documents.checks.refusing import Limits, no
from exitwork.documents.words import Format

_CONTROLS = re.compile(rb"[\x00-\x08\x0b\x0e-\x1a\x1c-\x1f\x7f]")
# What a browser that guesses would take for a page or a drawing that can run programs.
_MARKUP = re.compile(
    rb"\s*<(?:!doctype|!--|\?xml|html|head|body|script|iframe|svg|img|table|div|style|meta|link|a |p>)",
    re.IGNORECASE,
)


def looks_like_text(content: bytes) -> bool:
    """Whether it could be text in some encoding."""
    return not _CONTROLS.search(content[:4096]) or content.startswith((b"\xff\xfe", b"\xfe\xff"))


def as_it_is(content: bytes, _found: Format, _limits: Limits, _keep_original: bool) -> bytes:
    """The text, unchanged.

    :raises Refusal: if it is not plain text.
    """
    body = content.removeprefix(b"\xef\xbb\xbf")
    if _MARKUP.match(body):
        raise no("mislabelled")
    if _CONTROLS.search(body):
        raise no("not_text")
    try:
        body.decode("utf-8")
    except UnicodeDecodeError:
        raise no("not_text") from None
    return content
