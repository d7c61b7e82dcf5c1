# SPDX-License-Identifier: AGPL-3.0-or-later
"""Interpreters of the organisation, and what a client says about them (S24)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from django.utils.translation import gettext as _

from exitwork.journal.recording import recorded
from exitwork.kernel.decisions import refuse
from exitwork.kernel.standing import Standing
from exitwork.people import rules
from exitwork.people.models import Interpreter, InterpreterWish, Person
from exitwork.people.words.choices import Wish
from exitwork.people.words.events import INTERPRETER_ADDED, INTERPRETER_RETIRED, WISH_NOTED


def add_interpreter(
    *,
    name: str,
    languages: Sequence[str],
    confidential_from: date | None = None,
    not_near: str = "",
    by: Standing,
    at: datetime,
) -> Interpreter:
    """Add an interpreter of the organisation acted for.

    :raises Refusal: if a rule says no, or nobody would know whom or what to ask for.
    """
    with recorded(INTERPRETER_ADDED, by=by, at=at) as entry:
        rules.may_add_interpreter.decide(by, None, at).or_raise()
        assert by.organisation is not None
        if not name.strip() or not languages:
            raise refuse(_("Say who it is and which languages."), "people.interpreter.incomplete")
        interpreter = Interpreter.objects.create(
            organisation_id=by.organisation,
            name=name.strip(),
            languages=list(languages),
            confidential_from=confidential_from,
            not_near=not_near.strip(),
            added_at=at,
        )
        entry.about(interpreter)
    return interpreter


def retire_interpreter(*, interpreter: Interpreter, by: Standing, at: datetime) -> Interpreter:
    """Ask this interpreter no longer.

    :raises Refusal: if a rule says no.
    """
    with recorded(INTERPRETER_RETIRED, by=by, about=interpreter, at=at):
        interpreter = Interpreter.objects.get(pk=interpreter.pk)
        rules.may_retire_interpreter.decide(by, interpreter, at).or_raise()
        if interpreter.retired_at is None:
            interpreter.retired_at = at
            interpreter.save(update_fields=["retired_at"])
    return interpreter


def note_wish(
    *, person: Person, interpreter: Interpreter, wish: str, by: Standing, at: datetime
) -> InterpreterWish:
    """Note that the client wants, or does not want, an interpreter. No reason is asked.

    :raises Refusal: if a rule says no, or the interpreter is another organisation's.
    """
    with recorded(WISH_NOTED, by=by, about=person, at=at) as entry:
        rules.may_change_around.decide(by, person, at).or_raise()
        if interpreter.organisation_id != person.organisation_id:
            raise refuse(_("This interpreter is another organisation's."), "people.interpreter.foreign")
        said = InterpreterWish.objects.create(
            organisation_id=person.organisation_id,
            person=person,
            interpreter=interpreter,
            wish=Wish(wish),
            said_at=at,
            noted_by=by.account,
        )
        entry.note(interpreter=interpreter.ref, wish=str(wish))
    return said
