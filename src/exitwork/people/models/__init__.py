# SPDX-License-Identifier: AGPL-3.0-or-later
"""A person as the work calls him, and apart from that what must not be known."""

from __future__ import annotations

from exitwork.people.models.around import Dependant, Relation
from exitwork.people.models.identity import Identity, IdentityOpening, IdentityVersion
from exitwork.people.models.interpreters import Interpreter, InterpreterWish
from exitwork.people.models.merges import Merge
from exitwork.people.models.person import Person
from exitwork.people.models.profile import OwnIdeology, Profile
from exitwork.people.models.safety import ContactSafety, Face, Stop
from exitwork.people.models.walls import Exclusion, Wall, WallDecision

__all__ = [
    "ContactSafety",
    "Dependant",
    "Exclusion",
    "Face",
    "Identity",
    "IdentityOpening",
    "IdentityVersion",
    "Interpreter",
    "InterpreterWish",
    "Merge",
    "OwnIdeology",
    "Person",
    "Profile",
    "Relation",
    "Stop",
    "Wall",
    "WallDecision",
]
