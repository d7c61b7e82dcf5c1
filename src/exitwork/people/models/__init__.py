# SPDX-License-Identifier: AGPL-3.0-or-later
"""A person as the work calls him, and apart from that what must not be known."""

from __future__ import annotations

from exitwork.people.models.person import Person

__all__ = ["Person"]
