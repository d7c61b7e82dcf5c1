# SPDX-License-Identifier: CC0-1.0
"""Who is who in the demo: organisations, their people, their programmes. All invented."""

from __future__ import annotations

from dataclasses import dataclass, field

from exitwork.kernel.standing import Role
from exitwork.organisations.words.kinds import Branch, Kind


@dataclass(frozen=True, slots=True)
class Someone:
    """A person who signs in."""

    key: str
    name: str
    function: str
    roles: tuple[Role, ...]
    language: str = "en"


@dataclass(frozen=True, slots=True)
class House:
    """An organisation with its people and the packs it runs."""

    key: str
    name: str
    kind: Kind
    branch: Branch
    zone: str
    legal_profile: str
    people: tuple[Someone, ...]
    packs: tuple[str, ...] = ()
    language: str = field(default="en")


HOUSES = (
    House(
        "nordlys",
        "Exit Nordlys (invented)",
        Kind.CIVIL,
        Branch.CSO,
        "Europe/Stockholm",
        "se",
        (
            Someone("asa", "Åsa Lind", "Case manager", (Role.CASE_WORKER, Role.ADMINISTRATOR)),
            Someone("per", "Per Dahl", "Case worker", (Role.CASE_WORKER,)),
            Someone("mikkel", "Mikkel Sand", "Mentor, left the scene himself", (Role.MENTOR,)),
            Someone("liv", "Liv Berg", "Lead", (Role.LEAD,)),
            Someone("noor", "Noor Haddad", "Interpreter", (Role.INTERPRETER,), "ar"),
        ),
        ("exit-sweden",),
    ),
    House(
        "bruecke",
        "Brücke e.V. (erfunden)",
        Kind.CIVIL,
        Branch.CSO,
        "Europe/Berlin",
        "de",
        (
            Someone("clara", "Clara Vogt", "Leitung", (Role.LEAD, Role.ADMINISTRATOR), "de"),
            Someone("yusuf", "Yusuf Kaya", "Fallmanager", (Role.CASE_WORKER,), "de"),
            Someone("rana", "Rana Khoury", "Fallmanagerin", (Role.CASE_WORKER,), "ar"),
            Someone("tom", "Tom Feld", "Psychologe", (Role.SPECIALIST,), "de"),
            Someone(
                "ida", "Ida Kern", "Datenschutz", (Role.DATA_PROTECTION_OFFICER, Role.ADMINISTRATOR), "de"
            ),
        ),
        ("vpn-prison", "hayat"),
        "de",
    ),
    House(
        "passerelle",
        "Passerelle Familles (inventée)",
        Kind.CIVIL,
        Branch.CSO,
        "Europe/Paris",
        "fr",
        (
            Someone("odile", "Odile Marchand", "Directrice", (Role.LEAD, Role.ADMINISTRATOR)),
            Someone("samir", "Samir Benali", "Éducateur", (Role.CASE_WORKER,)),
            Someone("jeanne", "Jeanne Roux", "Conseillère familiale", (Role.FAMILY_COUNSELLOR,)),
        ),
        ("pairs",),
    ),
    House(
        "steinfels",
        "Steinfels prison (invented)",
        Kind.STATE,
        Branch.PRISON,
        "Europe/Berlin",
        "de",
        (
            Someone(
                "beck", "Anna Beck", "Social service of the prison", (Role.PRACTITIONER, Role.ADMINISTRATOR)
            ),
        ),
    ),
    House(
        "probation",
        "Probation service Talheim (invented)",
        Kind.STATE,
        Branch.PROBATION,
        "Europe/Berlin",
        "de",
        (Someone("holm", "Jan Holm", "Probation officer", (Role.PRACTITIONER, Role.ADMINISTRATOR)),),
    ),
    House(
        "police",
        "Police unit Talheim (invented)",
        Kind.STATE,
        Branch.POLICE,
        "Europe/Berlin",
        "de",
        (Someone("kurz", "Eva Kurz", "Police officer", (Role.PRACTITIONER, Role.ADMINISTRATOR)),),
    ),
    House(
        "talheim",
        "Municipality of Talheim (invented)",
        Kind.STATE,
        Branch.MUNICIPALITY,
        "Europe/Berlin",
        "de",
        (Someone("stern", "Paul Stern", "Social office", (Role.PRACTITIONER, Role.ADMINISTRATOR)),),
    ),
    House(
        "jobs",
        "Job centre Talheim (invented)",
        Kind.STATE,
        Branch.JOB_CENTRE,
        "Europe/Berlin",
        "de",
        (Someone("lang", "Mira Lang", "Placement", (Role.PRACTITIONER, Role.ADMINISTRATOR)),),
    ),
    House(
        "ministry",
        "Ministry of Families (invented)",
        Kind.STATE,
        Branch.MINISTRY,
        "Europe/Berlin",
        "de",
        (Someone("adler", "Dr. Uta Adler", "Funding", (Role.FUNDER, Role.ADMINISTRATOR)),),
    ),
)
