# SPDX-License-Identifier: AGPL-3.0-or-later
"""Widgets of our own: a date as three short fields, for dates one knows by heart (birth, release).

* What was typed wrongly comes back as it was typed.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from django import forms


class DayMonthYear(forms.Widget):
    """Day, month and year as ``<name>-day``, ``<name>-month``, ``<name>-year``; use with DateField."""

    def value_from_datadict(self, data: Mapping[str, Any], files: Any, name: str) -> str | None:  # noqa: ARG002
        """The date as text, "2026-12-04"; None when all three are empty."""
        day, month, year = (str(data.get(f"{name}-{part}", "")).strip() for part in ("day", "month", "year"))
        if not (day or month or year):
            return None
        if day.isdecimal() and month.isdecimal():
            return f"{year}-{int(month):02}-{int(day):02}"
        return f"{year}-{month}-{day}"

    def value_omitted_from_data(self, data: Mapping[str, Any], files: Any, name: str) -> bool:  # noqa: ARG002
        """Whether none of the three fields was sent."""
        return not any(f"{name}-{part}" in data for part in ("day", "month", "year"))

    def decompress(self, value: date | str | None) -> tuple[str, str, str]:
        """Day, month and year of a value, each as typed; empty where there is none."""
        if isinstance(value, date):
            return str(value.day), str(value.month), str(value.year)
        year, month, day = (*(value or "").split("-", 2), "", "", "")[:3]
        return day.lstrip("0") or day, month.lstrip("0") or month, year

    def id_for_label(self, id_: str, index: str | None = None) -> str:  # noqa: ARG002
        """The first of the three fields."""
        return f"{id_}-day" if id_ else id_
