# SPDX-License-Identifier: AGPL-3.0-or-later
"""Governed models, lists and rules from the same facts, the four seams, break-glass."""
