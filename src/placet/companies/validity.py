"""Settings that companies and members share: a currency, a zone, a language, a month."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from django.conf import settings
from django.utils.translation import gettext as _

from placet.core.errors import InvalidInput
from placet.policy.money import is_currency


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
