# SPDX-License-Identifier: AGPL-3.0-or-later
"""The words of this room: what can be chosen, and what can happen."""

from __future__ import annotations

from exitwork.people.words.choices import Hearing, PersonKind, Reads, Script, Sight
from exitwork.people.words.events import PERSON_CHANGED, PERSON_RECORDED
from exitwork.people.words.pseudonyms import PSEUDONYMS, suggested_pseudonym

__all__ = [
    "PERSON_CHANGED",
    "PERSON_RECORDED",
    "PSEUDONYMS",
    "Hearing",
    "PersonKind",
    "Reads",
    "Script",
    "Sight",
    "suggested_pseudonym",
]
