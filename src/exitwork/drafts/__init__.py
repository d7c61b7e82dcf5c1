# SPDX-License-Identifier: AGPL-3.0-or-later
"""No typed word is lost: sealed autosave."""
