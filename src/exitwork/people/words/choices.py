# SPDX-License-Identifier: AGPL-3.0-or-later
"""What can be chosen about a person, in the field's words."""

from __future__ import annotations

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class PersonKind(TextChoices):
    """Whether somebody is worked with in his own right, or depends on somebody (S22)."""

    PERSON = "person", _("Person")
    DEPENDANT = "dependant", _("Child or other dependant")


class Reads(TextChoices):
    """How well somebody reads the language we write to him in (S24)."""

    UNKNOWN = "", _("Not known")
    WELL = "well", _("Reads well")
    LITTLE = "little", _("Reads a little")
    NOT = "not", _("Does not read")


class Script(TextChoices):
    """Which writing somebody reads."""

    UNKNOWN = "", _("Not known")
    LATIN = "latin", _("Latin")
    ARABIC = "arabic", _("Arabic")
    CYRILLIC = "cyrillic", _("Cyrillic")
    GREEK = "greek", _("Greek")
    ETHIOPIC = "ethiopic", _("Ethiopic")
    DEVANAGARI = "devanagari", _("Devanagari")
    BENGALI = "bengali", _("Bengali")
    CHINESE = "chinese", _("Chinese")
    OTHER = "other", _("Another writing")


class Sight(TextChoices):
    """What somebody needs in order to see what we show."""

    UNKNOWN = "", _("Nothing known")
    LARGE_PRINT = "large-print", _("Needs large print")
    BLIND = "blind", _("Does not see print")


class Hearing(TextChoices):
    """What somebody needs in order to hear us."""

    UNKNOWN = "", _("Nothing known")
    HARD = "hard", _("Hard of hearing")
    SIGNS = "signs", _("Uses sign language")


class OpeningReason(TextChoices):
    """Why a name, birth date, papers or address is opened (S12)."""

    PAPERS = "papers", _("To fill in a paper or an application with the client")
    MEETING = "meeting", _("To prepare a visit, a journey or an appointment")
    SHARING = "sharing", _("To prepare what may be told to others on a ground")
    DANGER = "danger", _("Somebody is in danger")
    CHECK = "check", _("To check or correct what is recorded")


class Channel(TextChoices):
    """By what we may reach somebody."""

    CALL = "call", _("Telephone call")
    TEXT = "text", _("Text message")
    MESSENGER = "messenger", _("Messenger")
    MAIL = "mail", _("E-mail")
    LETTER = "letter", _("Letter")
    HAND = "hand", _("In person")
    THROUGH = "through", _("Through somebody trusted")


class Paper(TextChoices):
    """Whether somebody may be given something on paper (S7)."""

    NONE = "none", _("No paper")
    LOOK = "look", _("Look at it together, nothing taken along")
    NEUTRAL = "neutral", _("Neutral paper only")
    ANY = "any", _("May hold paper")


class Lifted(TextChoices):
    """How it became known that the phone is safe again."""

    SECOND_PERSON = "second-person", _("A second person checked it")
    MEETING = "meeting", _("The client said so in person")


class RelationKind(TextChoices):
    """Who somebody is to the client. A description within this record, never a link (S4)."""

    PARENT = "parent", _("Parent")
    PARTNER = "partner", _("Partner")
    CHILD = "child", _("Child")
    SIBLING = "sibling", _("Brother or sister")
    RELATIVE = "relative", _("Other relative")
    FRIEND = "friend", _("Friend")
    TEACHER = "teacher", _("Teacher, trainer or employer")
    RELIGIOUS = "religious", _("Religious person")
    COMRADE = "comrade", _("Former comrade")
    HELPER = "helper", _("Other helper")
    OTHER = "other", _("Somebody else")


class Pull(TextChoices):
    """What a relation does for the client, as he sees it."""

    UNKNOWN = "", _("No information")
    HOLDS = "holds", _("Gives hold")
    MIXED = "mixed", _("Both")
    STRAINS = "strains", _("Is a strain")
    BROKEN = "broken", _("Broken off")


class Knows(TextChoices):
    """Whether somebody knows that the client comes to us."""

    UNKNOWN = "", _("No information")
    NO = "no", _("Does not know, and must not")
    SOME = "some", _("Knows that there is help, not which")
    YES = "yes", _("Knows")


class Decides(TextChoices):
    """Who decides for a child or other dependant."""

    UNKNOWN = "", _("Not clear yet")
    PARENTS = "parents", _("Both parents")
    ONE_PARENT = "one-parent", _("One parent")
    RELATIVE = "relative", _("A relative")
    YOUTH_OFFICE = "youth-office", _("The youth office")
    COURT = "court", _("Somebody named by a court")


class WallKind(TextChoices):
    """How two records touch (S4)."""

    SIBLINGS = "siblings", _("Siblings")
    PARENT_AND_CHILD = "parent-and-child", _("Parent and child")
    COUPLE = "couple", _("Couple or former couple")
    HOUSEHOLD = "household", _("Same household")
    PROCEEDINGS = "proceedings", _("Same proceedings")
    COMRADES = "comrades", _("Former comrades")
    THREAT = "threat", _("One threatens the other")
    HARM = "harm", _("One harmed the other")
    GROUP = "group", _("Same group work")
    WORKER = "worker", _("One works here now")


class WallAnswer(TextChoices):
    """What the wall keeper decided."""

    APART = "apart", _("Keep apart")
    SAME_WORKER = "same-worker", _("Same worker for both")
    TELL_WORKERS = "tell-workers", _("Tell both workers")
    ASK_CLIENTS = "ask-clients", _("Ask both clients")


class TargetGroup(TextChoices):
    """Where somebody comes from (requirements.md C.5; R31). Several may hold, each dated."""

    INVOLVED = "involved", _("Involved in a violent extremist environment")
    TERRORISM = "terrorism", _("Terrorism-related activity")
    TRAVELLED = "attempted-travel", _("Tried to travel to a war zone")
    RETURNED = "returned", _("Returned from a war zone")
    RETURNED_FAMILY = "returned-family", _("Returned with or after the family")
    IN_PRISON = "radicalised-in-prison", _("Radicalised in prison")
    WISHES_TO_LEAVE = "wishes-to-leave", _("Wishes to leave")
    HAS_LEFT = "has-left", _("Has left already")
    DETAINED = "detained", _("Detained before trial")
    CONVICTED = "convicted", _("Convicted of a violent extremist offence")
    SUSCEPTIBLE = "susceptible", _("In prison for another offence, and susceptible")
    PROBATION = "probation", _("On probation")
    RELEASED = "released", _("Released or on parole")
    ONLINE = "online", _("Radicalising alone, online")
    YOUNG = "young", _("Adolescent or young adult at risk")
    SYMPATHISER = "sympathiser", _("Sympathiser of the new right")
    SUPPORTER = "supporter", _("Supporter of a terrorist organisation")
    LEFT_WING = "left-wing", _("From a left-wing extremist environment")
    ADJACENT = "adjacent", _("Left a gang, a cult or hooligans")
    CONCERNED_PARENT = "concerned-parent", _("Concerned parent")
    CONCERNED_RELATIVE = "concerned-relative", _("Concerned relative")
    CONCERNED_FRIEND = "concerned-friend", _("Concerned friend")
    CONCERNED_PROFESSIONAL = "concerned-professional", _("Concerned professional")


class Ideology(TextChoices):
    """Which ideology or phenomenon (requirements.md C.7; R41). Never inferred, always said by somebody."""

    RIGHT_WING = "right-wing", _("Right-wing")
    NEW_RIGHT = "new-right", _("New right")
    ISLAMIST = "violent-islamist", _("Violent Islamist")
    LEFT_WING = "left-wing", _("Left-wing")
    ETHNO_NATIONAL = "ethno-national", _("Ethno-national, Loyalist or Republican")
    ECO_FASCIST = "eco-fascist", _("Eco-fascist")
    ANIMAL_RIGHTS = "animal-rights", _("Animal rights extremism")
    CONSPIRACY = "conspiracy", _("Conspiracy theories")
    PARAMILITARY = "paramilitary", _("Paramilitary group")
    ANTAGONISTIC = "antagonistic", _("Other destructive group (gang, cult, hooligans)")
    MIXED = "mixed", _("Mixed or unclear")
    NEW = "new", _("New, without a name yet")


class Wish(TextChoices):
    """What the client says about an interpreter."""

    WANTED = "wanted", _("The client wants this interpreter")
    REFUSED = "refused", _("The client does not want this interpreter")
