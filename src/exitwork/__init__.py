# SPDX-License-Identifier: AGPL-3.0-or-later
"""Casework and cooperation for exit work."""

__version__ = "0.1.0"
