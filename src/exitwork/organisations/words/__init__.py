# SPDX-License-Identifier: AGPL-3.0-or-later
"""The words of this room: kinds, roles, limits by kind, and what can happen."""
