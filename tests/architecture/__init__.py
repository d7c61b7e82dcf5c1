# SPDX-License-Identifier: AGPL-3.0-or-later
"""What is true of the whole program: its addresses, its boundaries, its fields, its silence."""
