"""One priced line, and the steps at which it gets cheaper."""

from __future__ import annotations

from collections.abc import Iterable

from placet.carts.pricing.values import LineStep, NextTier, PricedAllocation, PricedLine
from placet.carts.pricing.wanted import Split, WantedLine
from placet.catalog.models import Product
from placet.catalog.prices import PriceTiers
from placet.policy.adding_up import Item, ItemSum, PortionSum
from placet.policy.promotions import Promotion, next_line_promotion
from placet.policy.totals import line_total


def unit_price_of(line: WantedLine, tiers: PriceTiers | None) -> int:
    """The price that is held, else the company's own; nothing where it has none."""
    if line.held:
        return line.held.unit_price_minor
    return tiers.at(line.quantity) if tiers else 0


def gross_of(line: WantedLine, tiers: PriceTiers | None) -> int:
    """What the pieces cost before discounts."""
    return line_total(unit_price_of(line, tiers), line.quantity, line.product.price_quantity)


def priced_line(
    line: WantedLine,
    number: int,
    tiers: PriceTiers | None,
    item: Item,
    found: ItemSum,
    promotions: Iterable[Promotion],
) -> PricedLine:
    """The line with what was added up for it."""
    taken = found.line_taken
    return PricedLine(
        line_id=line.line_id,
        number=number,
        product=line.product,
        quantity=line.quantity,
        unit_price_minor=unit_price_of(line, tiers),
        list_price_minor=tiers.list_at(line.quantity) if tiers else None,
        price_quantity=line.product.price_quantity,
        total_minor=found.goods_minor,
        tax_minor=found.tax_minor,
        allocations=tuple(
            _allocation(part, portion.tax_basis_points, share)
            for part, portion, share in zip(line.splits, item.portions, found.portions, strict=True)
        ),
        added_by_id=line.added_by_id,
        thread_id=line.thread_id,
        replaces_sku=line.replaces_sku,
        version=line.version,
        note=line.note,
        discount_minor=found.discount_minor,
        promotion=taken.promotion.name if taken else "",
        references=line.references,
        next_tier=_next_tier(line, tiers),
        next_promotion=_next_promotion(line.product, item, promotions),
    )


def _allocation(part: Split, tax_basis_points: int, share: PortionSum) -> PricedAllocation:
    return PricedAllocation(
        quantity=part.quantity,
        ship_to_id=part.ship_to_id,
        cost_center_id=part.cost_center_id,
        need_by_on=part.need_by_on,
        goods_minor=share.goods_minor,
        shipping_minor=share.shipping_minor,
        tax_minor=share.tax_minor,
        tax_basis_points=tax_basis_points,
    )


def _next_tier(line: WantedLine, tiers: PriceTiers | None) -> NextTier | None:
    """The nearest tier that is cheaper than the price now, in pieces that can be ordered."""
    price = unit_price_of(line, tiers)
    for tier in tiers.tiers if tiers else ():
        if tier.from_quantity > line.quantity and tier.unit_price_minor < price:
            wanted = _orderable(line.product, tier.from_quantity)
            return NextTier(wanted - line.quantity, tier.unit_price_minor)
    return None


def _next_promotion(
    product: Product, item: Item, promotions: Iterable[Promotion]
) -> LineStep | None:
    found = next_line_promotion(item.goods, promotions)
    if found is None:
        return None
    quantity = sum(int(portion.quantity) for portion in item.portions)
    wanted = _orderable(product, found.promotion.from_quantity)
    return LineStep(wanted - quantity, found.promotion.name, found.promotion.basis_points)


def _orderable(product: Product, quantity: int) -> int:
    """The smallest quantity from this one on that is a multiple of the step."""
    return -(-quantity // product.step_quantity) * product.step_quantity
