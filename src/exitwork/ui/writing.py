# SPDX-License-Identifier: AGPL-3.0-or-later
"""Notes are Markdown, shown through an allow-list: structure stays, nothing else gets through.

No link opens from a note and no picture loads: an address in a note must not tell its owner's
server that somebody read it.
"""

from __future__ import annotations

import nh3
from markdown_it import MarkdownIt
from markupsafe import Markup

ALLOWED = {"p", "br", "em", "strong", "ul", "ol", "li", "blockquote", "code", "pre", "hr", "h3", "h4", "s"}

_markdown = MarkdownIt("commonmark", {"html": False, "breaks": True}).disable(["image", "link", "autolink"])


def written(text: str) -> Markup:
    """What somebody wrote, as safe HTML."""
    rendered = _markdown.render(text)
    for level, shown in (("1", "3"), ("2", "3"), ("5", "4"), ("6", "4")):
        rendered = rendered.replace(f"<h{level}>", f"<h{shown}>").replace(f"</h{level}>", f"</h{shown}>")
    return Markup(nh3.clean(rendered, tags=ALLOWED, attributes={"ol": {"start"}}))  # noqa: S704 -- cleaned
