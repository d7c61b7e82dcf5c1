# SPDX-License-Identifier: AGPL-3.0-or-later
"""Who may read and change what is known of a person.

* Reading a person is decided by the room above (a case about him that may be read); it
  registers that rule, and this room asks the register. With no rule, nobody reads anybody.
* What belongs to a person is read exactly as the person is.
* A wall is seen by wall keepers alone, an exclusion by whoever made it.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any, Self

from django.utils.translation import gettext_lazy as _

from exitwork.access.register import governs, rule_of
from exitwork.access.rules import (
    administers,
    does_casework,
    is_active,
    leads_organisation,
    of_my_organisation,
)
from exitwork.access.selects import about_standing, column_in, keys, membership, own
from exitwork.kernel.facts import Fact
from exitwork.kernel.rules import Rule
from exitwork.kernel.secrecy import Tier
from exitwork.kernel.standing import Role, Standing
from exitwork.people.models import (
    ContactSafety,
    Dependant,
    Exclusion,
    Face,
    IdentityOpening,
    IdentityVersion,
    Interpreter,
    InterpreterWish,
    Merge,
    OwnIdeology,
    Person,
    Profile,
    Relation,
    Stop,
    Wall,
    WallDecision,
)

NOT_ON_TEAM = _("Only the case team may do this. The case manager or the team lead can add you.")
WORD_WITH_KEEPER = _("This needs a word with the team lead first.")


@dataclass(frozen=True, slots=True)
class Near:
    """How near a standing is to a person, asked once for all decisions a page shows.

    An action never takes it: it asks anew, inside its record.
    """

    person: Person
    is_readable: bool
    tiers: frozenset[Tier]

    @classmethod
    def of(cls, by: Standing, person: Person, at: datetime) -> Self:
        """Ask the rule that governs the person."""
        tiers = rule_of(Person).fields(by, person, at)
        return cls(person, bool(tiers), tiers)


def _person(thing: Any) -> Person:
    """The person a thing is or belongs to."""
    found = thing if isinstance(thing, Person) else thing.person
    assert isinstance(found, Person)
    return found


def _readable(by: Standing, thing: Any, at: datetime) -> bool:
    if isinstance(thing, Near):
        return thing.is_readable
    return bool(rule_of(Person).decide(by, _person(thing), at))


def _opens(tier: Tier, by: Standing, thing: Any, at: datetime) -> bool:
    if isinstance(thing, Near):
        return tier in thing.tiers
    return tier in rule_of(Person).fields(by, _person(thing), at)


person_is_readable = Fact(
    "person_is_readable",
    _("the person may be read"),
    truth=_readable,
    reading=membership(lambda by, at: keys(Person.objects.visible_to(by, at), "pk"), column="person_id"),
    lacking=NOT_ON_TEAM,
    of_whole=lambda by, person, at: bool(rule_of(Person).decide(by, person, at)),
)
kept_is_readable = Fact(
    "kept_person_is_readable",
    _("the person kept may be read"),
    truth=lambda by, merge, at: bool(rule_of(Person).decide(by, merge.kept, at)),
    reading=membership(lambda by, at: keys(Person.objects.visible_to(by, at), "pk"), column="kept_id"),
    lacking=NOT_ON_TEAM,
)
merged_is_readable = Fact(
    "merged_person_is_readable",
    _("the person merged away may be read"),
    truth=lambda by, merge, at: bool(rule_of(Person).decide(by, merge.merged, at)),
    reading=membership(lambda by, at: keys(Person.objects.visible_to(by, at), "pk"), column="merged_id"),
    lacking=NOT_ON_TEAM,
)
identity_opens = Fact(
    "identity_opens",
    _("who the person is opens to the case team"),
    truth=lambda by, thing, at: _opens(Tier.IDENTITY, by, thing, at),
    lacking=_("Who the person is opens to the case team. Say why you need it, and the case manager is told."),
)
content_opens = Fact(
    "content_opens",
    _("what is known of the person opens to the case team"),
    truth=lambda by, thing, at: _opens(Tier.CONTENT, by, thing, at),
    lacking=NOT_ON_TEAM,
)
is_wall_keeper = Fact(
    "is_wall_keeper",
    _("is a wall keeper"),
    truth=lambda by, _thing, _at: by.has(Role.WALL_KEEPER),
    reading=about_standing(lambda by: by.has(Role.WALL_KEEPER)),
    lacking=_("Only a wall keeper of the organisation may do this."),
)
is_mine = Fact(
    "is_my_exclusion",
    _("made the exclusion"),
    truth=lambda by, exclusion, _at: by.account is not None and exclusion.account_id == by.account,
    reading=own(lambda by, _at: column_in("account_id", {by.account} if by.account else ())),
    lacking=_("This is not yours."),
)
made_stop = Fact(
    "made_the_stop",
    _("stopped the sending"),
    truth=lambda by, stop, _at: by.account is not None and stop.stopped_by == by.account,
    reading=own(lambda by, _at: column_in("stopped_by", {by.account} if by.account else ())),
    bars=_("You stopped it, so you lift it after meeting the client, or a colleague of the case team does."),
)
made_opening = Fact(
    "made_the_opening",
    _("opened the identity"),
    truth=lambda by, opening, _at: by.account is not None and opening.opened_by == by.account,
    reading=own(lambda by, _at: column_in("opened_by", {by.account} if by.account else ())),
    bars=_("Somebody of the case team must take note of it, not whoever opened it."),
)
# For the rooms above: forbids putting somebody on a case; its true reason stays behind the wall (S3, S4).
is_excluded = Fact(
    "is_excluded",
    _("asked never to be put together with this person"),
    truth=lambda by, thing, at: (
        by.account is not None
        and Exclusion.objects.keeps_apart(account=by.account, person=_person(thing).pk, at=at)
    ),
    reading=membership(
        lambda by, at: (
            keys(Exclusion.objects.in_force(at).filter(account_id=by.account), "person_id")
            if by.account
            else None
        )
    ),
    bars=_("You asked never to be put together with this person."),
    wall=WORD_WITH_KEEPER,
)

may_record_person = Rule("may_record_person", within=is_active, permits=[does_casework])
may_read_of_person = Rule(
    "may_read_of_person",
    within=is_active,
    permits=[person_is_readable],
    opens={Tier.CONTENT: content_opens, Tier.IDENTITY: identity_opens},
    otherwise=NOT_ON_TEAM,
)
may_write_identity = Rule(
    "may_write_identity",
    within=is_active,
    permits=[person_is_readable & identity_opens],
    otherwise=NOT_ON_TEAM,
)
may_reach_client = Rule(
    "may_reach_client", within=is_active, permits=[person_is_readable & identity_opens], otherwise=NOT_ON_TEAM
)
may_open_identity = Rule(
    "may_open_identity", within=is_active, permits=[person_is_readable], otherwise=NOT_ON_TEAM
)
may_take_note = Rule(
    "may_take_note",
    within=is_active,
    permits=[person_is_readable & identity_opens],
    forbids=[made_opening],
    otherwise=NOT_ON_TEAM,
)
may_change_around = Rule(
    "may_change_around", within=is_active, permits=[person_is_readable & content_opens], otherwise=NOT_ON_TEAM
)
may_stop_sending = Rule(
    "may_stop_sending", within=is_active, permits=[person_is_readable], otherwise=NOT_ON_TEAM
)
may_lift_as_second = Rule(
    "may_lift_as_second",
    within=is_active,
    permits=[person_is_readable & identity_opens],
    forbids=[made_stop],
    otherwise=NOT_ON_TEAM,
)
may_lift_after_meeting = Rule(
    "may_lift_after_meeting",
    within=is_active,
    permits=[person_is_readable & identity_opens],
    otherwise=NOT_ON_TEAM,
)
may_merge = Rule(
    "may_merge", within=is_active, permits=[person_is_readable & identity_opens], otherwise=NOT_ON_TEAM
)
may_read_merge = Rule(
    "may_read_merge",
    within=is_active,
    permits=[kept_is_readable & merged_is_readable],
    otherwise=NOT_ON_TEAM,
)
may_read_face = Rule(
    "may_read_face",
    within=is_active & of_my_organisation,
    permits=[does_casework, leads_organisation, administers],
)
may_read_own_ideology = Rule(
    "may_read_own_ideology",
    within=is_active & of_my_organisation,
    permits=[does_casework, leads_organisation, administers],
)
may_make_face = Rule("may_make_face", within=is_active, permits=[leads_organisation, administers])
may_read_interpreter = Rule(
    "may_read_interpreter",
    within=is_active & of_my_organisation,
    permits=[does_casework, leads_organisation, administers],
)
may_name_ideology = Rule("may_name_ideology", within=is_active, permits=[leads_organisation, administers])
may_add_interpreter = Rule(
    "may_add_interpreter", within=is_active, permits=[does_casework, leads_organisation, administers]
)
may_retire_interpreter = Rule(
    "may_retire_interpreter",
    within=is_active & of_my_organisation,
    permits=[does_casework, leads_organisation, administers],
)
may_raise_wall = Rule("may_raise_wall", within=is_active, permits=[does_casework, is_wall_keeper])
may_read_wall = Rule("may_read_wall", within=is_active & of_my_organisation, permits=[is_wall_keeper])
may_decide_wall = Rule("may_decide_wall", within=is_active & of_my_organisation, permits=[is_wall_keeper])
may_exclude = Rule("may_exclude", within=is_active, permits=[person_is_readable], otherwise=NOT_ON_TEAM)
may_end_exclusion = Rule("may_end_exclusion", within=is_active, permits=[is_mine])
may_read_exclusion = Rule("may_read_exclusion", within=is_active & of_my_organisation, permits=[is_mine])


def may_read_faces(by: Standing, at: datetime) -> bool:
    """Whether the page of the organisation's faces is there for this standing."""
    return (is_active & (does_casework | leads_organisation | administers)).holds(by, None, at)


def may_keep_walls(by: Standing, at: datetime) -> bool:
    """Whether the wall keepers' page is there for this standing."""
    return (is_active & is_wall_keeper).holds(by, None, at)


for part in (
    IdentityVersion,
    IdentityOpening,
    ContactSafety,
    Stop,
    Dependant,
    Relation,
    Profile,
    InterpreterWish,
):
    governs(part, may_read_of_person)
governs(Merge, may_read_merge)
governs(Face, may_read_face)
governs(OwnIdeology, may_read_own_ideology)
governs(Interpreter, may_read_interpreter)
governs(Wall, may_read_wall)
governs(WallDecision, may_read_wall)
governs(Exclusion, may_read_exclusion)
