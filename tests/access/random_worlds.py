# SPDX-License-Identifier: AGPL-3.0-or-later
"""Random worlds: rows of every model, tied together at random, and people standing in them at random.

* A row is made from its model's own fields, so a new model is in the worlds from its first day.
* Moments come from a handful, the moment of asking among them: a period that begins or ends just
  then is common.
* What a constraint refuses is left out, so every world is one that the database allows.
* One organisation holds half of everything (performance.md).
"""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from random import Random
from typing import Any

from django.apps import apps
from django.core.exceptions import ValidationError
from django.db import DatabaseError, models, transaction

from exitwork.access.models import Governed
from exitwork.access.selects import keys, membership
from exitwork.accounts.models import Account
from exitwork.cases import facts
from exitwork.cases.models import Case
from exitwork.journal.recording import recorded
from exitwork.kernel.events import Event
from exitwork.kernel.facts import Expression, Fact
from exitwork.kernel.references import new_reference
from exitwork.kernel.rules import Rule
from exitwork.kernel.standing import OrganisationKind, Role, Standing, machine
from exitwork.organisations.models import Organisation
from exitwork.organisations.standing import standing_of
from exitwork.people.models import Identity, Person
from exitwork.programmes.models import Programme
from exitwork.programmes.packs.shelf import shipped
from exitwork.vault.fields import SealedField

AT = datetime(2026, 11, 19, 13, 0, tzinfo=UTC)
HOURS = (-24 * 400, -72, -3, -1, 0, 0, 1, 72)
TRIES = 20
MADE = Event("tests.world.made", "A random world was made")


class RandomWorld:
    """Rows of every governed model, and standings."""

    def __init__(self, seed: int, size: int = 14) -> None:
        self.random = Random(seed)
        self.rows: dict[type[models.Model], list[Any]] = {}
        with recorded(MADE, by=machine("proof"), about=None, at=AT):
            self.accounts = [self._account(number) for number in range(size // 2)]
            for model in _in_order():
                self.rows[model] = list(self._made(model, _how_many(model, size)))

    def standings(self, count: int) -> Iterator[Standing]:
        """People as they really stand, and people as they might."""
        organisations = self.rows[Organisation]
        for _ in range(count):
            account = self.random.choice(self.accounts)
            home = self.random.choice(organisations)
            real = standing_of(account, home.pk, AT, has_second_factor=self.random.random() < 0.8)
            yield real if self.random.random() < 0.4 else self._imagined(real, home)

    def _imagined(self, real: Standing, home: Organisation) -> Standing:
        pick = self.random
        others = [one.pk for one in self.rows[Organisation]]
        return real.but(
            account=real.account or pick.choice(self.accounts).pk,
            organisation=home.pk,
            organisation_kind=OrganisationKind(home.kind),
            roles=frozenset(pick.sample(list(Role), pick.randrange(4))),
            leads=frozenset(pick.sample([one.pk for one in self.rows[Programme]], pick.randrange(3))),
            leads_all=pick.random() < 0.3,
            reach=frozenset({home.pk, *pick.sample(others, pick.randrange(2))}),
            is_active=pick.random() < 0.9,
        )

    def _account(self, number: int) -> Account:
        account = Account(email=f"{uuid.uuid4()}@world.example", name=f"Person {number}")
        account.set_unusable_password()
        account.save()
        return account

    def _made(self, model: type[models.Model], count: int) -> Iterator[Any]:
        made = 0
        for _ in range(count * TRIES):
            if made == count:
                return
            row = model(**{field.attname: self._value(model, field) for field in model._meta.concrete_fields})
            self._settle(row)
            try:
                with transaction.atomic():
                    row.save(force_insert=True)
            except (DatabaseError, ValidationError):
                continue
            made += 1
            yield row

    def _settle(self, row: Any) -> None:
        """Say what a row can't be given at random."""
        if isinstance(row, Programme):
            row.pack_text = shipped()["exit-sweden"].text
        if isinstance(row, Organisation):
            row.zone = "Europe/Oslo"
        if isinstance(row, Person):
            row.own_right_id = None if row.is_dependant else row.pk

    def _value(self, model: type[models.Model], field: models.Field[Any, Any]) -> Any:
        pick = self.random
        if field.primary_key and not isinstance(field, models.ForeignKey):
            return uuid.UUID(int=pick.getrandbits(128), version=4)
        if isinstance(field, SealedField):
            return b""
        if field.null and pick.random() < 0.4:
            return None
        if isinstance(field, models.ForeignKey):
            return self._pointed_at(field)
        if field.choices:
            return pick.choice([value for value, _label in field.choices])
        if isinstance(field, models.UUIDField):
            return self._key(field.name)
        if isinstance(field, models.DateTimeField):
            return AT + timedelta(hours=pick.choice(HOURS))
        if isinstance(field, models.DateField):
            return (AT + timedelta(hours=pick.choice(HOURS))).date()
        return self._plain(model, field)

    def _plain(self, model: type[models.Model], field: models.Field[Any, Any]) -> Any:
        if isinstance(field, models.BooleanField):
            return self.random.random() < 0.5
        if isinstance(field, models.IntegerField):
            return self.random.randrange(1, 60)
        if isinstance(field, models.JSONField):
            return []
        if field.unique or field.name in {"ref", "name"}:
            return new_reference()
        if field.name == "role":
            return self.random.choice(list(Role)).value
        return f"{model.__name__} {self.random.randrange(5)}"[: field.max_length or 40]

    def _pointed_at(self, field: models.ForeignKey[Any, Any]) -> Any:
        target: Any = field.related_model
        if target is Account:
            return self.random.choice(self.accounts).pk
        among = self.rows.get(target, [])
        if target is Organisation and among and self.random.random() < 0.5:
            return among[0].pk  # one organisation holds half of everything
        held = [value for row in among if (value := getattr(row, field.target_field.attname)) is not None]
        return self.random.choice(held) if held else None

    def _key(self, name: str) -> Any:
        if "organisation" in name:
            return self.random.choice(self.rows[Organisation]).pk
        if "programme" in name:
            programmes = self.rows.get(Programme) or self.rows[Organisation]
            return self.random.choice(programmes).pk
        if name in {"thing", "case"}:
            return self.random.choice(self.rows[Case]).pk
        return self.random.choice(self.accounts).pk


has_an_identity = Fact(
    "has_an_identity",
    "something is known of who the person is",
    truth=lambda _by, case, _at: Identity.objects.filter(person=case.person_id).exists(),
    reading=membership(lambda _by, _at: keys(Identity.objects.all(), "person"), column="person_id"),
)


def random_rules(random: Random, count: int) -> list[Rule]:
    """Rules about cases that nobody would write: facts tied together at random, negated too."""
    known = [fact for fact in vars(facts).values() if isinstance(fact, Fact) and fact.reading is not None]
    pool = [*known, has_an_identity]

    def tied(depth: int) -> Expression:
        if depth == 0 or random.random() < 0.25:
            return random.choice(pool)
        if random.random() < 0.3:
            return ~tied(depth - 1)
        one, another = tied(depth - 1), tied(depth - 1)
        return one & another if random.random() < 0.5 else one | another

    return [
        Rule(
            f"random {number}",
            permits=[tied(3) for _ in range(random.randrange(1, 4))],
            forbids=[tied(1) for _ in range(random.randrange(3))],
            within=tied(1) if random.random() < 0.5 else None,
        )
        for number in range(count)
    ]


def governed() -> list[type[Governed]]:
    """Every governed model."""
    return [model for model in apps.get_models() if issubclass(model, Governed)]


def _in_order() -> list[type[Governed]]:
    """Every governed model after the ones it points at, and what points at cases by key after cases."""
    waiting = sorted(governed(), key=lambda model: (model._meta.app_label == "access", model.__name__))
    made: list[type[Governed]] = []
    while waiting:
        ready = [model for model in waiting if _targets(model) <= {*made, model}]
        if not ready:
            raise AssertionError(f"these models point at each other: {waiting}")
        made.append(ready[0])
        waiting.remove(ready[0])
    return made


def _targets(model: type[Governed]) -> set[type[models.Model]]:
    pointed_at = [field.related_model for field in model._meta.concrete_fields]
    targets: set[type[models.Model]] = {
        target for target in pointed_at if isinstance(target, type) and issubclass(target, Governed)
    }
    return targets | ({Case} if model._meta.app_label == "access" else set())


def _how_many(model: type[Governed], size: int) -> int:
    if model is Organisation:
        return max(3, size // 4)
    return size * 2 if model._meta.app_label in {"cases", "contacts"} else size
