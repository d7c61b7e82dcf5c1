# SPDX-License-Identifier: AGPL-3.0-or-later
"""The words of programmes: what a pack may say about itself, and what happens to a programme.

* Closed lists are choices; open ones (target groups, ideologies, methods, services) are
  vocabularies a pack may add to, each own word under one common word, so that figures of
  several organisations still add up (R41).
* Keys never change once released. Where a list comes from stands beside it (requirements.md C).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from exitwork.kernel.events import Event
from exitwork.kernel.phases import MoveSentences

PROGRAMME_STARTED = Event("programmes.programme.started", _("Programme started"))
PROGRAMME_CHANGED = Event("programmes.programme.changed", _("Programme changed"))
PROGRAMME_ENDED = Event("programmes.programme.ended", _("End of the programme set"))
PACK_ADOPTED = Event("programmes.programme.pack_adopted", _("New version of the programme's pack adopted"))

MOVE_SENTENCES = MoveSentences(
    unknown=_("This programme has no such phase."),
    same=_("The case is in the phase “{here}” already."),
    ended=_("“{here}” is the end of the way: no phase follows it. Open a new episode instead."),
    not_next=_("“{there}” can't follow “{here}”. From here the case can go to: {allowed}."),
    not_first=_("A case can't begin with “{there}”. It begins with: {allowed}."),
)


class Form(TextChoices):
    """S1 L418-L424: a programme can be reproduced, a project is limited in time."""

    PROGRAMME = "programme", _("Programme")
    PROJECT = "project", _("Project")


class Kind(TextChoices):
    """Figure 1: what kind of intervention."""

    EXIT = "exit", _("Stand-alone exit intervention")
    SUPPORT = "support", _("Exit support service")
    CONCERNED = "concerned", _("Service for concerned individuals")


class Origin(TextChoices):
    """Where it came from."""

    BOTTOM_UP = "bottom-up", _("Bottom-up: an answer to a challenge in the community")
    TOP_DOWN = "top-down", _("Top-down: commissioned by the state")


class Geography(TextChoices):
    """S1 L446."""

    LOCAL = "local", _("Local")
    REGIONAL = "regional", _("Regional")
    NATIONAL = "national", _("National")
    CROSS_BORDER = "cross-border", _("Across a border")


class Setting(TextChoices):
    """C.8: where a person is; a dated property of the episode (R6)."""

    OPEN = "open", _("In the open")
    POLICE_CUSTODY = "police-custody", _("Police custody")
    PRE_TRIAL = "pre-trial", _("Pre-trial detention")
    PRISON = "prison", _("Prison")
    OPEN_PRISON = "open-prison", _("Open prison or leave")
    RELEASE_PREPARATION = "release-preparation", _("Preparation of release")
    PROBATION = "probation", _("Probation")
    PAROLE = "parole", _("Parole or conditional release")
    AFTER = "after", _("After the measure")
    ABROAD = "abroad", _("Abroad or in a camp")
    REPATRIATION = "repatriation", _("Repatriation")
    ONLINE = "online", _("Online")


class ExitType(TextChoices):
    """Figure 3: the types of exit work within the criminal justice system."""

    A = "A", _("A: in detention before trial")
    B = "B", _("B: in prison")
    C = "C", _("C: from prison through release to probation and beyond")
    D = "D", _("D: preparation of release")
    E = "E", _("E: after release, mostly on probation")


class ContactApproach(TextChoices):
    """C.8: who takes the first step."""

    PASSIVE = "passive", _("The person or somebody close comes to us")
    ACTIVE = "active", _("Workers approach people")
    MANDATED = "mandated", _("A court or authority sends people")


class Participation(TextChoices):
    """C.8: on which basis a person takes part; voluntary is the default (R7)."""

    VOLUNTARY = "voluntary", _("Voluntary")
    SENTENCE = "sentence", _("Part of the sentence")
    PROBATION_CONDITION = "probation-condition", _("Condition of probation")
    RELEASE_CONDITION = "release-condition", _("Condition of early release")
    ASSIGNED_IN_CUSTODY = "assigned-in-custody", _("Assigned in custody")

    @property
    def is_mandated(self) -> bool:
        """Whether somebody else decided that the person takes part."""
        return self is not Participation.VOLUNTARY


class Cooperation(TextChoices):
    """C.8: the form of cooperation with state agencies."""

    AD_HOC = "ad-hoc", _("Ad hoc")
    CASE_BASED = "case-based", _("Case-based")
    SYSTEMIC = "systemic", _("Systemic multi-agency")


class IdeologyWork(TextChoices):
    """R60: the programme's policy on the ideological component."""

    CENTRAL = "central", _("Central")
    BY_NEED = "by-need", _("By need, with outside experts")
    NONE = "none", _("None")


class TeamRule(TextChoices):
    """How many work with one person, and how they stand to each other."""

    SINGLE = "single", _("One case manager")
    TANDEM = "tandem", _("Tandem: a professional and a trained former, one of them contact person")


class NeedArea(TextChoices):
    """C.2: the five areas of needs and strengths."""

    FUNCTIONAL = "functional", _("Functional reintegration")
    SOCIAL = "social", _("Social reintegration")
    COGNITIVE = "cognitive", _("Cognitive")
    MENTAL_HEALTH = "mental-health", _("Mental health")
    SECURITY = "security", _("Security")


class Goal(TextChoices):
    """C.10: what an intervention aims at."""

    DISENGAGEMENT = "disengagement", _("Disengagement")
    DERADICALISATION = "deradicalisation", _("Deradicalisation")
    REHABILITATION = "rehabilitation", _("Rehabilitation")
    SOCIAL_REINTEGRATION = "social-reintegration", _("Social reintegration")
    FUNCTIONAL_REINTEGRATION = "functional-reintegration", _("Functional reintegration")
    PREVENTION_OF_RECIDIVISM = "prevention-of-recidivism", _("Prevention of recidivism")
    RESILIENCE = "resilience", _("Resilience")
    FAMILY = "family-empowerment", _("Empowerment of the family")


class Place(TextChoices):
    """Whom a report or a conference of the programme is for."""

    PROBATION = "probation", _("Probation service")
    COURT = "court", _("Court")
    PRISON = "prison", _("Prison")
    FUNDER = "funder", _("Funder")
    TEAM = "team", _("The case team and its partners")


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """An open list: common words, to which a pack may add its own under one of them."""

    name: str
    says: Any
    words: Mapping[str, Any]

    def __contains__(self, key: object) -> bool:
        return key in self.words

    def __iter__(self) -> Iterator[str]:
        return iter(self.words)

    def __getitem__(self, key: str) -> Any:
        """The label of a common word.

        :raises KeyError: if there is none.
        """
        return self.words[key]

    @property
    def choices(self) -> list[tuple[str, Any]]:
        """Key and label of every common word, in order, for a form."""
        return list(self.words.items())


TARGET_GROUPS = Vocabulary(  # C.5
    "target_groups",
    _("Target groups"),
    {
        "involved": _("Involved in a violent extremist environment"),
        "terrorism-related": _("Involved in terrorism-related activity"),
        "attempted-traveller": _("Attempted traveller"),
        "returning-fighter": _("Returning foreign terrorist fighter"),
        "returning-woman": _("Returning woman"),
        "returning-child": _("Returning child"),
        "radicalised-in-prison": _("Radicalised in prison"),
        "wishing-to-leave": _("Wishing to leave"),
        "already-left": _("Already left"),
        "detainee": _("Detained before trial"),
        "convicted-offender": _("Convicted violent extremist offender"),
        "susceptible-offender": _("Ordinary offender open to radicalisation"),
        "ordinary-offender": _("Ordinary offender"),
        "probationer": _("On probation"),
        "parolee": _("Released or on parole"),
        "self-radicalising-online": _("Self-radicalising online"),
        "young-at-risk": _("Adolescent or young adult at risk"),
        "new-right-sympathiser": _("Sympathiser of the “new right”"),
        "women-and-girls": _("Women and girls"),
        "undocumented": _("Undocumented person"),
        "destructive-group": _("Former member of a gang, cult or hooligan group"),
        "supporter": _("Supporter of a terrorist organisation"),
        "parent": _("Parent"),
        "relative": _("Relative"),
        "friend": _("Friend"),
        "professional": _("Professional"),
    },
)

IDEOLOGIES = Vocabulary(  # C.7
    "ideologies",
    _("Ideologies"),
    {
        "right-wing": _("Right-wing"),
        "islamist": _("Violent Islamist"),
        "left-wing": _("Left-wing"),
        "ethno-national": _("Ethno-national, Loyalist or Republican"),
        "eco-fascist": _("Eco-fascism"),
        "animal-rights": _("Animal rights extremism"),
        "conspiracy": _("Conspiracy theories"),
        "paramilitary": _("Paramilitary groups financed by Russia"),
        "antagonistic": _("Other destructive groups"),
        "mixed": _("Mixed or unclear"),
        "unnamed": _("New or unnamed"),
        "any": _("Independent of ideology"),
    },
)

METHODS = Vocabulary(  # C.4
    "methods",
    _("Methods"),
    {
        "cbt": _("Cognitive behavioural therapy"),
        "motivational-interviewing": _("Motivational interviewing"),
        "working-alliance": _("Working alliance"),
        "one-to-one": _("One-to-one counselling"),
        "systemic": _("Systemic approach"),
        "biographical": _("Biographical or narrative work"),
        "education-of-responsibility": _("Education of Responsibility (Verantwortungspädagogik®)"),
        "mentorship": _("Mentorship"),
        "tandem-with-former": _("Triangular tandem with a former"),
        "counter-narratives": _("Counter-narratives and alternative narratives"),
        "theological-discussion": _("Theological discussion, study of texts, historical context"),
        "inter-religious-debate": _("Inter-religious debate"),
        "religious-counselling": _("Religious counselling or mediation"),
        "group-work": _("Group work"),
        "group-discussion": _("Group discussion"),
        "civic-education": _("Civic, human rights and democracy education"),
        "anti-aggression": _("Anti-aggression training"),
        "conflict-management": _("Conflict-management training"),
        "non-violent-communication": _("Non-violent communication"),
        "social-skills": _("Social-skills training"),
        "life-skills": _("Life-skills training"),
        "media-literacy": _("Media literacy"),
        "social-net-conference": _("Social net conferencing"),
        "case-conference": _("Case conference"),
        "restorative-justice": _("Restorative justice"),
        "mediation": _("Mediation and conflict resolution"),
        "online": _("Online: chat, e-mail, comment threads, own content"),
        "campaign": _("Campaigns and creative outreach"),
        "family-counselling": _("Family counselling"),
        "parent-group": _("Parent or family group"),
        "authoritative-parenting": _("Authoritative parenting"),
        "informal-time": _("Informal time and activity"),
        "case-consultation": _("Case consultation for professionals"),
        "training": _("Training for professionals"),
        "assessment": _("Assessment on request of an institution"),
    },
)

REFERRAL_SOURCES = Vocabulary(  # C.6
    "referral_sources",
    _("Ways in"),
    {
        "self": _("The person"),
        "relative": _("Relative or family"),
        "friend": _("Friend"),
        "school": _("Teacher or school"),
        "employer": _("Employer"),
        "healthcare": _("Healthcare or mental health provider"),
        "social-worker": _("Social worker"),
        "youth-worker": _("Youth worker"),
        "municipality": _("Municipality"),
        "welfare": _("Social or welfare agency"),
        "police": _("Police"),
        "prosecutor": _("Prosecutor"),
        "court": _("Court"),
        "prison": _("Prison staff"),
        "probation": _("Probation staff"),
        "security-service": _("Security service"),
        "helpline": _("State helpline"),
        "other-organisation": _("Another organisation"),
        "multiplier": _("Multiplier"),
        "sport-coach": _("Sport coach"),
        "community": _("Religious or community organisation"),
        "online": _("Online contact"),
        "campaign": _("Campaign or media"),
    },
)

CONTACT_CHANNELS = Vocabulary(  # C.6
    "contact_channels",
    _("Ways to talk"),
    {
        "phone": _("Phone"),
        "email": _("E-mail"),
        "chat": _("Chat"),
        "comment-thread": _("Comment thread"),
        "social-media": _("Social media message"),
        "web-form": _("Web form"),
        "visit": _("Visit"),
        "prison-visit": _("Visit in prison"),
        "family-visit-workaround": _("Visit in prison during family time"),
        "event": _("Event"),
        "letter": _("Letter"),
        "word-of-mouth": _("Word of mouth"),
    },
)

VOCABULARIES = {
    vocabulary.name: vocabulary
    for vocabulary in (TARGET_GROUPS, IDEOLOGIES, METHODS, REFERRAL_SOURCES, CONTACT_CHANNELS)
}
