# SPDX-License-Identifier: AGPL-3.0-or-later
"""Who can be tried out in a demo: a list the seeding leaves in the demo's folder.

* Only a demo reads it; elsewhere there is nobody to try out, whatever lies in the folder.
* Nobody else can be signed in without a password: whoever is not on the list is not there.
"""

from __future__ import annotations

import json
from dataclasses import dataclass

from django.conf import settings

from exitwork.accounts.models import Account

FILE = "demo-people.json"


@dataclass(frozen=True, slots=True)
class Someone:
    """A person of the demo: one button. ``sees`` says what is there to see, in a sentence."""

    key: str
    name: str
    function: str
    sees: str
    email: str
    language: str = "en"


@dataclass(frozen=True, slots=True)
class House:
    """An organisation of the demo and its people."""

    name: str
    is_what: str
    people: tuple[Someone, ...]


@dataclass(frozen=True, slots=True)
class Story:
    """Whom and what the five-minute story is about: keys of people and the reference of a case."""

    worker: str
    colleague: str
    case: str


@dataclass(frozen=True, slots=True)
class Cast:
    """Everybody who can be tried out."""

    houses: tuple[House, ...]
    story: Story | None = None

    def someone(self, key: str) -> Someone | None:
        """The person of that key, if there is one."""
        return next((each for house in self.houses for each in house.people if each.key == key), None)

    def account(self, key: str) -> Account | None:
        """The account behind a button, if it may be used at all."""
        someone = self.someone(key)
        return Account.objects.at_address(someone.email).first() if someone else None

    def written(self) -> str:
        """The list as it is kept."""
        houses = [
            {"name": house.name, "is_what": house.is_what, "people": [_fields(each) for each in house.people]}
            for house in self.houses
        ]
        return json.dumps({"houses": houses, "story": _fields(self.story) if self.story else None})


NOBODY = Cast(())


def cast() -> Cast:
    """Who can be tried out here; nobody in an installation that is not a demo."""
    path = settings.HOME / FILE
    if not settings.DEMO or not path.exists():
        return NOBODY
    kept = json.loads(path.read_text("utf-8"))
    houses = tuple(
        House(house["name"], house["is_what"], tuple(Someone(**each) for each in house["people"]))
        for house in kept["houses"]
    )
    return Cast(houses, Story(**kept["story"]) if kept["story"] else None)


def _fields(row: Someone | Story) -> dict[str, str]:
    return {name: getattr(row, name) for name in row.__slots__}
