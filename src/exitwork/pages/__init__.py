# SPDX-License-Identifier: AGPL-3.0-or-later
"""The page decorator, visible things, and forms that carry out actions.

``from exitwork.pages import page, visible, listed, render, ActionForm, Request``: looked up on
first use, because Django loads this package before its models may be imported.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from exitwork.pages.boundary import page as page
    from exitwork.pages.boundary import render as render
    from exitwork.pages.boundary import visible as visible
    from exitwork.pages.boundary import visible_rows as visible_rows
    from exitwork.pages.forms import ActionForm as ActionForm
    from exitwork.pages.lists import listed as listed
    from exitwork.pages.requests import Request as Request

_FOUND_IN = {
    "page": "boundary",
    "render": "boundary",
    "visible": "boundary",
    "visible_rows": "boundary",
    "ActionForm": "forms",
    "listed": "lists",
    "Request": "requests",
}


def __getattr__(name: str) -> Any:
    if name in _FOUND_IN:
        return getattr(import_module(f"{__name__}.{_FOUND_IN[name]}"), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
