"""The prices on a list, and what the store asks of every order."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Any, Final, NamedTuple

from django.utils.translation import gettext as _

from placet.catalog.models import Price, PriceList, Product, StoreTerms
from placet.catalog.price_order import mark_pieces
from placet.companies.changing import update_row
from placet.companies.permissions import CATALOG_MANAGE, require
from placet.core.actor import Actor
from placet.core.errors import InvalidInput
from placet.core.transaction import transaction
from placet.events.record import record
from placet.policy.money import LARGEST_AMOUNT_MINOR, is_currency

MOST_PIECES: Final = 1_000_000_000
MOST_HOLD_DAYS: Final = 365


class PriceValues(NamedTuple):
    """The price of a product from a quantity on, for its ``price_quantity`` pieces."""

    sku: str
    unit_price_minor: int
    from_quantity: int = 1


@transaction
def set_prices(
    price_list: PriceList,
    *,
    prices: Sequence[PriceValues],
    version: int | None = None,
    actor: Actor,
    now: datetime,
) -> int:
    """Replace the prices of these products in a list, all tiers of each; returns how many prices.

    Raises ``InvalidInput`` with the row's place for an unknown SKU, a negative price, a quantity
    below one or one that stands twice; ``ChangedMeanwhile`` for another version of the list.
    """
    require(actor, CATALOG_MANAGE)
    skus = {row.sku for row in prices}
    priced = Product.objects.filter(sku__in=skus).only(
        "id", "sku", "minimum_quantity", "price_quantity"
    )
    products = {one.sku: one for one in priced}
    seen: set[tuple[str, int]] = set()
    for place, row in enumerate(prices):
        if row.sku not in products:
            raise InvalidInput(f"{place}/sku", "unknown", _("There is no product %s.") % row.sku)
        if not 0 <= row.unit_price_minor <= LARGEST_AMOUNT_MINOR or not (
            1 <= row.from_quantity <= MOST_PIECES
        ):
            raise InvalidInput(f"{place}/unit_price_minor", "range", _("This is not a price."))
        if (row.sku, row.from_quantity) in seen:
            sentence = _("%(sku)s has two prices from %(n)d on.")
            facts = {"sku": row.sku, "n": row.from_quantity}
            raise InvalidInput(f"{place}/from_quantity", "twice", sentence % facts)
        seen.add((row.sku, row.from_quantity))
    # The list is changed first: whoever writes into it at the same time waits here.
    update_row(price_list, version)
    Price.objects.filter(price_list=price_list, product__in=products.values()).delete()
    rows = (
        Price(
            price_list=price_list,
            product=products[row.sku],
            from_quantity=row.from_quantity,
            unit_price_minor=row.unit_price_minor,
        )
        for row in prices
    )
    Price.objects.bulk_create(mark_pieces(rows), batch_size=500)
    record("price_list.prices_set", price_list.id, actor=actor, now=now, products=len(skus))
    return len(prices)


@transaction
def remove_prices(
    price_list: PriceList,
    *,
    skus: Collection[str],
    version: int | None = None,
    actor: Actor,
    now: datetime,
) -> int:
    """Take products off a list; returns how many had a price there.

    What is on no list of a company any more cannot be bought by it.
    """
    require(actor, CATALOG_MANAGE)
    update_row(price_list, version)
    rows = Price.objects.filter(price_list=price_list, product__sku__in=skus)
    count = rows.values("product").distinct().count()
    rows.delete()
    record("price_list.prices_removed", price_list.id, actor=actor, now=now, products=count)
    return count


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
    if not is_currency(currency):
        raise InvalidInput("currency", "currency", _("A currency is three letters, such as EUR."))
    amounts = {
        "minimum_order_minor": minimum_order_minor,
        "shipping_fee_minor": shipping_fee_minor,
        "free_shipping_from_minor": free_shipping_from_minor or 0,
    }
    for path, amount in amounts.items():
        if not 0 <= amount <= LARGEST_AMOUNT_MINOR:
            raise InvalidInput(path, "negative", _("Amounts are zero or more."))
    if not 0 <= price_tolerance_basis_points <= 10_000:
        raise InvalidInput(
            "price_tolerance_basis_points", "tolerance", _("A tolerance is from 0 to 100 %.")
        )
    if not 0 <= shipping_tax_basis_points <= 10_000:
        raise InvalidInput("shipping_tax_basis_points", "tax", _("A tax is from 0 to 100 %."))
    if not 0 <= price_hold_days <= MOST_HOLD_DAYS:
        raise InvalidInput("price_hold_days", "range", _("Prices are held for 365 days at most."))
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
