# SPDX-License-Identifier: AGPL-3.0-or-later
"""Whether an interpreter may be asked for a client: pure, over values (S24)."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext_lazy as _

from exitwork.kernel.decisions import Allowed, Decision, Refused
from exitwork.people.words.choices import Wish


@dataclass(frozen=True, slots=True)
class Asked:
    """An interpreter as far as the question needs him."""

    languages: Collection[str]
    confidential_from: date | None
    is_retired: bool = False


def may_interpret(interpreter: Asked, spoken: Collection[str], wish: str, on: date) -> Decision:
    """Whether the interpreter may be asked for a client who speaks these languages, on this day.

    The client's refusal comes first and needs no reason.
    """
    if wish == Wish.REFUSED:
        return Refused(_("The client does not want this interpreter."), "people.interpreter.refused")
    if interpreter.is_retired:
        return Refused(_("This interpreter is no longer asked."), "people.interpreter.retired")
    if interpreter.confidential_from is None or interpreter.confidential_from > on:
        return Refused(
            _("This interpreter has not signed confidentiality yet."), "people.interpreter.not_bound"
        )
    if not set(interpreter.languages) & set(spoken):
        return Refused(
            _("This interpreter speaks none of the languages the client speaks."),
            "people.interpreter.language",
        )
    return Allowed(("bound_to_confidentiality",))
