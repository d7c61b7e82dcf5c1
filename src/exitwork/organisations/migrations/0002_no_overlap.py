# SPDX-License-Identifier: AGPL-3.0-or-later
"""No two memberships of one account in one organisation overlap: triggers on both databases.

An exclusion constraint would need an extension on PostgreSQL and does not exist on SQLite.
Actions lock the organisation, so that two at once cannot pass each other unseen. SQLite drops
triggers when it remakes a table: a migration that changes Membership there installs them again
(a test notices when it did not).
"""

from django.db import migrations

CLASH = """
    SELECT 1 FROM organisations_membership AS other
    WHERE other.organisation_id = NEW.organisation_id AND other.account_id = NEW.account_id
      AND other.id <> NEW.id
      AND (other.until_at IS NULL OR other.until_at > NEW.from_at)
      AND (NEW.until_at IS NULL OR NEW.until_at > other.from_at)
      AND (other.until_at IS NULL OR other.until_at > other.from_at)
      AND (NEW.until_at IS NULL OR NEW.until_at > NEW.from_at)
"""
SQLITE = """
CREATE TRIGGER organisations_membership_overlap_{when} BEFORE {when} ON organisations_membership
WHEN EXISTS ({clash}) BEGIN SELECT RAISE(ABORT, 'memberships overlap'); END
"""
POSTGRESQL = (
    f"""
CREATE FUNCTION organisations_membership_overlap() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF EXISTS ({CLASH}) THEN
    RAISE EXCEPTION 'memberships overlap' USING ERRCODE = 'exclusion_violation';
  END IF;
  RETURN NEW;
END $$
""",
    """
CREATE TRIGGER organisations_membership_overlap BEFORE INSERT OR UPDATE ON organisations_membership
FOR EACH ROW EXECUTE FUNCTION organisations_membership_overlap()
""",
)


def install(apps, editor):
    if editor.connection.vendor == "postgresql":
        for statement in POSTGRESQL:
            editor.execute(statement, params=None)
        return
    for when in ("INSERT", "UPDATE"):
        editor.execute(SQLITE.format(when=when, clash=CLASH), params=None)


def remove(apps, editor):
    if editor.connection.vendor == "postgresql":
        editor.execute("DROP TRIGGER organisations_membership_overlap ON organisations_membership", params=None)
        editor.execute("DROP FUNCTION organisations_membership_overlap()", params=None)
        return
    for when in ("INSERT", "UPDATE"):
        editor.execute(f"DROP TRIGGER organisations_membership_overlap_{when}", params=None)


class Migration(migrations.Migration):
    dependencies = [("organisations", "0001_initial")]
    operations = [migrations.RunPython(install, remove)]
