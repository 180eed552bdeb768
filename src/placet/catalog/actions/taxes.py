"""Tax classes: kinds of goods that are taxed alike, with their rates by country."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import datetime
from typing import Final

from django.utils.translation import gettext as _

from placet.catalog.keeping import checked_name, refuse_key
from placet.catalog.models import TaxClass, TaxRate
from placet.companies.changing import update_row
from placet.companies.permissions import CATALOG_MANAGE, require
from placet.core.actor import Actor
from placet.core.errors import Conflict, InvalidInput
from placet.core.transaction import transaction
from placet.events.record import record

COUNTRY: Final = re.compile(r"[A-Z]{2}")


@transaction
def create_tax_class(
    key: str, *, name: str, rates: Mapping[str, int], actor: Actor, now: datetime
) -> TaxClass:
    """Make a kind of goods with its rates in basis points by country; ``""`` is everywhere else.

    Raises ``Conflict`` for a key that is taken, ``InvalidInput`` for what is no country or rate.
    """
    require(actor, CATALOG_MANAGE)
    refuse_key(key)
    if len(key) > 40:
        raise InvalidInput("key", "too_long", _("A key of a tax class has at most 40 characters."))
    _refuse_rates(rates)
    if TaxClass.objects.filter(key=key).exists():
        raise Conflict(_("There is a tax class “%(key)s” already.") % {"key": key})
    made = TaxClass.objects.create(created_at=now, key=key, name=checked_name(name))
    _write_rates(made, rates, now)
    record("tax_class.created", made.pk, actor=actor, now=now, key=key, rates=dict(rates))
    return made


@transaction
def change_tax_class(
    tax_class: TaxClass,
    *,
    name: str,
    rates: Mapping[str, int],
    version: int | None = None,
    actor: Actor,
    now: datetime,
) -> TaxClass:
    """State name and rates anew, all of them; carts count with them at once, what is frozen not."""
    require(actor, CATALOG_MANAGE)
    _refuse_rates(rates)
    update_row(tax_class, version, name=checked_name(name))
    TaxRate.objects.filter(tax_class=tax_class).delete()
    _write_rates(tax_class, rates, now)
    key = tax_class.key
    record("tax_class.changed", tax_class.pk, actor=actor, now=now, key=key, rates=dict(rates))
    return tax_class


def _refuse_rates(rates: Mapping[str, int]) -> None:
    """Everywhere else is always said: a country without a rate would be untaxed by mistake."""
    if "" not in rates:
        raise InvalidInput("rates", "required", _("Say the rate for everywhere else."))
    for country, basis_points in rates.items():
        if country and not COUNTRY.fullmatch(country):
            raise InvalidInput("rates", "country", _("A country is two letters, such as DE."))
        if not 0 <= basis_points <= 10_000:
            raise InvalidInput("rates", "tax", _("A tax is from 0 to 100 %."))


def _write_rates(tax_class: TaxClass, rates: Mapping[str, int], now: datetime) -> None:
    TaxRate.objects.bulk_create(
        TaxRate(created_at=now, tax_class=tax_class, country=country, basis_points=basis_points)
        for country, basis_points in sorted(rates.items())
    )
