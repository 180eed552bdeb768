"""What several actions check alike: currencies, zones, languages, addresses."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from django.conf import settings
from django.utils.translation import gettext as _

from placet.core.errors import InvalidInput
from placet.policy.money import is_currency

LONGEST: Final = {
    "name": 120,
    "street": 200,
    "postcode": 20,
    "city": 100,
    "country": 2,
    "delivery_note": 200,
}


def check_settings(settings_given: Mapping[str, Any]) -> None:
    """Refuse a currency, zone, language or month that does not exist."""
    currency = settings_given.get("currency")
    if currency is not None and not is_currency(currency):
        raise InvalidInput("currency", "currency", _("A currency is three letters, such as EUR."))
    zone = settings_given.get("time_zone")
    if zone is not None:
        try:
            ZoneInfo(zone)
        except (ZoneInfoNotFoundError, ValueError) as error:
            raise InvalidInput("time_zone", "time_zone", _("This zone does not exist.")) from error
    language = settings_given.get("language")
    if language is not None and language not in dict(settings.LANGUAGES):
        raise InvalidInput("language", "language", _("This language is not offered."))
    if not 1 <= settings_given.get("fiscal_year_month", 1) <= 12:
        raise InvalidInput("fiscal_year_month", "range", _("A year begins in one of 12 months."))


def check_address(company_id: str, given: dict[str, Any]) -> None:
    """Refuse texts that are too long or missing, a foreign unit or member, no country."""
    for name, longest in LONGEST.items():
        text = given.get(name)
        if text is not None and len(text) > longest:
            raise InvalidInput(name, "too_long", _("This is too long."))
        if text is not None and not text.strip() and name != "delivery_note":
            raise InvalidInput(name, "required", _("Please fill this in."))
    country = given.get("country")
    if country is not None and (len(country) != 2 or not country.isalpha()):
        raise InvalidInput("country", "country", _("A country is two letters, such as DE."))
    for name in ("unit", "member"):
        found = given.get(name)
        if found is not None and found.company_id != company_id:
            raise InvalidInput(name, "foreign", _("This is of another company."))
