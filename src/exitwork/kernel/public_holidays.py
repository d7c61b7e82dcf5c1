# SPDX-License-Identifier: AGPL-3.0-or-later
"""Public holidays of a region, as plain dates (the ``holidays`` package keeps them).

* A region is an ISO 3166 code: ``NO`` or, where the days differ within a country, ``DE-BE``.
* An unknown region is refused by name; never an empty set, which would read as "always open".
"""

from __future__ import annotations

from datetime import date
from functools import lru_cache

import holidays


class UnknownRegion(ValueError):
    """No holidays are known for this region."""


@lru_cache(maxsize=256)
def public_holidays(region: str, years: tuple[int, ...]) -> frozenset[date]:
    """The public holidays of the region in these years.

    :raises UnknownRegion: if the package knows no such country or part of it.
    """
    country, _, part = region.partition("-")
    try:
        found = holidays.country_holidays(country, subdiv=part or None, years=list(years))
    except NotImplementedError as fault:
        raise UnknownRegion(region) from fault
    return frozenset(day for day in found if day.year in years)
