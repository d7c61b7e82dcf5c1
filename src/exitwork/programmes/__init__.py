# SPDX-License-Identifier: AGPL-3.0-or-later
"""Programme packs: exit systems described as data."""
