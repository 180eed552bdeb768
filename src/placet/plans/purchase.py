"""The purchase as the engine sees it: made from a priced cart, with no query of its own."""

from __future__ import annotations

from collections.abc import Mapping

from placet.carts.models import Cart
from placet.carts.pricing import PricedAllocation, PricedCart, PricedLine
from placet.companies.terms import terms_of
from placet.plans.quoted import content_quote, quote_terms
from placet.policy import facts


def purchase_of_cart(
    cart: Cart,
    priced: PricedCart,
    *,
    source: str = "cart",
    last_paid: Mapping[str, int],
    cost_center_codes: Mapping[str, str],
) -> facts.Purchase:
    """The purchase of a cart at its prices of this moment.

    ``last_paid`` maps a SKU to the last unit price, ``cost_center_codes`` an id to its code.
    """
    return facts.Purchase(
        currency=priced.currency,
        lines=tuple(_line(line, last_paid, cost_center_codes) for line in priced.lines),
        goods_minor=priced.goods_minor,
        shipping_minor=priced.shipping_minor,
        tax_minor=priced.tax_minor,
        total_minor=priced.total_minor,
        bill_to=cart.bill_to_id or "",
        terms=terms_of(cart.company, cart.terms),
        references={**cart.references, "po": cart.po_number},
        justification=cart.justification,
        source=source,
        requested_on=cart.requested_on,
        quote=quote_terms(content_quote(cart.quoted, priced.lines)),
    )


def _line(line: PricedLine, last_paid: Mapping[str, int], codes: Mapping[str, str]) -> facts.Line:
    product = line.product
    last = last_paid.get(product.sku)
    return facts.Line(
        number=line.number,
        sku=product.sku,
        name=product.name,
        category=product.category.path.strip("/"),
        brand=product.brand,
        supplier=product.supplier,
        tags=frozenset(product.tags),
        quantity=line.quantity,
        unit_price_minor=line.unit_price_minor,
        price_quantity=line.price_quantity,
        total_minor=line.total_minor,
        last_price_minor=last,
        list_price_minor=line.list_price_minor,
        restricted=product.is_restricted,
        first_time=last is None,
        allocations=tuple(_allocation(part, codes) for part in line.allocations),
    )


def _allocation(part: PricedAllocation, codes: Mapping[str, str]) -> facts.Allocation:
    return facts.Allocation(
        quantity=part.quantity,
        ship_to=part.ship_to_id,
        cost_centre=codes.get(part.cost_center_id, ""),
        need_by_on=part.need_by_on,
        goods_minor=part.goods_minor,
        shipping_minor=part.shipping_minor,
        tax_minor=part.tax_minor,
    )
