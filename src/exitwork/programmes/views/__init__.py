# SPDX-License-Identifier: AGPL-3.0-or-later
"""The pages of programmes and of their packs."""
