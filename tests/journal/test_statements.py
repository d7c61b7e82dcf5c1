# SPDX-License-Identifier: AGPL-3.0-or-later
"""What a piece of SQL would do is seen, however it is written."""

from __future__ import annotations

import pytest

from exitwork.journal.statements import UNNAMED, doing

READS = [
    "SELECT 1",
    "select * from cases_case where text = 'DELETE FROM cases_case'",
    'SELECT "update", "delete" FROM "insert"',
    "SELECT replace(a, 'x', 'y') FROM t",
    "SELECT id FROM t FOR UPDATE",
    "SELECT id FROM t FOR NO KEY UPDATE OF t SKIP LOCKED",
    "WITH a AS (SELECT 1) SELECT * FROM a",
    "/* DELETE FROM t */ SELECT 1",
    "-- DELETE FROM t\nSELECT 1",
    "(SELECT 1) UNION (SELECT 2)",
    "EXPLAIN SELECT 1",
    "PRAGMA foreign_key_check",
    "PRAGMA busy_timeout = 0",
    'SAVEPOINT "s1"',
    "ROLLBACK TO SAVEPOINT s1",
    "BEGIN IMMEDIATE",
    "SET TIME ZONE 'UTC'",
    "SELECT 'it''s; DELETE FROM t'",
    "VACUUM INTO 'copy.sqlite3'",
    "SELECT ARRAY[%s, %s]::uuid[]",
    "",
    ";",
]
WRITES = {
    "INSERT INTO cases_case VALUES (1)": {"cases_case"},
    "insert into CASES_CASE values (1)": {"cases_case"},
    'INSERT OR REPLACE INTO "t" VALUES (1)': {"t"},
    "REPLACE INTO t VALUES (1)": {"t"},
    'UPDATE "t" SET a = 1': {"t"},
    "UPDATE OR IGNORE t SET a = 1": {"t"},
    "UPDATE ONLY t SET a = 1": {"t"},
    "dElEtE fRoM t": {"t"},
    "DELETE FROM public.t": {"t"},
    'DELETE FROM "main"."t"': {"t"},
    "DELETE FROM other.t": {UNNAMED},
    "MERGE INTO t USING s ON true WHEN MATCHED THEN DO NOTHING": {"t"},
    "TRUNCATE t": {"t"},
    "TRUNCATE TABLE a, b": {UNNAMED},
    "/* hello */ DELETE FROM t": {"t"},
    "/**/DELETE/**/FROM/**/t": {"t"},
    "-- hello\nDELETE FROM t": {"t"},
    "   \n\t(DELETE FROM t)": {"t"},
    "SELECT 1; DELETE FROM t": {"t"},
    "SELECT ';'; SELECT 2; UPDATE t SET a = 1": {"t"},
    "WITH a AS (SELECT 1) DELETE FROM t": {"t"},
    "WITH a AS (DELETE FROM t RETURNING *) SELECT * FROM a": {"t"},
    "WITH a AS (INSERT INTO t VALUES (1) RETURNING *) UPDATE s SET x = 1": {"t", "s"},
    "EXPLAIN ANALYZE DELETE FROM t": {"t"},
    "INSERT INTO t VALUES (1) ON CONFLICT DO UPDATE SET a = 2": {"t"},
    "INSERT INTO t SELECT * FROM s": {"t"},
    "SELECT * INTO t FROM s": {UNNAMED},
    "COPY t FROM STDIN": {"t"},
    "PREPARE p AS DELETE FROM t": {UNNAMED, "t"},
    "EXECUTE p": {UNNAMED},
    "CALL wipe()": {UNNAMED},
    "DO 'BEGIN END'": {UNNAMED},
    "PRAGMA writable_schema = 1": {UNNAMED},
    "ATTACH 'x' AS y": {UNNAMED},
    "gibberish": {UNNAMED},
    # What one of the two databases would read as a write and the other as a literal or a comment.
    "SELECT $$'$$; DELETE FROM t; --'": {UNNAMED},
    "WITH x AS (SELECT $a$) DELETE FROM t WHERE $a$": {UNNAMED, "t"},
    r"SELECT E'\'; DELETE FROM t; --'": {UNNAMED},
    "/* /* */ ' */ DELETE FROM t; -- '": {UNNAMED},
    "WITH [a'b] AS (SELECT 1) DELETE FROM t WHERE x = 'c'": {UNNAMED},
    "SELECT 1 -- \r; DELETE FROM t": {UNNAMED},
    "DELETE FROM `t`": {UNNAMED},
}


@pytest.mark.parametrize("sql", READS)
def test_what_only_reads_passes(sql: str) -> None:
    assert doing(sql).writes == frozenset()
    assert not doing(sql).changes_schema


@pytest.mark.parametrize(("sql", "tables"), WRITES.items())
def test_a_write_is_seen_with_its_tables(sql: str, tables: set[str]) -> None:
    assert doing(sql).writes >= tables


@pytest.mark.parametrize(
    "sql", ["CREATE TABLE t (a int)", "drop table t", "ALTER TABLE t ADD b int", "SELECT 1; DROP TABLE t"]
)
def test_a_change_of_the_schema_is_seen(sql: str) -> None:
    assert doing(sql).changes_schema


def test_a_very_long_text_is_read_too() -> None:
    assert doing("SELECT " + "1, " * 4_000 + "1; DELETE FROM t").writes == {"t"}
