# SPDX-License-Identifier: AGPL-3.0-or-later
"""Sign-in, second factor, sessions, suspension."""
