# SPDX-License-Identifier: AGPL-3.0-or-later
"""Case, episode, assignment and the case manager's chain."""
