# SPDX-License-Identifier: AGPL-3.0-or-later
"""Recorded models and the only door to change; the Merkle log, verification and the outbox.

``from exitwork import journal`` gives the words other rooms use: ``journal.recorded``,
``journal.looked``, ``journal.refused``, ``journal.once``, ``journal.AlreadyDone``,
``journal.Recorded``, ``journal.outbox``, ``journal.queries``. They are looked up on first use,
because Django loads this package before its models may be imported.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from exitwork.journal import outbox as outbox
    from exitwork.journal import queries as queries
    from exitwork.journal.models import Recorded as Recorded
    from exitwork.journal.recording import AlreadyDone as AlreadyDone
    from exitwork.journal.recording import looked as looked
    from exitwork.journal.recording import once as once
    from exitwork.journal.recording import recorded as recorded
    from exitwork.journal.recording import refused as refused

_FOUND_IN = {
    "Recorded": "models",
    "AlreadyDone": "recording",
    "looked": "recording",
    "once": "recording",
    "recorded": "recording",
    "refused": "recording",
}


def __getattr__(name: str) -> Any:
    if name in _FOUND_IN:
        return getattr(import_module(f"{__name__}.{_FOUND_IN[name]}"), name)
    if name in ("outbox", "queries"):
        return import_module(f"{__name__}.{name}")
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
