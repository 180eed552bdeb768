"""Exchange rates: what the merchant says that currencies are worth, from when on."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal
from fractions import Fraction
from typing import Final

from django.utils.translation import gettext as _

from placet.catalog.models import ExchangeRate
from placet.catalog.rates import rate_text
from placet.companies.permissions import CATALOG_MANAGE, require
from placet.core.actor import Actor
from placet.core.errors import Conflict, InvalidInput
from placet.core.transaction import transaction
from placet.events.record import record
from placet.policy.money import decimals, is_currency

MOST_DIGITS: Final = 9
"""A rate is at least 0.000000001 and below 1,000,000,000, with nine decimals at most."""


@transaction
def set_exchange_rate(
    source: str,
    *,
    target: str,
    rate: Decimal,
    actor: Actor,
    now: datetime,
    starts_at: datetime | None = None,
) -> ExchangeRate:
    """State that one unit of ``source`` is worth ``rate`` units of ``target`` from then on.

    Purchases that were submitted before keep the rate of their moment. Raises ``InvalidInput`` for
    what is no rate or begins in the past, ``Conflict`` where that moment has one already.
    """
    require(actor, CATALOG_MANAGE)
    _refuse_currencies(source, target)
    exact = _exact(rate, source, target)
    begins = starts_at or now
    if begins < now:
        raise InvalidInput(
            "starts_at", "past", _("A rate cannot begin in the past: purchases were decided by it.")
        )
    row, is_new = ExchangeRate.objects.get_or_create(
        source=source,
        target=target,
        starts_at=begins,
        defaults={
            "created_at": now,
            "numerator": exact.numerator,
            "denominator": exact.denominator,
        },
    )
    if not is_new:
        raise Conflict(_("There is a rate from that moment on already."))
    record(
        "exchange_rate.set",
        row.id,
        actor=actor,
        now=now,
        source=source,
        target=target,
        rate=rate_text(row),
        starts_at=begins.isoformat(),
    )
    return row


def _refuse_currencies(source: str, target: str) -> None:
    for path, currency in (("source", source), ("target", target)):
        if not is_currency(currency):
            raise InvalidInput(path, "currency", _("A currency is three letters, such as EUR."))
    if source == target:
        raise InvalidInput("target", "same", _("A rate is between two currencies."))


def _exact(rate: Decimal, source: str, target: str) -> Fraction:
    """In minor units of both, so that currencies with other decimals need no more arithmetic."""
    smallest = Decimal(1).scaleb(-MOST_DIGITS)
    is_rate = rate.is_finite() and smallest <= rate < Decimal(1).scaleb(MOST_DIGITS)
    if not is_rate or rate != rate.quantize(smallest):
        raise InvalidInput("rate", "range", _("A rate is a positive number, such as 4.2650."))
    return Fraction(rate) * Fraction(10) ** (decimals(target) - decimals(source))
