# SPDX-License-Identifier: AGPL-3.0-or-later
"""The pages of this room. Public ones are functions of their own, marked ``login_not_required``."""
