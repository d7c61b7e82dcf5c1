# SPDX-License-Identifier: AGPL-3.0-or-later
"""Plain Python: what is true of the work whatever stores or shows it. Django stays out."""
