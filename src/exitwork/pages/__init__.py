# SPDX-License-Identifier: AGPL-3.0-or-later
"""The page decorator, visible things, and forms that carry out actions."""
