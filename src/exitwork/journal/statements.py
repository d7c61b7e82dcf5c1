# SPDX-License-Identifier: AGPL-3.0-or-later
"""What a piece of SQL would do: read, write which tables, or change the schema.

* What is not known to read is taken to write: an unknown first word is a write to an
  unnamed table, so a new kind of statement is refused, not missed.
* Comments, quoted names, string literals, several statements and writes behind a ``WITH``
  or an ``EXPLAIN`` are seen through.
* A write is named by its table only if it is plainly named; a schema other than the usual
  one, or anything else, makes it unnamed, and nothing unnamed is ever exempt.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import lru_cache

UNNAMED = "?"
_LONGEST_REMEMBERED = 4_000

_TOKEN = re.compile(
    r"""
      (?P<space>\s+|--[^\n]*)
    | (?P<block>/\*.*?(?:\*/|\Z))
    | (?P<string>'(?:[^']|'')*'?)
    | (?P<name>"(?:[^"]|"")*")
    | (?P<word>[^\W\d]\w*)
    | (?P<other>.)
    """,
    re.VERBOSE | re.DOTALL,
)
# Where the two databases read a text differently, one could hide a write from us that the other
# sees: dollar quotes, backticks, escapes in E'...', quotes in [...], comments in comments, a
# carriage return in a comment. We never write such text; whoever does writes to an unnamed table.
_MARKS = re.compile(r"(?:%s, )+(?=%s)")
_ROWS = re.compile(r"(?:\(%s\), )+(?=\(%s\))")
_AMBIGUOUS = re.compile(
    r"""\$\w*\$ | ` | \b[eE]'[^']*\\ | \[[^\]]*(?:['"]|--|/\*) | /\*(?:(?!\*/).)*/\* | --[^\n]*\r(?!\n)""",
    re.VERBOSE | re.DOTALL,
)

_READS = frozenset(
    {
        "SELECT",
        "VALUES",
        "TABLE",
        "SHOW",
        "EXPLAIN",
        "WITH",
        "PRAGMA",
        "SAVEPOINT",
        "RELEASE",
        "ROLLBACK",
        "BEGIN",
        "START",
        "COMMIT",
        "END",
        "ABORT",
        "SET",
        "RESET",
        "DISCARD",
        "FETCH",
        "MOVE",
        "CLOSE",
        "DECLARE",
        "DEALLOCATE",
        "LISTEN",
        "UNLISTEN",
        "LOCK",
        "ANALYZE",
        "VACUUM",
        "CHECKPOINT",
    }
)
_SCHEMA = frozenset(
    {"CREATE", "ALTER", "DROP", "REINDEX", "COMMENT", "GRANT", "REVOKE", "CLUSTER", "REFRESH"}
)
_WRITES = frozenset({"INSERT", "UPDATE", "DELETE", "REPLACE", "MERGE", "TRUNCATE", "COPY"})
_SKIPPED = frozenset(
    {"INTO", "FROM", "TABLE", "ONLY", "OR", "ABORT", "FAIL", "IGNORE", "REPLACE", "ROLLBACK"}
)
_USUAL_SCHEMAS = frozenset({"main", "public"})
# Pragmas that only read or set how this connection works; a pragma that is not here is a write.
_PRAGMAS = frozenset(
    {
        "table_info",
        "table_xinfo",
        "table_list",
        "index_list",
        "index_info",
        "index_xinfo",
        "foreign_key_list",
        "foreign_key_check",
        "foreign_keys",
        "journal_mode",
        "synchronous",
        "busy_timeout",
        "wal_checkpoint",
        "integrity_check",
        "quick_check",
        "database_list",
        "secure_delete",
        "trusted_schema",
        "temp_store",
        "cache_size",
        "mmap_size",
        "page_count",
        "page_size",
        "freelist_count",
        "query_only",
        "optimize",
        "user_version",
        "compile_options",
        "data_version",
    }
)


@dataclass(frozen=True, slots=True)
class Doing:
    """What a text of SQL would do. ``writes`` are lower-case table names, or ``UNNAMED``."""

    writes: frozenset[str] = frozenset()
    changes_schema: bool = False


@dataclass(slots=True)
class _Word:
    """One token that matters: a bare word (upper case) or a name in quotes."""

    text: str
    quoted: bool = False

    def is_(self, *words: str) -> bool:
        return not self.quoted and self.text in words


@dataclass(slots=True)
class _Found:
    writes: set[str] = field(default_factory=set)
    changes_schema: bool = False


def doing(sql: str) -> Doing:
    """What ``sql`` would do; remembered for the texts a program repeats."""
    if len(sql) > _LONGEST_REMEMBERED:
        # Thousands of rows or keys at once: one mark of each kind in a row says as much as all of them.
        sql = _ROWS.sub("", _MARKS.sub("", sql))
    return _remembered(sql) if len(sql) <= _LONGEST_REMEMBERED else _doing(sql)


def _doing(sql: str) -> Doing:
    found = _Found()
    if _AMBIGUOUS.search(sql):
        found.writes.add(UNNAMED)
    statement: list[_Word] = []
    for word in _words(sql):
        if word.is_(";"):
            _look_at(statement, found)
            statement = []
        else:
            statement.append(word)
    _look_at(statement, found)
    return Doing(frozenset(found.writes), found.changes_schema)


_remembered = lru_cache(maxsize=4_096)(_doing)


def _words(sql: str) -> Iterator[_Word]:
    """The words, quoted names and marks of a text, without comments and literals."""
    for match in _TOKEN.finditer(sql):
        if match.lastgroup == "name":
            yield _Word(match[0][1:-1].lower(), quoted=True)
        elif match.lastgroup in ("word", "other"):
            yield _Word(match[0].upper())


def _look_at(words: list[_Word], found: _Found) -> None:
    if not words:
        return
    first = words[0]
    if first.is_("(") and len(words) > 1:
        _look_at(words[1:], found)
        return
    if first.is_(*_SCHEMA):
        found.changes_schema = True
    elif first.is_("PRAGMA"):
        if not _is_quiet_pragma(words):
            found.writes.add(UNNAMED)
    elif not first.is_(*_READS, *_WRITES):
        found.writes.add(UNNAMED)
    for position, word in enumerate(words):
        if _is_write(words, position, word):
            found.writes.add(_table_after(words, position + 1))
        elif word.is_("INTO") and not first.is_("VACUUM") and _is_select_into(words, position):
            found.writes.add(UNNAMED)


def _is_quiet_pragma(words: list[_Word]) -> bool:
    names = [word.text.lower() for word in words[1:4]]
    if len(names) == 3 and names[1] == ".":  # schema.pragma
        return names[2] in _PRAGMAS
    return bool(names) and names[0] in _PRAGMAS


def _is_write(words: list[_Word], position: int, word: _Word) -> bool:
    """Whether this word begins a write here, and is not a function, a lock or a clause."""
    if not word.is_(*_WRITES):
        return False
    if position == 0:
        return True
    before, after = words[position - 1], words[position + 1 : position + 2]
    if after and after[0].is_("("):
        return False  # replace(...), a function
    if word.is_("COPY"):
        return False  # only ever the first word
    if word.is_("REPLACE") and before.is_("OR"):
        return False  # INSERT OR REPLACE: the INSERT is seen
    # ON CONFLICT DO UPDATE, ON DELETE CASCADE, FOR UPDATE, FOR NO KEY UPDATE, a column "x.update"
    return not before.is_("FOR", "KEY", "DO", "ON", ".")


def _is_select_into(words: list[_Word], position: int) -> bool:
    """Whether an INTO belongs to PostgreSQL's SELECT ... INTO, not to an INSERT."""
    before = [word for word in words[max(0, position - 3) : position] if word.is_(*_WRITES)]
    return not before


def _table_after(words: list[_Word], position: int) -> str:
    while position < len(words) and words[position].is_(*_SKIPPED):
        position += 1
    if position >= len(words):
        return UNNAMED
    name = words[position].text.lower()
    if position + 2 < len(words) and words[position + 1].is_("."):
        if name not in _USUAL_SCHEMAS:
            return UNNAMED
        name, position = words[position + 2].text.lower(), position + 2
    if words[position + 1 : position + 2] and words[position + 1].is_(",", "."):
        return UNNAMED  # TRUNCATE a, b
    return name if re.fullmatch(r"\w+", name) else UNNAMED
