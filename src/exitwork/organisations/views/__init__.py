# SPDX-License-Identifier: AGPL-3.0-or-later
"""The organisation's own pages, and whom one acts for."""
