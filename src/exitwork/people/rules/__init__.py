# SPDX-License-Identifier: AGPL-3.0-or-later
"""Who may read and change what is known of a person, and what may go out to him."""

from __future__ import annotations

from exitwork.people.rules.access import (
    Near,
    content_opens,
    identity_opens,
    is_excluded,
    may_change_around,
    may_decide_wall,
    may_end_exclusion,
    may_exclude,
    may_keep_walls,
    may_lift_after_meeting,
    may_lift_as_second,
    may_make_face,
    may_merge,
    may_open_identity,
    may_raise_wall,
    may_reach_client,
    may_read_faces,
    may_record_person,
    may_stop_sending,
    may_take_note,
    may_write_identity,
    person_is_readable,
)
from exitwork.people.rules.sending import Outgoing, SafetyProfile, may_send

__all__ = [
    "Near",
    "Outgoing",
    "SafetyProfile",
    "content_opens",
    "identity_opens",
    "is_excluded",
    "may_change_around",
    "may_decide_wall",
    "may_end_exclusion",
    "may_exclude",
    "may_keep_walls",
    "may_lift_after_meeting",
    "may_lift_as_second",
    "may_make_face",
    "may_merge",
    "may_open_identity",
    "may_raise_wall",
    "may_reach_client",
    "may_read_faces",
    "may_record_person",
    "may_send",
    "may_stop_sending",
    "may_take_note",
    "may_write_identity",
    "person_is_readable",
]
