# SPDX-License-Identifier: AGPL-3.0-or-later
"""What the program does by itself, and whether it is well."""
