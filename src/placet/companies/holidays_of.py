"""Public holidays of a country or of a part of it, loaded by the year and only when asked."""

from __future__ import annotations

from collections.abc import Container, Mapping
from datetime import date
from functools import lru_cache

import holidays
from babel import Locale


class ClosedDays(Container[date]):
    """The public holidays of a place, and days on which a company is closed besides."""

    def __init__(self, country: str, region: str, days: frozenset[date]) -> None:
        self._country = country
        self._region = region
        self._days = days

    def __contains__(self, day: object) -> bool:
        if not isinstance(day, date):
            return False
        return day in self._days or (
            bool(self._country) and day in list_holidays(self._country, self._region, day.year)
        )


@lru_cache(maxsize=512)
def list_holidays(country: str, region: str, year: int, language: str = "") -> Mapping[date, str]:
    """The public holidays of one year with their names; none of a place that nobody knows.

    Names are in the language where they are known in it, else in the country's own.
    """
    try:
        found = holidays.country_holidays(country, subdiv=region or None, years=year)
        spoken = next((one for one in found.supported_languages if one[:2] == language), None)
        named = holidays.country_holidays(
            country,
            subdiv=region or None,
            years=year,
            language=spoken or found.default_language,
        )
    except NotImplementedError:
        return {}
    return dict(named)


@lru_cache(maxsize=1)
def list_places() -> dict[str, tuple[str, ...]]:
    """Countries whose holidays are known, each with its regions, as ISO 3166 codes."""
    known = holidays.list_supported_countries(include_aliases=False)
    return {country: tuple(regions) for country, regions in sorted(known.items())}


@lru_cache(maxsize=8)
def list_countries(language: str) -> tuple[tuple[str, str], ...]:
    """Countries by their name in a language, as code and name."""
    names = Locale.parse(language.replace("-", "_")).territories
    named = [(code, names.get(code, code)) for code in list_places()]
    return tuple(sorted(named, key=lambda one: one[1]))


def is_place(country: str, region: str) -> bool:
    """Whether holidays are known for this; no country at all is one without holidays."""
    if not country:
        return not region
    regions = list_places().get(country)
    return regions is not None and (not region or region in regions)
