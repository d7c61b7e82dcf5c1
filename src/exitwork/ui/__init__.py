# SPDX-License-Identifier: AGPL-3.0-or-later
"""Layout, components, formats, print: how everything looks, and nothing of what it means."""
