# SPDX-License-Identifier: AGPL-3.0-or-later
"""How moments, days and durations are written for the person reading.

* A moment is shown in the active time zone (the site's, set by the request's middleware) and in
  the active language; it is stored and passed as aware UTC.
* ``<time datetime>`` always carries the exact moment, so that nothing is lost by a short text.
* Foreign words (names, phone numbers, references) are isolated, so that they keep their direction
  inside a line that runs the other way.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from hashlib import blake2s
from itertools import groupby
from operator import itemgetter
from typing import Any

from babel import Locale, UnknownLocaleError
from babel.dates import format_date, format_skeleton
from babel.numbers import format_decimal
from django.utils import timezone
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import get_language, gettext, ngettext, to_locale
from django.utils.translation import get_language_bidi as _is_bidi

# English is written here as it is in Europe: day before month.
REGIONAL = {"en": "en_GB"}
# Which parts stand in a written time, as CLDR skeletons: each language orders them its own way.
DAY, CLOCK = "yMMMEd", "Hm"
# What stands between the items of a list, where the language has a comma of its own.
COMMAS = {"ar": "، "}


def locale() -> Locale:
    """The Babel locale of the active language; English where Babel does not know the language."""
    try:
        spoken = to_locale(get_language() or "en")
        return Locale.parse(REGIONAL.get(spoken, spoken))
    except (UnknownLocaleError, ValueError):
        return Locale.parse(REGIONAL["en"])


def direction() -> str:
    """``rtl`` or ``ltr`` for the active language."""
    return "rtl" if _is_bidi() else "ltr"


def _local(value: datetime) -> datetime:
    return timezone.localtime(value)


def _written(value: datetime, skeleton: str) -> str:
    return str(format_skeleton(skeleton, _local(value), locale=locale()))


def _time_element(value: date | datetime, text: str) -> SafeString:
    return format_html('<time datetime="{}">{}</time>', value.isoformat(), text)


def moment(value: datetime | None) -> SafeString:
    """Day and time, as in "Fri, 4 Dec 2026, 15:00"; empty for None."""
    if value is None:
        return SafeString("")
    both: Any = locale().datetime_formats["medium"]
    text = str(both).replace("{1}", _written(value, DAY)).replace("{0}", _written(value, CLOCK))
    return _time_element(value, text)


def day(value: date | datetime | None) -> SafeString:
    """A day, as in "Fri, 4 Dec 2026"; a moment is first brought into the active zone."""
    if value is None:
        return SafeString("")
    local = _local(value).date() if isinstance(value, datetime) else value
    return _time_element(local, str(format_skeleton(DAY, local, locale=locale())))


def clock(value: datetime | None) -> SafeString:
    """The time of day, as in "15:00"."""
    if value is None:
        return SafeString("")
    return _time_element(value, _written(value, CLOCK))


def minutes(value: int | None) -> str:
    """A duration given in minutes, as in "55 min", "2 h" or "1 h 20 min"; empty for None."""
    if value is None:
        return ""
    hours, rest = divmod(int(value), 60)
    if not hours:
        return ngettext("%(minutes)s min", "%(minutes)s min", rest) % {"minutes": rest}
    if not rest:
        return ngettext("%(hours)s h", "%(hours)s h", hours) % {"hours": hours}
    return gettext("%(hours)s h %(minutes)s min") % {"hours": hours, "minutes": rest}


def number(value: int | float | None) -> str:
    """A number with the grouping of the active language, as in "1,000"; empty for None."""
    return "" if value is None else str(format_decimal(value, locale=locale()))


def isolate(value: object) -> SafeString:
    """A foreign word that keeps its own direction (name, phone number, reference)."""
    return format_html("<bdi>{}</bdi>", value)


def comma() -> str:
    """What stands between two items of a list in the active language, with its space."""
    return COMMAS.get(locale().language, ", ")


def commas(values: Iterable[object]) -> SafeString:
    """A short list in one line, as in "Arabic, German"; empty for none."""
    return format_html_join(comma(), "{}", ((value,) for value in values))


def reference(value: object) -> SafeString:
    """A reference ("7F3K2-M"): kept in one piece and in its own direction."""
    return format_html('<bdi class="reference">{}</bdi>', value)


def anchor(value: object, *more: object) -> str:
    """A short id for an element, the same for the same words: pages must not differ by chance."""
    words = "\x1f".join(str(part) for part in (value, *more))
    return "i" + blake2s(words.encode(), digest_size=5).hexdigest()


def by_day(entries: Iterable[Any]) -> list[tuple[SafeString, list[Any]]]:
    """Entries (each with ``at``) in the order given, grouped under their day in the active zone."""
    dated = [(_local(_at(entry)).date(), entry) for entry in entries]
    return [
        (
            _time_element(when, str(format_date(when, "full", locale=locale()))),
            [entry for _, entry in group],
        )
        for when, group in groupby(dated, key=itemgetter(0))
    ]


def _at(entry: Any) -> datetime:
    at: datetime = entry["at"] if isinstance(entry, dict) else entry.at
    return at
