# SPDX-License-Identifier: AGPL-3.0-or-later
"""My day, the case page, the timeline, search in what I may see."""
