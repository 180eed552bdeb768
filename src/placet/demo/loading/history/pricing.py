"""What a purchase of the past cost: its own unit prices, with the shipping and tax of today."""

from __future__ import annotations

from collections.abc import Sequence

from placet.carts.models import Cart
from placet.carts.pricing import PricedAllocation, PricedCart, PricedLine
from placet.catalog.models import Product, StoreTerms
from placet.demo.loading.registry import Registry
from placet.demo.world.history.play import PastLine, Purchase
from placet.demo.world.prices import price_at
from placet.policy.totals import Part, Share, line_total, shares_of


def price_purchase(
    purchase: Purchase, cart: Cart, terms: StoreTerms, registry: Registry
) -> PricedCart:
    """The priced cart of a purchase, each line one allocation to the cart's own place."""
    products = [registry.products[line.sku] for line in purchase.lines]
    goods = [_goods(line, product) for line, product in zip(purchase.lines, products, strict=True)]
    free_from = terms.free_shipping_from_minor
    is_free = free_from is not None and sum(goods) >= free_from
    shipping = 0 if is_free else terms.shipping_fee_minor
    shares = shares_of(
        [Part(minor, p.tax_basis_points) for minor, p in zip(goods, products, strict=True)],
        shipping,
        terms.shipping_tax_basis_points,
    )
    lines = _lines(purchase.lines, products, goods, shares, cart)
    tax = sum(share.tax_minor for share in shares)
    return PricedCart(
        currency=cart.currency,
        lines=lines,
        goods_minor=sum(goods),
        shipping_minor=shipping,
        discount_minor=0,
        tax_minor=tax,
        total_minor=sum(goods) + shipping + tax,
        minimum_order_minor=terms.minimum_order_minor,
        free_shipping_from_minor=free_from,
        unsellable=(),
    )


def _goods(line: PastLine, product: Product) -> int:
    return line_total(line.unit_price_minor, line.quantity, product.price_quantity)


def _lines(
    past: Sequence[PastLine],
    products: Sequence[Product],
    goods: Sequence[int],
    shares: Sequence[Share],
    cart: Cart,
) -> tuple[PricedLine, ...]:
    rows = zip(past, products, goods, shares, strict=True)
    return tuple(
        PricedLine(
            line_id="",
            number=number,
            product=product,
            quantity=line.quantity,
            unit_price_minor=line.unit_price_minor,
            list_price_minor=price_at("list", line.sku, line.quantity),
            price_quantity=product.price_quantity,
            total_minor=minor,
            tax_minor=share.tax_minor,
            allocations=(_allocation(line, minor, share, cart),),
            added_by_id=cart.owner_id,
            thread_id="",
            replaces_sku="",
        )
        for number, (line, product, minor, share) in enumerate(rows, 1)
    )


def _allocation(line: PastLine, minor: int, share: Share, cart: Cart) -> PricedAllocation:
    return PricedAllocation(
        quantity=line.quantity,
        ship_to_id=cart.ship_to_id or "",
        cost_center_id=cart.cost_center_id or "",
        need_by_on=None,
        goods_minor=minor,
        shipping_minor=share.shipping_minor,
        tax_minor=share.tax_minor,
    )
