# SPDX-License-Identifier: AGPL-3.0-or-later
"""Everything that changes what is known of a person; each with its record."""

from __future__ import annotations

from exitwork.people.actions.around import (
    change_dependant,
    end_relation,
    note_relation,
    record_dependant,
)
from exitwork.people.actions.identities import (
    correct_identity,
    note_identity,
    open_identity,
    reach_client,
    take_note_of_opening,
)
from exitwork.people.actions.interpreters import add_interpreter, note_wish, retire_interpreter
from exitwork.people.actions.merging import merge_persons, unmerge_persons
from exitwork.people.actions.persons import change_taking_in, record_person
from exitwork.people.actions.profiles import add_ideology, note_profile, retire_ideology
from exitwork.people.actions.safety import (
    lift_stop,
    make_face,
    phone_no_longer_safe,
    read_safety,
    retire_face,
    settle_safety,
)
from exitwork.people.actions.walls import decide_wall, end_exclusion, exclude_person, raise_wall

__all__ = [
    "add_ideology",
    "add_interpreter",
    "change_dependant",
    "change_taking_in",
    "correct_identity",
    "decide_wall",
    "end_exclusion",
    "end_relation",
    "exclude_person",
    "lift_stop",
    "make_face",
    "merge_persons",
    "note_identity",
    "note_profile",
    "note_relation",
    "note_wish",
    "open_identity",
    "phone_no_longer_safe",
    "raise_wall",
    "reach_client",
    "read_safety",
    "record_dependant",
    "record_person",
    "retire_face",
    "retire_ideology",
    "retire_interpreter",
    "settle_safety",
    "take_note_of_opening",
    "unmerge_persons",
]
