# SPDX-License-Identifier: AGPL-3.0-or-later
"""What pages of the workplace put together from the rooms below.

* Rows come as values or with what they show joined in: the number of queries does not grow with
  the number of rows.
* Looking through names and notes happens in memory, inside what may be seen, on both databases:
  no index of personal text exists on disk (design.md 6).
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from heapq import merge, nlargest
from itertools import islice
from typing import Any

from django.db.models import Q, QuerySet, Value

from exitwork.access.seams import Moment, strands
from exitwork.cases.models import Assignment, Case, Episode, Management
from exitwork.cases.words import Function
from exitwork.contacts.models import Contact
from exitwork.kernel.standing import Standing
from exitwork.vault.sealed import open_values

PER_TIMELINE = 30
MANAGES = "manages"


@dataclass(frozen=True, slots=True)
class Bar:
    """What the identity bar of a case says."""

    case: Case
    manager: str
    deputy: str
    acting: str
    episode: Episode | None

    @property
    def title(self) -> str:
        """The pseudonym, or the reference where the case is about nobody in particular."""
        return self.case.person.pseudonym if self.case.person else self.case.ref

    @property
    def phase_label(self) -> Any:
        """What the programme calls the phase."""
        phases = self.case.programme.phases
        return phases[self.case.phase].label if self.case.phase in phases else self.case.phase


def bar(case: Case, *, by: Standing, at: datetime) -> Bar:
    """The identity bar of a case one may see."""
    managers = Management.objects.visible_in(case, by, at, column="case").in_force(at)
    assigned = Assignment.objects.visible_in(case, by, at, column="case").in_force(at)
    others = assigned.filter(function__in=(Function.DEPUTY, Function.ACTING))
    held = dict(
        managers.order_by()
        .values_list(Value(MANAGES), "account__name")
        .union(others.order_by().values_list("function", "account__name"), all=True)
    )
    episodes = Episode.objects.visible_in(case, by, at, column="case")
    episode = episodes.filter(from_date__lte=by.day_of(at)).order_by("-from_date").first()
    return Bar(
        case,
        held.get(MANAGES, ""),
        held.get(Function.DEPUTY, ""),
        held.get(Function.ACTING, ""),
        episode,
    )


def timeline(
    case: Case, *, by: Standing, at: datetime, before: datetime | None = None, limit: int = PER_TIMELINE
) -> list[Moment]:
    """The newest entries of every strand, woven together; at most ``limit``."""
    woven = merge(
        *(list(strand.moments(by, case, at, before, limit)) for strand in strands()),
        key=lambda moment: moment.at,
        reverse=True,
    )
    return [moment for moment, _place in zip(woven, range(limit), strict=False)]


def my_cases(*, by: Standing, at: datetime) -> QuerySet[Case, Case]:
    """The open cases whose team I am on, newest first."""
    mine = Q(pk__in=Management.objects.in_force(at).filter(account=by.me).values("case")) | Q(
        pk__in=Assignment.objects.in_force(at).filter(account=by.me).values("case")
    )
    return (
        Case.objects.visible_to(by, at)
        .filter(mine, closed_at__isnull=True)
        .select_related("person", "programme")
        .order_by("-opened_at")
    )


@dataclass(frozen=True, slots=True)
class Hit:
    """One place where the words were found."""

    case_ref: str
    title: str
    where: str
    at: datetime
    excerpt: str


def plain(text: str) -> str:
    """Text for comparing: no case, no marks, so that Müller is found as muller."""
    if text.isascii():
        return text.lower()
    return _marks().sub("", unicodedata.normalize("NFKD", text.casefold()))


@cache
def _marks() -> re.Pattern[str]:
    """Every combining mark of the scripts in use today (the first plane of Unicode)."""
    letters = map(chr, range(0x10000))
    return re.compile(f"[{''.join(letter for letter in letters if unicodedata.combining(letter))}]+")


def search(words: str, *, by: Standing, at: datetime, limit: int = 50) -> list[Hit]:
    """Cases and notes I may see that hold every one of the words, newest first."""
    wanted = plain(words).split()
    if not wanted:
        return []
    hits = [*_cases_with(wanted, by, at, limit), *_notes_with(wanted, by, at, limit)]
    return sorted(hits, key=lambda hit: hit.at, reverse=True)[:limit]


def _cases_with(wanted: list[str], by: Standing, at: datetime, limit: int) -> Iterable[Hit]:
    rows = (
        Case.objects.visible_to(by, at)
        .order_by("-opened_at")
        .values_list("ref", "person__pseudonym", "opened_at")
    )
    found = 0
    for ref, pseudonym, opened_at in rows.iterator():
        spoken = plain(f"{ref} {ref.replace('-', '')} {pseudonym or ''}")
        if all(word in spoken for word in wanted):
            yield Hit(ref, pseudonym or ref, "", opened_at, "")
            found += 1
            if found == limit:
                return


def _notes_with(wanted: list[str], by: Standing, at: datetime, limit: int) -> Iterable[Hit]:
    """Every note is opened once, in no order; what is shown of the newest hits is fetched afterwards."""
    mine = Contact.objects.visible_to(by, at)
    rows: Any = mine.order_by().values_list("pk", "case_id", "text").iterator(chunk_size=2_000)
    may_hold = _quick_test(wanted)
    hits = {}
    for pk, text in open_values(Contact, "text", rows):
        if may_hold(text):
            spoken = plain(text)
            if all(word in spoken for word in wanted):
                hits[pk] = excerpt(text, spoken, wanted[0])
    return _newest(hits, limit)


def _newest(hits: dict[Any, str], limit: int) -> Iterable[Hit]:
    """The newest of the notes that hold the words."""
    found: list[tuple[Any, Any]] = []
    keys = iter(hits)
    while some := list(islice(keys, 1_000)):
        happened = Contact.objects.filter(pk__in=some).order_by().values_list("happened_at", "pk")
        found = nlargest(limit, [*found, *happened])
    shown = Contact.objects.filter(pk__in=[pk for _happened, pk in found]).order_by("-happened_at")
    for pk, happened_at, ref, case_ref, pseudonym in shown.values_list(
        "pk", "happened_at", "ref", "case__ref", "case__person__pseudonym"
    ):
        yield Hit(case_ref, pseudonym or case_ref, ref, happened_at, hits[pk])


def _quick_test(wanted: list[str]) -> Callable[[str], bool]:
    """Whether a text may hold every word: cheap, sometimes yes for nothing, never no for a hit.

    Of 200,000 notes few hold a word; only those are compared in full (performance.md).
    """
    if not all(word.isascii() for word in wanted):
        return lambda _text: True
    words = [word.encode() for word in wanted]

    def test(text: str) -> bool:
        if not text.isascii():
            text = unicodedata.normalize("NFKD", text.replace("ß", "ss").replace("ẞ", "ss"))
        spoken = text.encode("ascii", "ignore").lower()
        return all(word in spoken for word in words)

    return test


def excerpt(text: str, spoken: str, word: str, around: int = 80) -> str:
    """The words around the first hit."""
    place = spoken.find(word)
    start, end = max(0, place - around), place + len(word) + around
    return f"{'…' if start else ''}{text[start:end].strip()}{'…' if end < len(text) else ''}"
