# SPDX-License-Identifier: AGPL-3.0-or-later
"""What was said and done."""
