# SPDX-License-Identifier: AGPL-3.0-or-later
"""Django's SQLite, fit for ``trusted_schema=OFF``."""
