# SPDX-License-Identifier: AGPL-3.0-or-later
"""Django's SQLite backend with one difference: no JSON check in the schema.

* We run with ``trusted_schema=OFF``: a database file somebody tampered with cannot make the
  program run functions from its schema. SQLite before 3.41 counts ``json_valid`` among the
  functions that are not trusted there, and then refuses every table with a JSON column.
* What is written to such a column comes from Django's own serialiser, so nothing is lost.
"""

from __future__ import annotations

from django.db.backends.sqlite3 import base


class DatabaseWrapper(base.DatabaseWrapper):
    """A connection whose schema calls no function that needs trust."""

    data_type_check_constraints = {
        name: check
        for name, check in base.DatabaseWrapper.data_type_check_constraints.items()
        if name != "JSONField"
    }
