# SPDX-License-Identifier: AGPL-3.0-or-later
"""What can happen in this room."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from exitwork.kernel.events import Event, Happening

PERSON_RECORDED = Event("people.person.recorded", _("Recorded a person"))
PERSON_CHANGED = Event("people.person.changed", _("Changed how a person takes things in"))
PERSONS_MERGED = Event("people.person.merged", _("Found two persons to be one"))
PERSONS_UNMERGED = Event("people.person.unmerged", _("Found one person to be two after all"))

IDENTITY_NOTED = Event("people.identity.noted", _("Noted who a person is"))
IDENTITY_REACHED = Event("people.identity.reached", _("Opened how to reach a client"), Happening.LOOK)
IDENTITY_OPENED = Event("people.identity.opened", _("Opened a name, birth date, papers or address"))
OPENING_SEEN = Event("people.opening.seen", _("Took note that an identity was opened from outside the team"))

FACE_MADE = Event("people.face.made", _("Made a face under which clients are contacted"))
FACE_RETIRED = Event("people.face.retired", _("Retired a face"))
SAFETY_SETTLED = Event("people.safety.settled", _("Settled how a client may be contacted"))
SAFETY_READ = Event("people.safety.read", _("Read how a client may be contacted"), Happening.LOOK)
PHONE_UNSAFE = Event("people.phone.unsafe", _("Phone no longer safe: everything outgoing stopped"))
PHONE_SAFE = Event("people.phone.safe", _("Phone safe again"))
MESSAGE_STOPPED = Event("people.message.stopped", _("A message to a client was stopped"), Happening.REFUSAL)

DEPENDANT_RECORDED = Event("people.dependant.recorded", _("Recorded a child or other dependant"))
DEPENDANT_CHANGED = Event("people.dependant.changed", _("Changed what is known about a dependant"))
RELATION_NOTED = Event("people.relation.noted", _("Noted who somebody is to a client"))
RELATION_ENDED = Event("people.relation.ended", _("Ended a relation"))
PROFILE_NOTED = Event("people.profile.noted", _("Noted target groups and ideologies"))
IDEOLOGY_ADDED = Event("people.ideology.added", _("Added an ideology of the organisation's own"))
IDEOLOGY_RETIRED = Event("people.ideology.retired", _("Retired an ideology of the organisation's own"))

WALL_RAISED = Event("people.wall.raised", _("Told the wall keepers that two records touch"))
WALL_DECIDED = Event("people.wall.decided", _("Decided how two records are kept"))
EXCLUSION_MADE = Event("people.exclusion.made", _("Asked never to be put on a person's case"))
EXCLUSION_ENDED = Event("people.exclusion.ended", _("Withdrew an exclusion"))

INTERPRETER_ADDED = Event("people.interpreter.added", _("Added an interpreter"))
INTERPRETER_RETIRED = Event("people.interpreter.retired", _("Retired an interpreter"))
WISH_NOTED = Event("people.wish.noted", _("Noted what a client says about an interpreter"))
