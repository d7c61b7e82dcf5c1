# SPDX-License-Identifier: AGPL-3.0-or-later
"""Triggers: the journal's tables are only ever added to, and an entry waits for its place at once.

* UPDATE, DELETE and (on PostgreSQL) TRUNCATE are refused on the tables of the tree.
* SQLite's INSERT OR REPLACE deletes without firing a delete trigger, so an insert that would
  replace is refused as well.
* A migration that remakes one of these tables on SQLite loses its triggers and has to make
  them again; a test keeps watch.
"""

from __future__ import annotations

from django.db import migrations

# Each table with what an insert could replace, as SQLite is asked for it.
ONLY_ADDED_TO = {
    "journal_entry": "id = NEW.id OR token = NEW.token",
    "journal_leaf": '"index" = NEW."index" OR entry_id = NEW.entry_id',
    "journal_node": 'id = NEW.id OR (level = NEW.level AND "index" = NEW."index")',
    "journal_checkpoint": "number = NEW.number OR size = NEW.size",
    "journal_cosignature": "id = NEW.id OR (checkpoint_id = NEW.checkpoint_id AND witness = NEW.witness)",
}

SQLITE_WAITS = """
CREATE TRIGGER journal_entry_waits AFTER INSERT ON journal_entry BEGIN
  INSERT INTO journal_waiting (entry_id) VALUES (NEW.id);
END"""
POSTGRESQL_WAITS = [
    """
CREATE FUNCTION journal_entry_waits() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO journal_waiting (entry_id) VALUES (NEW.id);
  RETURN NULL;
END $$""",
    "CREATE TRIGGER journal_entry_waits AFTER INSERT ON journal_entry "
    "FOR EACH ROW EXECUTE FUNCTION journal_entry_waits()",
    """
CREATE FUNCTION journal_only_added_to() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'the journal is only ever added to' USING ERRCODE = 'integrity_constraint_violation';
END $$""",
]


def _sqlite() -> list[str]:
    made = [SQLITE_WAITS]
    for table, same in ONLY_ADDED_TO.items():
        refuse = "BEGIN SELECT RAISE(ABORT, 'the journal is only ever added to'); END"
        made += [
            f"CREATE TRIGGER {table}_not_changed BEFORE UPDATE ON {table} {refuse}",
            f"CREATE TRIGGER {table}_not_deleted BEFORE DELETE ON {table} {refuse}",
            f"CREATE TRIGGER {table}_not_replaced BEFORE INSERT ON {table} "
            f"WHEN EXISTS (SELECT 1 FROM {table} WHERE {same}) {refuse}",
        ]
    return made


def _postgresql() -> list[str]:
    made = list(POSTGRESQL_WAITS)
    for table in ONLY_ADDED_TO:
        made += [
            f"CREATE TRIGGER {table}_not_changed BEFORE UPDATE OR DELETE ON {table} "
            "FOR EACH ROW EXECUTE FUNCTION journal_only_added_to()",
            f"CREATE TRIGGER {table}_not_emptied BEFORE TRUNCATE ON {table} "
            "FOR EACH STATEMENT EXECUTE FUNCTION journal_only_added_to()",
        ]
    return made


def make(_apps, editor):
    """Make the triggers."""
    for statement in _sqlite() if editor.connection.vendor == "sqlite" else _postgresql():
        editor.execute(statement, params=None)


def unmake(_apps, editor):
    """Take the triggers away."""
    if editor.connection.vendor == "sqlite":
        names = ["journal_entry_waits"]
        for table in ONLY_ADDED_TO:
            names += [f"{table}_not_{what}" for what in ("changed", "deleted", "replaced")]
        for name in names:
            editor.execute(f"DROP TRIGGER {name}", params=None)
        return
    for table in ONLY_ADDED_TO:
        editor.execute(f"DROP TRIGGER {table}_not_changed ON {table}", params=None)
        editor.execute(f"DROP TRIGGER {table}_not_emptied ON {table}", params=None)
    editor.execute("DROP TRIGGER journal_entry_waits ON journal_entry", params=None)
    editor.execute("DROP FUNCTION journal_entry_waits()", params=None)
    editor.execute("DROP FUNCTION journal_only_added_to()", params=None)


class Migration(migrations.Migration):
    """Only ever added to."""

    dependencies = [("journal", "0001_initial")]
    operations = [migrations.RunPython(make, unmake)]
