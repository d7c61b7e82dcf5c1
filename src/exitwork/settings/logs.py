# SPDX-License-Identifier: AGPL-3.0-or-later
"""What is written to the log, and what never is.

* Our own lines carry an event name and values under the names in ``SPOKEN``; anything else is
  replaced, so that a careless line can't tell a name, an address or a text.
* Lines of libraries are written as their template, without the values put into it: the request
  line, a path, an address stand in the values.
* An exception is written as its type and the places it went through, never with its message: a
  database's message quotes the row.
"""

from __future__ import annotations

import logging
import logging.config
import re
import sys
import traceback
from pathlib import Path
from types import TracebackType
from typing import Any

import structlog
from structlog.typing import EventDict, Processor, WrappedLogger

OURS = frozenset({"level", "logger", "timestamp"})
SPOKEN = frozenset(
    {"event", "reference", "process", "code", "seconds", "count", "kind", "port", "duty", "state", "version"}
)
REMOVED = "[removed]"
_PERSONAL = re.compile(
    r"\b\d{1,3}(?:\.\d{1,3}){3}\b"  # IPv4
    r"|(?<![\w:])(?:[0-9a-fA-F]{0,4}:){2,7}[0-9a-fA-F]{0,4}(?![\w:])"  # IPv6
    r"|[\w.+-]+@[\w-]+(?:\.[\w-]+)*"  # e-mail
    r"|\+?\d[\d ()/-]{6,}\d"  # telephone
    r"|\b[A-Za-z0-9_-]{24,}\b"  # token
    r"|(?<=\s)/[\w%./?=&+-]+"  # path of a page
)


def scrubbed(text: str) -> str:
    """A text without what looks like an address, a number to call, a token or a page."""
    return _PERSONAL.sub(REMOVED, text)


def without_personal_data(_: WrappedLogger, __: str, line: EventDict) -> EventDict:
    """Keep what may be said and replace the rest."""
    exception = line.pop("exc_info", None)
    record, is_ours = line.pop("_record"), line.pop("_from_structlog")
    if not is_ours:
        line["event"] = str(record.msg)
    kept: EventDict = {
        name: value if name in OURS else _plain(value) if name in SPOKEN else REMOVED
        for name, value in line.items()
    }
    if exception is True:
        exception = sys.exc_info()
    if isinstance(exception, BaseException):
        exception = (type(exception), exception, exception.__traceback__)
    if isinstance(exception, tuple) and exception[0] is not None:
        kept["failed"] = exception[0].__name__
        kept["places"] = places(exception[2])
    return kept


def places(trace: TracebackType | None) -> list[str]:
    """The files, lines and functions an exception went through, innermost last."""
    frames = traceback.extract_tb(trace)[-12:]
    return [f"{'/'.join(Path(frame.filename).parts[-3:])}:{frame.lineno} {frame.name}" for frame in frames]


def _plain(value: object) -> object:
    if value is None or isinstance(value, bool | int | float):
        return value
    return scrubbed(str(value))


def configure(level: str) -> None:
    """Send everything through the same processors to standard error, one JSON line each."""
    stamped: list[Processor] = [
        structlog.stdlib.add_log_level,
        structlog.stdlib.add_logger_name,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
    ]
    structlog.configure(
        processors=[
            structlog.stdlib.filter_by_level,
            *stamped,
            structlog.stdlib.ProcessorFormatter.wrap_for_formatter,
        ],
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.stdlib.BoundLogger,
        cache_logger_on_first_use=False,
    )
    logging.config.dictConfig(dictionary(level, stamped))


def dictionary(level: str, stamped: list[Processor]) -> dict[str, Any]:
    """The standard library's configuration for the chosen level."""
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {
            "line": {
                "()": structlog.stdlib.ProcessorFormatter,
                "foreign_pre_chain": stamped,
                "processors": [without_personal_data, structlog.processors.JSONRenderer()],
                "keep_exc_info": False,
                "keep_stack_info": False,
            }
        },
        "handlers": {"standard error": {"class": "logging.StreamHandler", "formatter": "line"}},
        "root": {"handlers": ["standard error"], "level": "WARNING"},
        # A 404 or a refused token is nothing to log: the journal keeps what matters.
        "loggers": {
            "exitwork": {"level": level.upper()},
            "django.request": {"level": "CRITICAL"},
            "django.security": {"level": "CRITICAL"},
            "django.server": {"level": "CRITICAL"},
        },
    }
