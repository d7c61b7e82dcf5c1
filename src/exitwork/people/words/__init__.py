# SPDX-License-Identifier: AGPL-3.0-or-later
"""The words of this room: ``choices``, ``events``, ``pseudonyms`` and what never stands in a sender."""
