# SPDX-License-Identifier: AGPL-3.0-or-later
"""Everything the database and the memory of the limits hold, as one text to look through."""

from __future__ import annotations

from django.core.cache import caches
from django.db import connection


def everything_stored() -> str:
    """Every value of every row of every table, and every key and value of the cache."""
    parts: list[str] = []
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f'SELECT * FROM "{table}"')
            parts.extend(_text(value) for row in cursor.fetchall() for value in row)
    remembered = getattr(caches["default"], "_cache", {})
    parts.extend(str(key) for key in remembered)
    return "\n".join(parts)


def _text(value: object) -> str:
    if isinstance(value, bytes | memoryview):
        return bytes(value).decode("latin-1")
    return str(value)
