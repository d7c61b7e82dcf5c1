# SPDX-License-Identifier: AGPL-3.0-or-later
"""Organisations, sites, memberships and roles; fills the standing."""
