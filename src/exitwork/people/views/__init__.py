# SPDX-License-Identifier: AGPL-3.0-or-later
"""Pages about people: fetch what is visible, call one action, show the result."""
