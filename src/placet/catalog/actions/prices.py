"""Price lists, who pays by which, and what the store asks of every order."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any, NamedTuple

from django.db.models import F
from django.utils.translation import gettext as _

from placet.catalog.models import CompanyPriceList, Price, PriceList, Product, StoreTerms
from placet.companies.models import Company
from placet.companies.permissions import CATALOG_MANAGE, require
from placet.core.actor import Actor
from placet.core.errors import Conflict, InvalidInput
from placet.core.transaction import transaction
from placet.events.record import record
from placet.policy.money import LARGEST_AMOUNT_MINOR, is_currency


class PriceValues(NamedTuple):
    """The price of a product from a quantity on, for its ``price_quantity`` pieces."""

    sku: str
    unit_price_minor: int
    from_quantity: int = 1


@transaction
def create_price_list(
    key: str,
    *,
    name: str,
    currency: str,
    actor: Actor,
    now: datetime,
    is_default: bool = False,
    valid_from: date | None = None,
    valid_until: date | None = None,
) -> PriceList:
    """Open a price list in one currency; raises ``Conflict`` for a second default of a currency."""
    require(actor, CATALOG_MANAGE)
    if not is_currency(currency):
        raise InvalidInput("currency", "currency", _("A currency is three letters, such as EUR."))
    if is_default and PriceList.objects.filter(currency=currency, is_default=True).exists():
        raise Conflict(_("There is a default price list in %s already.") % currency)
    if PriceList.objects.filter(key=key).exists():
        raise Conflict(_("There is a price list “%s” already.") % key)
    price_list = PriceList.objects.create(
        created_at=now,
        key=key,
        name=name,
        currency=currency,
        is_default=is_default,
        valid_from=valid_from,
        valid_until=valid_until,
    )
    record("price_list.created", price_list.id, actor=actor, now=now, key=key, currency=currency)
    return price_list


@transaction
def set_prices(
    price_list: PriceList, *, prices: Sequence[PriceValues], actor: Actor, now: datetime
) -> int:
    """Replace the prices of these products in a list, all tiers of each; returns how many prices.

    Raises ``InvalidInput`` with the row's place for an unknown SKU, a negative price or a
    quantity below one.
    """
    require(actor, CATALOG_MANAGE)
    skus = {row.sku for row in prices}
    ids = dict(Product.objects.filter(sku__in=skus).values_list("sku", "id"))
    for place, row in enumerate(prices):
        if row.sku not in ids:
            raise InvalidInput(f"{place}/sku", "unknown", _("There is no product %s.") % row.sku)
        if not 0 <= row.unit_price_minor <= LARGEST_AMOUNT_MINOR or row.from_quantity < 1:
            raise InvalidInput(f"{place}/unit_price_minor", "range", _("This is not a price."))
    Price.objects.filter(price_list=price_list, product_id__in=ids.values()).delete()
    Price.objects.bulk_create(
        (
            Price(
                price_list=price_list,
                product_id=ids[row.sku],
                from_quantity=row.from_quantity,
                unit_price_minor=row.unit_price_minor,
            )
            for row in prices
        ),
        batch_size=500,
    )
    PriceList.objects.filter(pk=price_list.pk).update(version=F("version") + 1)
    record("price_list.prices_set", price_list.id, actor=actor, now=now, products=len(skus))
    return len(prices)


@transaction
def assign_price_list(
    company: Company, *, price_list: PriceList, actor: Actor, now: datetime
) -> CompanyPriceList:
    """Agree a price list with a company, instead of the one it had."""
    require(actor, CATALOG_MANAGE)
    if price_list.currency != company.currency:
        raise InvalidInput("price_list", "currency", _("The company buys in another currency."))
    agreed, _is_new = CompanyPriceList.objects.update_or_create(
        company=company,
        defaults={"price_list": price_list},
        create_defaults={"price_list": price_list, "created_at": now},
    )
    record("price_list.assigned", price_list.id, actor=actor, now=now, company=company.id)
    return agreed


@transaction
def set_store_terms(
    currency: str,
    *,
    actor: Actor,
    now: datetime,
    minimum_order_minor: int = 0,
    shipping_fee_minor: int = 0,
    free_shipping_from_minor: int | None = None,
    shipping_tax_basis_points: int = 0,
    price_hold_days: int = 14,
    price_tolerance_basis_points: int = 0,
) -> StoreTerms:
    """State what the merchant asks of every order in a currency: minimum, shipping, price hold.

    ``price_tolerance_basis_points`` says by how much a unit price may have risen after the hold
    without a new revision: so much is not charged.
    """
    require(actor, CATALOG_MANAGE)
    if min(minimum_order_minor, shipping_fee_minor, free_shipping_from_minor or 0) < 0:
        raise InvalidInput("amounts", "negative", _("Amounts are zero or more."))
    if not 0 <= price_tolerance_basis_points <= 10_000:
        raise InvalidInput(
            "price_tolerance_basis_points", "tolerance", _("A tolerance is from 0 to 100 %.")
        )
    terms: dict[str, Any] = {
        "minimum_order_minor": minimum_order_minor,
        "shipping_fee_minor": shipping_fee_minor,
        "free_shipping_from_minor": free_shipping_from_minor,
        "shipping_tax_basis_points": shipping_tax_basis_points,
        "price_hold_days": price_hold_days,
        "price_tolerance_basis_points": price_tolerance_basis_points,
    }
    row, _is_new = StoreTerms.objects.update_or_create(
        currency=currency, defaults=terms, create_defaults={**terms, "created_at": now}
    )
    record("store_terms.set", row.id, actor=actor, now=now, currency=currency, **terms)
    return row
