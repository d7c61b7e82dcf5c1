# SPDX-License-Identifier: AGPL-3.0-or-later
"""A measured card: what a person does to write a five-line note, and to open a case.

* Counted through the forms themselves: what they ask for and do not fill in by themselves.
* A tap is a click, a key that does the same, or one choice; the words of the note are not counted
  as taps. Seconds are the keystroke-level model's (Card, Moran, Newell 1980): 0.28 s a key of an
  average typist, 1.1 s a pointing tap, 1.35 s of thought before each field.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.forms import Form

from bench.figure import Figure
from exitwork.cases.forms import OpenCaseForm
from exitwork.contacts.forms import NoteForm

MOST_TAPS = 3
KEY, TAP, THOUGHT = 0.28, 1.1, 1.35
NOTE = "\n".join(
    [
        "Walk along the river, an hour.",
        "He talked about his brother, and about the flat.",
        "Says the phone calls have stopped since Tuesday.",
        "Wants to think about the course at the garage.",
        "Next week same place, he chooses the day.",
    ]
)
FREE_TEXT = {"text"}
ON_THE_PAGE = 1  # "New note" on the page of the case; "Open a case" on the list


def figures() -> Iterator[Figure]:
    """Taps, keys and seconds of both."""
    yield from _card("a five-line note", _unfilled(NoteForm(None)), len(NOTE))

    class _Programme:
        ref, name = "2F3K2-M", "Exit"

    with_one = OpenCaseForm(None, programmes=[_Programme()], initial={"pseudonym": "Heron"})  # type: ignore[list-item]
    yield from _card("opening a case", _unfilled(with_one), 0)


def _unfilled(form: Form) -> list[str]:
    """The fields one must fill in oneself; text is typed, all else is a tap."""
    wanted = []
    for name, field in form.fields.items():
        first: Any = form.get_initial_for_field(field, name)
        if not first and (choices := list(getattr(field, "choices", []))):
            first = choices[0][0]  # a browser shows, and sends, the first choice of a list
        if field.required and not first:
            wanted.append(name)
    return wanted


def _card(what: str, wanted: list[str], keys: int) -> Iterator[Figure]:
    taps = ON_THE_PAGE + 1 + sum(1 for name in wanted if name not in FREE_TEXT)
    yield Figure(f"{what}: taps besides the text", taps, "", limit=MOST_TAPS)
    yield Figure(f"{what}: keystrokes", keys, "")
    yield Figure(f"{what}: fields that must be filled in", len(wanted), "")
    yield Figure(f"{what}: seconds by the model", keys * KEY + taps * TAP + (len(wanted) + 1) * THOUGHT, "s")
